import Compute
import Files
import Specs
import Training

/// All that a run's files say, as events of TensorBoard.
///
/// They are a function of the files: rows of metrics.csv and evaluation.csv, sheets, checkpoints, and the settings of
/// resolved.yaml. Of checkpoints that are not kept, what an events file had of their parameters is taken over.
package struct RunEvents {
  private let folder: RunFolder
  private let experiment: Experiment

  /// The events of a run of an experiment.
  package init(_ folder: RunFolder, of experiment: Experiment) { (self.folder, self.experiment) = (folder, experiment) }

  /// The bytes of an events file.
  /// - Parameters:
  ///   - step: the last step of which something is told.
  ///   - status: how the run stands.
  ///   - older: the records of an events file of the run; nil where there is none.
  /// - Throws: `FileError` where a file of the run cannot be read; `PlanError` where there is no memory for a checkpoint.
  package func bytes(upTo step: Int, _ status: RunRecord.Status, older: [[UInt8]]? = nil) throws -> [UInt8] {
    var events = [EventMessage.version, EventMessage.settings(settings)]
    let metrics = try rows(of: folder.metrics, .row, upTo: step)
    let evaluation = try rows(of: folder.evaluation, .evaluation, upTo: step)
    events += metrics + evaluation
    for sheet in try folder.sheetSteps() where sheet <= step {
      events.append(.image(try DurableFile.read(folder.sheet(sheet)), tag: EventTag.samples, at: sheet))
    }
    events += try parameters(upTo: step, older: older ?? [])
    if status == .complete || status == .diverged {
      events.append(.end(at: events.map(\.step).max() ?? 0, isSuccess: status == .complete))
    }
    // Rows that follow each other in a file keep their order.
    let order = events.enumerated().sorted {
      ($0.element.step, $0.element.kind, $0.offset) < ($1.element.step, $1.element.kind, $1.offset)
    }
    return order.flatMap { TFRecord.framed($0.element.bytes) }
  }

  /// The values of the spec by their paths, but those that say nothing.
  private var settings: [(key: String, value: String)] {
    ResolvedSpec.differences([experiment.resolved, .map([])]).compactMap { difference in
      guard let value = difference.values[0], value != "null" else { return nil }
      return (difference.key, value)
    }
  }

  private func rows(of path: String, _ kind: EventMessage.Kind, upTo step: Int) throws(FileError) -> [EventMessage] {
    guard try FileKind.of(path) == .file else { return [] }
    let table = try CSVTable(path: path)
    let columns = EventTag.columns(table.columns, kind)
    guard let steps = table.numbers("step") else { return [] }
    var events: [EventMessage] = []
    for (row, number) in zip(table.rows, steps) {
      guard let number, number <= Double(step) else { continue }
      let values = columns.compactMap { place, tag in Float(row[place]).map { (tag: tag, value: $0) } }
      let described = events.isEmpty ? EventTag.descriptions(of: experiment, kind) : [:]
      events.append(.scalars(values, at: Int(number), kind, described: described))
    }
    return events
  }

  private func parameters(upTo step: Int, older: [[UInt8]]) throws -> [EventMessage] {
    // Others are of signals, or of the end of a shorter run: a run that was never disturbed has none.
    func isDue(_ other: Int) -> Bool { other <= step && experiment.milestones.after(other).contains(.checkpoint) }
    var events = older.compactMap { EventMessage(parameters: $0) }.filter { isDue($0.step) }
    let known = Set(events.map(\.step))
    let missing = try folder.checkpointSteps().filter { isDue($0) && !known.contains($0) }
    guard !missing.isEmpty else { return events }
    let state = try State(layout: experiment.layout)
    for step in missing {
      try Checkpoint(path: folder.checkpoint(step)).restore(state, path: folder.checkpoint(step))
      events.append(RunEvents.parameters(of: experiment, state, at: step))
    }
    return events
  }

  /// How the parameters of all networks are spread.
  static func parameters(of experiment: Experiment, _ state: State, at step: Int) -> EventMessage {
    let variables = experiment.task.networks.flatMap { $0.parameters.map(\.variable) }
    return .histograms(variables.map { ($0.name, EventHistogram(state.buffer($0).values)) }, at: step)
  }
}
