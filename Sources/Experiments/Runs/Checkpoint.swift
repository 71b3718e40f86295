import Compute
import Datasets

/// Everything a run needs to go on exactly where it was: a safetensors file with all variables, the sums of the
/// unfinished metrics row, and where its CSV files stood.
struct Checkpoint {
  /// Steps done.
  let step: Int
  /// Sums since the last row of metrics.csv.
  let sums: MetricSums
  /// Where metrics.csv stood.
  let metrics: CSVFile.Position
  /// The resolved spec, without the number of epochs and steps.
  let spec: String
  /// What the bits depend on besides the spec.
  let blasCore: String
  let version: String
  let dataDigest: String
  private let file: Safetensors

  private static let format = "gan-exp checkpoint 1"

  /// Takes a trainer's state as it is.
  init(_ trainer: Trainer, metrics: CSVFile.Position, spec: String, dataDigest: String) {
    step = trainer.step
    sums = trainer.sums
    self.metrics = metrics
    self.spec = spec
    self.dataDigest = dataDigest
    blasCore = BLAS.coreType
    version = Version.current
    var tensors: [Safetensors.Tensor] = []
    for block in trainer.state.layout.blocks {
      for variable in block.variables {
        tensors.append(
          Safetensors.Tensor(
            name: Checkpoint.name(of: variable, in: block), shape: variable.shape.axes,
            values: .float32(trainer.state.buffer(variable).values)))
      }
    }
    tensors.append(
      Safetensors.Tensor(name: "metrics.sums", shape: [sums.sums.count], values: .float64(sums.sums)))
    file = Safetensors(
      metadata: [
        "format": Checkpoint.format, "step": String(step), "sums.count": String(sums.count),
        "metrics.csv.length": String(metrics.length), "metrics.csv.sha256": metrics.digest, "spec": spec,
        "blas_core": blasCore, "version": version, "data.sha256": dataDigest,
      ], tensors: tensors)
  }

  /// `generator.0.kernel` for parameters and statistics, `generator.adam.first/generator.0.kernel` for moments.
  private static func name(of variable: Variable, in block: StateLayout.Block) -> String {
    variable.name.hasPrefix(block.name + ".") || block.name.hasSuffix(".statistics")
      ? variable.name : "\(block.name)/\(variable.name)"
  }

  /// Replaces the file durably.
  func write(to path: String) throws(FileError) { try file.write(to: path) }

  /// Reads and verifies a checkpoint; every digest is checked.
  init(path: String) throws(FileError) {
    let file = try Safetensors(path: path)
    self.file = file
    func text(_ key: String) throws(FileError) -> String {
      guard let value = file.metadata[key] else {
        throw FileError(path: path, damaged: "its metadata have no \(key): it is no checkpoint of gan-exp")
      }
      return value
    }
    func number(_ key: String) throws(FileError) -> Int {
      guard let value = Int(try text(key)), value >= 0 else {
        throw FileError(path: path, damaged: "\(key) is no number")
      }
      return value
    }
    guard try text("format") == Checkpoint.format else {
      throw FileError(path: path, damaged: "it has the format \(try text("format")), not \(Checkpoint.format)")
    }
    step = try number("step")
    metrics = CSVFile.Position(length: try number("metrics.csv.length"), digest: try text("metrics.csv.sha256"))
    spec = try text("spec")
    blasCore = try text("blas_core")
    version = try text("version")
    dataDigest = try text("data.sha256")
    guard case .float64(let values)? = file["metrics.sums"]?.values,
      let sums = MetricSums(sums: values, count: try number("sums.count"))
    else { throw FileError(path: path, damaged: "it lacks the sums of the metrics") }
    self.sums = sums
  }

  /// Puts the values into the memory of an experiment with the same layout, and its step and sums into the trainer.
  func restore(_ trainer: Trainer, path: String) throws(FileError) {
    guard sums.sums.count == trainer.metrics.count else {
      throw FileError(path: path, damaged: "it has sums of \(sums.sums.count) metrics, not \(trainer.metrics.count)")
    }
    try restore(trainer.state, path: path)
    trainer.resume(after: step, sums: sums)
  }

  /// Puts the values into the memory of an experiment with the same layout.
  func restore(_ state: State, path: String) throws(FileError) {
    for block in state.layout.blocks {
      for variable in block.variables {
        let name = Checkpoint.name(of: variable, in: block)
        guard let tensor = file[name], tensor.shape == variable.shape.axes, case .float32(let values) = tensor.values
        else { throw FileError(path: path, damaged: "it lacks \(name) of shape \(variable.shape)") }
        state.buffer(variable).write(values)
      }
    }
  }
}

/// The program's version.
public enum Version {
  /// As `--version` shows it and as runs record it.
  public static let current = "0.2.0"
}
