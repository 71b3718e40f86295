import ArgumentParser
import Experiments

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Makes a picture of samples from a run's newest checkpoint.",
    usage: "gan-exp sample Runs/mlp-mnist/001 -n 64 --seed 7 -o sheet.png")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String

  @Option(name: .short, help: "Samples on the sheet, 1 to 4096; by default 64, or 10 a class.")
  var n: Int?

  @Option(help: "The seed of the latent points; by default those of the run's own sheets.")
  var seed: UInt64?

  @Option(name: .customLong("class"), help: "The class of all samples; by default a row of each, where there are some.")
  var label: Int?

  @Option(help: "Takes the checkpoint of this step instead of the newest.")
  var from: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("The picture's file.", valueName: "file"))
  var output = "samples.png"

  @OptionGroup var threads: ThreadArguments

  func validate() throws {
    if let n, !(1...4096).contains(n) { throw ValidationError("-n takes a number from 1 to 4096, not \(n).") }
    let others = [".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg", ".pdf"]
    if others.contains(where: { output.lowercased().hasSuffix($0) }) {
      throw ValidationError("The picture is a PNG: give -o a name that ends with .png, not \(output).")
    }
  }

  func run() throws {
    try reporting {
      let sheet = try RunSampling.sheet(path, count: n, seed: seed, label: label, step: from, threads: threads.count) {
        Terminal.write("note: \($0)\n")
      }
      do throws(FileError) {
        try DurableFile.write(sheet.png, to: output)
      } catch {
        throw RunError(error)
      }
      Terminal.write("\(sheet.count) samples of step \(sheet.step)\n")
    }
    try Terminal.print(output)
  }
}
