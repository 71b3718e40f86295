import ArgumentParser
import Datasets
import Files
import Reports
import Runs
import Specs
import Training

/// The file that samples are written to, and how a picture looks.
struct SampleFileArguments: ParsableArguments {
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file; - is standard output.", valueName: "file"), completion: .file())
  var output: String?

  @Option(help: "What is written, whatever the file is called.")
  var format: SampleFormat?

  @Flag(help: "Every image as a .png of its own, in the folder that -o names; its pixels are the samples'.")
  var each = false

  @OptionGroup var look: LookArguments

  func validate() throws {
    if let output, output.isEmpty { throw ValidationError("-o takes the path of a file, or -") }
    if each {
      if output == "-" { throw ValidationError("--each writes a folder of files, not to standard output.") }
      if format != nil { throw ValidationError("--each writes .png files: leave --format out.") }
      return
    }
    let others = [".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg", ".pdf", ".tsv", ".txt", ".json"]
    if format == nil, let output, others.contains(where: { output.lowercased().hasSuffix($0) }) {
      throw ValidationError("\(output): samples are written as .png, .csv, .npy or .npz")
    }
  }

  private var kind: SampleFormat { format ?? output.flatMap { SampleFormat(path: $0) } ?? .png }

  /// Refuses, before anything is made, options that do not fit each other (64).
  func require() throws {
    try reporting {
      try look.require(kind)
      if each, let option = look.given.first {
        throw RunError(
          "--each writes the pixels of images alone, which \(option) cannot change", remedy: "leave \(option) out",
          exitCode: 64)
      }
      if output == "-", kind != .csv, Terminal.isOutputInteractive {
        throw RunError(
          "standard output is a terminal, which shows no .\(kind.rawValue)",
          remedy: "name a file with -o, send it through a pipe, or use --format csv, which can be read", exitCode: 64)
      }
    }
  }

  /// Writes samples, and says where.
  /// - Parameters:
  ///   - hasOwnSeed: whether their seed is another than that of the run's own sheets.
  ///   - location: where the data for the background of plots are looked for.
  ///   - threads: how many make what lies behind them; nil for one a core.
  func write(
    _ samples: RunSamples, hasOwnSeed: Bool, from location: DataLocation, threads: Int?
  ) throws {
    let said =
      "\(Readable.count(samples.count, "sample")) of \(DisplayText.printable(samples.runName)), step \(Readable.count(samples.step))\n"
    if each { return try writeEach(samples, hasOwnSeed, said) }
    let kind = kind
    let isPlain = look.plain || kind != .png
    let isOverData = samples.isTable && kind == .png && !(look.plain && samples.shape == [2])
    let real = isOverData ? data(of: samples, in: location) : nil
    let bytes = try reporting {
      let backdrop = try look.backdrop.map { kind in
        try RunSampling.backdrop(kind, of: samples, real: real, threads: threads, notes: Terminal.note)
      }
      return try samples.bytes(as: kind, style: isPlain ? nil : look.style, real: real, backdrop: backdrop)
    }
    if output == "-" {
      try Terminal.print(bytes)
      Terminal.write(said)
      return
    }
    let path = try reporting {
      do throws(FileError) {
        if let output {
          try DurableFile.write(bytes, to: output)
          return output
        }
        return try DurableFile.write(
          bytes, toFreeName: samples.stem(hasOwnSeed: hasOwnSeed), ending: kind.rawValue)
      } catch {
        throw RunError(error)
      }
    }
    Terminal.write(said)
    try Terminal.print(path)
  }

  /// A file an image, numbered in the order of the samples, in a folder that may be there already.
  private func writeEach(_ samples: RunSamples, _ hasOwnSeed: Bool, _ said: String) throws {
    let folder = output ?? samples.stem(hasOwnSeed: hasOwnSeed)
    try reporting {
      let images = try samples.images()
      do throws(FileError) {
        try DurableFile.makeFolders(folder)
        let digits = max(4, String(images.count - 1).count)
        for (number, image) in images.enumerated() {
          let name = String(number)
          try DurableFile.write(
            image, to: "\(folder)/\(String(repeating: "0", count: max(0, digits - name.count)))\(name).png")
        }
      } catch {
        throw RunError(error)
      }
    }
    Terminal.write(said)
    try Terminal.print(folder)
  }

  /// The data for the background; nil, and a word, where they are not at hand.
  private func data(of samples: RunSamples, in location: DataLocation) -> Datasets.Table? {
    do throws(DataError) {
      return try RunSampling.data(of: samples, in: location)
    } catch {
      Terminal.note("drawn without the data: \(error.message)")
      return nil
    }
  }
}
