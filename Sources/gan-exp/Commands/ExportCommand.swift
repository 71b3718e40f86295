import ArgumentParser
import Files
import Reports
import Runs
import Specs
import Training

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a run for other programs: safetensors, NumPy, PyTorch, Keras, ONNX, TensorBoard.",
    discussion: """
      \(RunArgument.explanation)

      safetensors and npz hold the parameters by their names in checkpoints, or their averages where the run keeps these; \
      torch and keras are folders with such a file, in that program's names and order of axes, and a Python program that \
      builds the networks, loads them and makes samples; onnx is the model of one network, of any number of samples; \
      hf is a folder for the hub of Hugging Face, a model card with PyTorch's program and parameters; \
      tensorboard is a folder with the metrics, sheets and histograms of parameters of the whole run; \
      mlflow sends settings, metrics and files to a tracking server, whose address -o gives.

      Examples:
        gan-exp export onnx mlp-mnist -o digits.onnx
        gan-exp export onnx mlp-mnist --network discriminator -o judge.onnx
        gan-exp export torch mlp-mnist/001 --checkpoint 4680 -o digits
        gan-exp export safetensors latest -o digits.safetensors
        gan-exp export tensorboard mlp-mnist/001 -o board/mlp-mnist-001
        gan-exp export mlflow mlp-mnist/001 -o http://127.0.0.1:5000

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unavailable, .unsupported, .notCreated, .notWritten]))
      """)

  @Argument(help: "What to write, and for whom.")
  var format: ExportFormat

  @OptionGroup var target: RunArgument

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The checkpoint: a step, best or last, which is the newest."),
    transform: CheckpointChoice.reader(of: "--checkpoint"))
  var checkpoint = CheckpointChoice.newest

  @Option(
    name: .customLong("network"),
    help: ArgumentHelp(
      "A network by its name in the spec; by default all, for onnx the one that makes samples. Repeatable.",
      valueName: "network"))
  var networks: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write; of torch, keras, hf and tensorboard the folder, of mlflow an address.", valueName: "path"),
    completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "A folder for inputs and what gan-exp makes of them, NETWORK.npz, to compare with.", valueName: "folder"),
    completion: .directory)
  var examples: String?

  func validate() throws {
    if output.isEmpty { throw ValidationError("-o takes the path of a file or folder.") }
    if format == .mlflow, !output.hasPrefix("http://"), !output.hasPrefix("https://") {
      throw ValidationError("-o takes the address of a tracking server, such as http://127.0.0.1:5000, not \(output)")
    }
    if format == .onnx, networks.count > 1 {
      throw ValidationError("An .onnx file has one network: give --network once.")
    }
    if !format.hasNetworks, !networks.isEmpty || examples != nil || checkpoint != .newest {
      throw ValidationError("\(format.rawValue) has the whole run: leave --network, --checkpoint and --examples out.")
    }
  }

  func run() throws {
    let folder = try target.folder()
    guard format.hasNetworks else { return try exportRun(folder) }
    let restored = try reporting {
      try RestoredNetworks(folder, at: checkpoint, named: networks, notes: Terminal.note)
    }
    try reporting {
      try write(try NetworkExport.files(format, of: restored), of: restored.runName)
      if let examples {
        try ExportCommand.makeFolder(examples)
        for file in try restored.examples() { try ExportCommand.write(file, to: "\(examples)/\(file.name)") }
      }
    }
    let names = (format == .onnx ? [restored.networks[0]] : restored.networks).map(\.name)
    let run = DisplayText.printable(restored.runName)
    Terminal.write("\(names.joined(separator: " and ")) of \(run), step \(Readable.count(restored.step))\n")
    try Terminal.print(output)
  }

  /// Writes or sends the whole run.
  private func exportRun(_ folder: RunFolder) throws {
    let place = try reporting {
      if format == .mlflow { return try TrackingExport.send(folder, to: output, notes: Terminal.note) }
      try write(try EventExport.files(folder), of: folder.path)
      return output
    }
    try Terminal.print(place)
  }

  private func write(_ files: [ExportedFile], of run: String) throws(RunError) {
    if format.isFolder {
      try ExportFolder.require(output, for: files, format, of: run)
      try ExportCommand.makeFolder(output)
    }
    for file in files { try ExportCommand.write(file, to: format.isFolder ? "\(output)/\(file.name)" : output) }
  }

  private static func makeFolder(_ path: String) throws(RunError) {
    do throws(FileError) { try DurableFile.makeFolders(path) } catch { throw RunError(error) }
  }

  private static func write(_ file: ExportedFile, to path: String) throws(RunError) {
    do throws(FileError) {
      switch file.content {
      case .bytes(let bytes): try DurableFile.write(bytes, to: path)
      case .tensors(let tensors): try tensors.write(to: path)
      }
    } catch { throw RunError(error) }
  }
}

extension ExportFormat: ExpressibleByArgument {}
