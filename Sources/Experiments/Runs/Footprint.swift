import Compute
import YAML

/// What an experiment needs before it has started: memory, arithmetic, traffic.
public struct Footprint: Sendable {
  /// Bytes of parameters, moments and statistics.
  public let state: Int
  /// Bytes of values within a step and within a sample sheet.
  public let arena: Int
  /// Bytes of the dataset.
  public let data: Int
  /// Floating-point operations of a step.
  public let operations: Int
  /// Those of matrix products alone.
  public let productOperations: Int
  /// Bytes of parameters and moments that a step reads and writes.
  public let stateTraffic: Int

  /// All memory in bytes: the above, and what the program itself takes.
  public var memory: Int { state + arena + data + (48 << 20) }

  /// Plans the experiment's step without reserving memory for it; nil after a report when it cannot fit into
  /// `limit` bytes.
  public init?(_ experiment: Experiment, limit: Int, threads: Int, diagnostics: Diagnostics) {
    let samples = experiment.dataset
    data = samples.count * samples.sampleShape.reduce(1, *) * samples.bytesPerValue
    state = 4 * experiment.layout.count
    let batch = experiment.training.batchSize
    let widest = (experiment.generator.rows + experiment.discriminator.rows).map(\.output.count)
    // A lower bound of the activations, so that monstrous specs are refused without planning them.
    let activations = 4 * batch * widest.reduce(0, +)
    guard state + activations + data <= limit else {
      Footprint.refuse(experiment, state: state, activations: activations, limit: limit, diagnostics)
      return nil
    }
    let graph = StepGraph(experiment)
    let plan = Plan(graph.graph, outputs: graph.metrics)
    let report = PlanReport(plan)
    let sheet = 8 * experiment.recording.sampleCount * (experiment.generator.rows.map(\.output.count).max() ?? 0)
    arena = plan.arenaBytes + 4 * plan.scratchPerWorker * threads + sheet
    operations = report.operations
    productOperations = report.productOperations
    stateTraffic = report.stateTraffic
    guard memory <= limit else {
      Footprint.refuse(experiment, state: state, activations: arena, limit: limit, diagnostics)
      return nil
    }
  }

  private static func refuse(
    _ experiment: Experiment, state: Int, activations: Int, limit: Int, _ diagnostics: Diagnostics
  ) {
    let rows = experiment.generator.rows + experiment.discriminator.rows
    let needed = "the experiment needs \(ByteCount.text(state + activations)) of memory, "
    let has = "but the machine has \(ByteCount.text(limit))"
    if state >= activations, let largest = rows.max(by: { $0.parameters < $1.parameters }) {
      diagnostics.error(
        needed + "\(ByteCount.text(state)) of it for parameters and their moments, " + has, at: largest.mark,
        remedy: "\(largest.layer) alone has \(largest.parameters) parameters: use fewer units")
    } else if let widest = rows.max(by: { $0.output.count < $1.output.count }) {
      diagnostics.error(
        needed + "\(ByteCount.text(activations)) of it for the values of a batch, " + has, at: widest.mark,
        remedy: "use a batch_size below \(experiment.training.batchSize), or fewer units")
    }
  }
}
