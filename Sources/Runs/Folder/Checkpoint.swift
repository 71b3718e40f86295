import Compute
import Files
import Training

/// Everything a run needs to go on exactly where it was: a safetensors file with all variables, the sums of the
/// unfinished metrics row, and where its CSV files stood.
package struct Checkpoint {
  /// Steps done.
  package let step: Int
  /// Sums since the last row of metrics.csv.
  let sums: MetricSums
  /// Where metrics.csv stood.
  let metrics: CSVFile.Position
  /// Where evaluation.csv stood; nil for tasks without evaluation.
  let evaluation: CSVFile.Position?
  /// Where counts.csv stood; nil for tasks whose evaluations count nothing, and in checkpoints of earlier versions.
  package let counts: CSVFile.Position?
  /// The resolved spec, without the number of epochs and steps.
  package let spec: String
  /// The version of the arithmetic that made it; 0 where a library did.
  let arithmetic: Int
  /// The version of the program that made it.
  package let version: String
  /// The SHA-256 of the data.
  let dataDigest: String
  private let sealed: SealedSafetensors

  /// Where the CSV files stood.
  var place: RunRecord.Place { RunRecord.Place(metrics: metrics, evaluation: evaluation, counts: counts) }

  private static let format = "gan-exp checkpoint 1"

  /// Writes a trainer's state as it is durably into a file, tensor by tensor from where it is.
  static func write(
    _ trainer: Trainer, at place: RunRecord.Place, spec: String, dataDigest: String, to path: String
  ) throws(FileError) {
    var tensors = trainer.state.layout.blocks.flatMap { block in
      block.variables.map { variable in
        Safetensors.Tensor(
          name: Checkpoint.name(of: variable, in: block), shape: variable.shape.axes,
          values: .lent(trainer.state.buffer(variable)))
      }
    }
    let sums = trainer.sums
    tensors.append(
      Safetensors.Tensor(name: "metrics.sums", shape: [sums.sums.count], values: .float64(sums.sums)))
    var metadata = [
      "format": Checkpoint.format, "step": String(trainer.step), "sums.count": String(sums.count),
      "spec": spec, "arithmetic": String(ArithmeticVersion.current), "version": Version.current,
      "data.sha256": dataDigest,
    ]
    let tables = [("metrics.csv", place.metrics), ("evaluation.csv", place.evaluation), ("counts.csv", place.counts)]
    for (name, position) in tables {
      guard let position else { continue }
      metadata["\(name).length"] = String(position.length)
      metadata["\(name).sha256"] = position.digest
    }
    try Safetensors(metadata: metadata, tensors: tensors).write(to: path)
    withExtendedLifetime(trainer) {}
  }

  /// `generator.0.kernel` for parameters and statistics, `generator.adam.first/generator.0.kernel` for moments.
  private static func name(of variable: Variable, in block: StateLayout.Block) -> String {
    variable.name.hasPrefix(block.name + ".") || block.name.hasSuffix(".statistics")
      ? variable.name : "\(block.name)/\(variable.name)"
  }

  /// Reads a checkpoint and verifies every byte of it, a part at a time; its tensors stay in the file.
  package init(path: String) throws(FileError) {
    self = try Checkpoint(unverified: path)
    try sealed.verify()
  }

  /// Reads what a checkpoint says of itself, without its tensors and without looking whether it is damaged.
  package init(unverified path: String) throws(FileError) {
    let sealed = try SealedSafetensors(path: path)
    self.sealed = sealed
    func text(_ key: String) throws(FileError) -> String {
      guard let value = sealed.metadata[key] else {
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
    func position(_ table: String) throws(FileError) -> CSVFile.Position {
      CSVFile.Position(length: try number("\(table).length"), digest: try text("\(table).sha256"))
    }
    func has(_ table: String) -> Bool { sealed.metadata["\(table).length"] != nil }
    metrics = try position("metrics.csv")
    evaluation = has("evaluation.csv") ? try position("evaluation.csv") : nil
    counts = has("counts.csv") ? try position("counts.csv") : nil
    spec = try text("spec")
    arithmetic = sealed.metadata["arithmetic"].flatMap { Int($0) } ?? 0
    version = try text("version")
    dataDigest = try text("data.sha256")
    guard let values = try sealed.file.doubles("metrics.sums"),
      let sums = MetricSums(sums: values, count: try number("sums.count"))
    else { throw FileError(path: path, damaged: "it lacks the sums of the metrics") }
    self.sums = sums
  }

  /// Puts the values into the memory of an experiment with the same layout, and its step and sums into the trainer.
  ///
  /// Where it throws, the trainer has no state to go on from.
  package func restore(_ trainer: Trainer, path: String) throws(FileError) {
    guard sums.sums.count == trainer.metrics.count else {
      throw FileError(path: path, damaged: "it has sums of \(sums.sums.count) metrics, not \(trainer.metrics.count)")
    }
    try restore(trainer.state, path: path)
    trainer.resume(after: step, sums: sums)
  }

  /// Reads the values into the memory of an experiment with the same layout.
  package func restore(_ state: State, path: String) throws(FileError) {
    let places = state.layout.blocks.flatMap { block in
      block.variables.map { variable in
        (
          name: Checkpoint.name(of: variable, in: block), shape: variable.shape.axes, memory: state.buffer(variable)
        )
      }
    }
    try sealed.read(places)
    withExtendedLifetime(state) {}
  }
}

extension Buffer: LentMemory {}
