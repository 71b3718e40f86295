import ArgumentParser
import Reports
import Runs
import Training

struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features", abstract: "Writes a classifier's network, by whose features samples can be measured.",
    discussion: """
      \(RunArgument.explanation)

      The file holds the network's parameters, or their average where the run keeps one, and what is needed to use them: \
      evaluation: {features: {network: {weights: FILE, layer: N}}}.

      Example:
        gan-exp features classifier-mnist --layer 14 -o digits.safetensors

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of the layer whose output the features are, from 0.", valueName: "number"),
    transform: whole("--layer", 0...10_000))
  var layer: Int

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
  var output: String

  func run() throws {
    let folder = try target.folder()
    let step = try reporting {
      try FeatureExport.write(folder.path, layer: layer, to: output, notes: Terminal.note)
    }
    Terminal.write("the network of step \(Readable.count(step))\n")
    try Terminal.print(output)
  }
}
