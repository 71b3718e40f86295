import Compute
import Datasets
import Networks

/// The training loop without any files: state, plans and the step that comes next.
public final class Trainer {
  /// What is trained.
  public let experiment: Experiment
  /// All parameters, moments and statistics.
  package let state: State
  /// Steps done so far.
  public private(set) var step = 0
  /// The metrics since the last row.
  public var sums: MetricSums
  /// What is measured, in the order of the columns.
  package let metrics: [Column]
  /// The metrics of the last step, in their order.
  public private(set) var latest: [Float]
  /// What a step with all of its regularizers does and costs.
  package let report: PlanReport

  private let pool: ThreadPool
  private let samples: SampleValues
  private let labels: [Int32]
  /// The kinds of steps there are, by the regularizers that are due.
  private let kinds: [Kind]
  private var batches: Batches
  private var sampler: Sampler?

  /// Reserves the memory and writes initial values.
  /// - Throws: `PlanError` when the system has not enough memory.
  package init(_ experiment: Experiment, table: Table, pool: ThreadPool) throws(PlanError) {
    self.experiment = experiment
    self.pool = pool
    state = try State(layout: experiment.layout)
    samples = table.sampleValues
    labels = table.labels ?? []
    var kinds: [Kind] = []
    for due in experiment.dueSets {
      kinds.append(
        try Kind(experiment, due: due, isFusing: true, state: state, pool: pool, samples: samples, labels: labels))
    }
    self.kinds = kinds
    report = PlanReport(kinds[0].session.plan)
    metrics = kinds[0].metrics
    precondition(kinds.allSatisfy { $0.metrics == kinds[0].metrics }, "steps measure different things")
    latest = [Float](repeating: 0, count: metrics.count)
    sums = MetricSums(of: metrics.count)
    batches = Batches(experiment)
    initialize()
  }

  /// Puts everything back to before the first step.
  public func initialize() {
    for block in state.layout.blocks.indices { state.buffer(block: block).fill(0) }
    experiment.generator.initialize(state, seed: experiment.seed)
    experiment.discriminator.initialize(state, seed: experiment.seed)
    experiment.lossVariables.initialize(state)
    for regularizer in experiment.regularizers { regularizer.variables.initialize(state) }
    experiment.generatorAverage?.initialize(state, generator: experiment.generator)
    step = 0
    sums = MetricSums(of: metrics.count)
  }

  /// Goes on from a state that was written into `state`.
  func resume(after step: Int, sums: MetricSums) {
    self.step = step
    self.sums = sums
  }

  /// Runs the next step and adds its metrics to `sums`.
  public func runStep() {
    let kind = nextKind()
    kind.session.run(step: UInt32(truncatingIfNeeded: step + 1))
    finishStep(kind)
  }

  /// Runs the next step, calling `observe` after each row of `report`.
  func runStep(observe: (Int) -> Void) {
    let kind = nextKind()
    kind.session.run(step: UInt32(truncatingIfNeeded: step + 1), observe: observe)
    finishStep(kind)
  }

  /// The kind of the next step, with its inputs written.
  private func nextKind() -> Kind {
    let due = kinds.count == 1 ? kinds[0].due : experiment.regularizers(dueAt: step + 1)
    guard let kind = kinds.first(where: { $0.due == due }) else { preconditionFailure("a step that was not planned") }
    write(to: kind)
    return kind
  }

  private func write(to kind: Kind) {
    batches.write(step: step + 1, to: kind.rows)
    for setting in kind.settings { setting.write(after: step) }
  }

  private func finishStep(_ kind: Kind) {
    for (index, buffer) in kind.measured.enumerated() { latest[index] = buffer.first }
    step += 1
    sums.add(latest, of: metrics)
  }

  /// The metrics of the row that the steps since the last one make.
  public var row: [Float] { sums.row(of: metrics) }

  /// Whether every metric of the last step is a finite number.
  public var isFinite: Bool { latest.allSatisfy(\.isFinite) }

  /// Runs the next step operation by operation and says which result first was not finite; nil where all are.
  /// - Throws: `PlanError` when there is no memory for a plan that keeps every value.
  func findNotFinite() throws(PlanError) -> Session.NotFinite? {
    let careful = try Kind(
      experiment, due: experiment.regularizers(dueAt: step + 1), isFusing: false, state: state, pool: pool,
      samples: samples, labels: labels)
    write(to: careful)
    return careful.session.findFirstNotFinite(step: UInt32(truncatingIfNeeded: step + 1))
  }

  /// The run's sample sheet: samples from the fixed latent points of the stream `samples`.
  package func sampleSheet() throws(PlanError) -> [Float] {
    if sampler == nil {
      sampler = try Sampler(
        experiment, state: state, pool: pool, count: experiment.recording.sampleCount, seed: experiment.seed)
    }
    return sampler?.samples() ?? []
  }
}

extension Table {
  /// The samples as the compute core takes them.
  var sampleValues: SampleValues {
    switch values {
    case .bytes(let bytes, let lookup): .bytes(bytes, lookup: lookup)
    case .floats(let floats): .floats(floats)
    }
  }
}
