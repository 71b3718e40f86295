import Compute
import Datasets
import Networks

/// The training loop without any files: state, plans and the step that comes next.
public final class Trainer {
  /// What is trained.
  public let experiment: Experiment
  /// All parameters, moments and statistics.
  public let state: State
  /// Steps done so far.
  public private(set) var step = 0
  /// Sums of the metrics since the last row.
  public var sums = MetricSums()
  /// The metrics of the last step, in their order.
  public private(set) var latest = [Float](repeating: 0, count: Metric.allCases.count)
  /// What the step's plan does and costs.
  public let report: PlanReport

  private let session: Session
  private let pool: ThreadPool
  private let samples: SampleValues
  private let stepGraph: StepGraph
  private let metricBuffers: [Buffer]
  private let rows: Buffer
  private let settings: [Setting]
  private var batches: Batches
  private var sampler: Sampler?

  /// An optimizer's input for one update of a step.
  private struct Setting {
    let buffer: Buffer
    let optimizer: any Optimizer
    /// Which of the network's updates of a step, from 0, and how many there are.
    let update: Int
    let perStep: Int
  }

  /// Reserves the memory and writes initial values.
  /// - Throws: `PlanError` when the system has not enough memory.
  public init(_ experiment: Experiment, table: Table, pool: ThreadPool) throws(PlanError) {
    self.experiment = experiment
    self.pool = pool
    state = try State(layout: experiment.layout)
    samples = table.sampleValues
    stepGraph = StepGraph(experiment)
    let plan = Plan(stepGraph.graph, outputs: stepGraph.metrics)
    report = PlanReport(plan)
    session = try Session(plan, state: state, pool: pool, samples: samples, seed: experiment.seed)
    metricBuffers = stepGraph.metrics.map { [session] in session.buffer($0) }
    (rows, settings) = Trainer.inputs(of: session, experiment)
    batches = Batches(experiment)
    initialize()
  }

  private static func inputs(of session: Session, _ experiment: Experiment) -> (rows: Buffer, settings: [Setting]) {
    let perStep = StepGraph.discriminatorUpdates(experiment.training)
    var settings: [Setting] = []
    for update in 0..<perStep {
      if let buffer = session.input(StepGraph.settings("discriminator", update: update)) {
        let optimizer = experiment.discriminatorOptimizer.optimizer
        settings.append(Setting(buffer: buffer, optimizer: optimizer, update: update, perStep: perStep))
      }
    }
    if let buffer = session.input(StepGraph.settings("generator", update: 0)) {
      let optimizer = experiment.generatorOptimizer.optimizer
      settings.append(Setting(buffer: buffer, optimizer: optimizer, update: 0, perStep: 1))
    }
    guard let rows = session.input(StepGraph.rows) else { preconditionFailure("a step without real samples") }
    return (rows, settings)
  }

  /// Puts everything back to before the first step.
  public func initialize() {
    for block in state.layout.blocks.indices { state.buffer(block: block).fill(0) }
    experiment.generator.initialize(state, seed: experiment.seed)
    experiment.discriminator.initialize(state, seed: experiment.seed)
    step = 0
    sums = MetricSums()
  }

  /// Goes on from a state that was written into `state`.
  func resume(after step: Int, sums: MetricSums) {
    self.step = step
    self.sums = sums
  }

  /// Runs the next step and adds its metrics to `sums`.
  public func runStep() {
    prepare(session: rows, settings)
    session.run(step: UInt32(truncatingIfNeeded: step + 1))
    finishStep()
  }

  /// Runs the next step, calling `observe` after each row of `report`.
  func runStep(observe: (Int) -> Void) {
    prepare(session: rows, settings)
    session.run(step: UInt32(truncatingIfNeeded: step + 1), observe: observe)
    finishStep()
  }

  private func finishStep() {
    for (index, buffer) in metricBuffers.enumerated() { latest[index] = buffer.first }
    step += 1
    sums.add(latest)
  }

  private func prepare(session rows: Buffer, _ settings: [Setting]) {
    batches.write(step: step + 1, to: rows)
    for setting in settings {
      let count = UInt64(step) * UInt64(setting.perStep) + UInt64(setting.update) + 1
      let (size, decay) = setting.optimizer.settings(update: count)
      setting.buffer.write(size, decay)
    }
  }

  /// Whether every metric of the last step is a finite number.
  public var isFinite: Bool { latest.allSatisfy(\.isFinite) }

  /// Runs the next step operation by operation and says which result first was not finite; nil where all are.
  /// - Throws: `PlanError` when there is no memory for a plan that keeps every value.
  func findNotFinite() throws(PlanError) -> Session.NotFinite? {
    let plan = Plan(stepGraph.graph, outputs: stepGraph.metrics, isFusing: false)
    let careful = try Session(plan, state: state, pool: pool, samples: samples, seed: experiment.seed)
    let (rows, settings) = Trainer.inputs(of: careful, experiment)
    prepare(session: rows, settings)
    return careful.findFirstNotFinite(step: UInt32(truncatingIfNeeded: step + 1))
  }

  /// The run's sample sheet: samples from the fixed latent points of the stream `samples`.
  public func sampleSheet() throws(PlanError) -> [Float] {
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
