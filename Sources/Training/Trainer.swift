import Compute
import Datasets
import Networks

/// The training loop without any files: state, plans and the step that comes next.
package final class Trainer {
  /// What is trained.
  package let experiment: Experiment
  /// All parameters, moments and statistics; of several ranks the first has all of them, once it has asked for it.
  package var state: State {
    collectMoments()
    return memory
  }
  /// Steps done so far.
  package private(set) var step = 0
  /// The metrics since the last row.
  package var sums: MetricSums
  /// What is measured, in the order of the columns.
  package let metrics: [Column]
  /// The metrics of the last step, in their order.
  package private(set) var latest: [Float]
  /// What a step in which all terms are due does and costs.
  package let report: PlanReport

  private let memory: State
  private let pool: ThreadPool
  private let samples: SampleValues
  private let labels: [Int32]
  /// The kinds of steps there are, by the terms that are due.
  private let kinds: [StepKind]
  private var order: SampleOrder
  private let data: TaskData
  private var inspector: (any Inspector)?
  /// The processes that share out the shards of a batch; nil where this one trains alone.
  private let ranks: (any Ranks)?
  /// How many they are; nil where this one trains alone.
  package var rankCount: Int? { ranks?.count }
  /// Whether the other ranks have the present state.
  private var isShared = false
  /// Which of them updates what; nil where this one trains alone.
  private let homes: UpdateHomes?
  /// Whether the first rank lacks the moments that others keep.
  private var isDispersed = false

  /// Reserves the memory and writes initial values.
  /// - Parameters:
  ///   - manner: what plans make of their graphs; no bit depends on it.
  ///   - ranks: the processes that train together, each with a trainer of its own; nil for this one alone. The first
  ///     leads: what it does, from `announce` on, the others do in `follow`.
  /// - Throws: `PlanError` when the system has not enough memory.
  package init(
    _ experiment: Experiment, data: TaskData, pool: ThreadPool, manner: PlanManner = PlanManner(),
    ranks: (any Ranks)? = nil
  ) throws(PlanError) {
    self.experiment = experiment
    self.pool = pool
    self.data = data
    memory = try State(layout: experiment.layout)
    samples = data.table.sampleValues
    labels = data.table.labels ?? []
    var kinds: [StepKind] = []
    let steps = experiment.task.dueSets(before: experiment.totalSteps).map { ($0, experiment.task.step(due: $0)) }
    let placing = ranks.map { (ranks: $0, homes: UpdateHomes(steps.map(\.1.graph), ranks: $0.count)) }
    for (due, step) in steps {
      kinds.append(
        try StepKind(
          experiment, step, due: due, manner: manner, state: memory, pool: pool, samples: samples, labels: labels,
          ranks: placing))
    }
    self.kinds = kinds
    homes = placing?.homes
    self.ranks = ranks
    report = ranks == nil ? PlanReport(kinds[0].session.plan) : Trainer.wholeReport(experiment, due: kinds[0].due)
    metrics = kinds[0].metrics
    precondition(kinds.allSatisfy { $0.metrics == kinds[0].metrics }, "steps measure different things")
    latest = [Float](repeating: 0, count: metrics.count)
    sums = MetricSums(of: metrics.count)
    order = SampleOrder(experiment)
    initialize()
  }

  /// Puts everything back to before the first step.
  package func initialize() {
    for block in memory.layout.blocks.indices { memory.buffer(block: block).fill(0) }
    experiment.task.initialize(memory, seed: experiment.seed)
    if let weights = data.initialWeights {
      weights.write(to: memory)
      experiment.task.initializeAverages(memory)
    }
    step = 0
    sums = MetricSums(of: metrics.count)
    (isShared, isDispersed) = (false, false)
  }

  /// Goes on from a state that was written into `state`.
  package func resume(after step: Int, sums: MetricSums) {
    self.step = step
    self.sums = sums
    (isShared, isDispersed) = (false, false)
  }

  /// What a step of all ranks together does and costs.
  private static func wholeReport(_ experiment: Experiment, due: Set<Int>) -> PlanReport {
    let step = experiment.task.step(due: due)
    return PlanReport(Plan(step.graph, outputs: step.values))
  }

  /// Tells the other ranks of the step that comes next, and gives them the state where they do not have it.
  private func announce() {
    guard let ranks else { return }
    if !isShared {
      RankOrder.state(step: step).send(ranks)
      shareState(ranks)
      isShared = true
    }
    RankOrder.step.send(ranks)
    isDispersed = true
  }

  private func shareState(_ ranks: any Ranks) {
    for block in memory.layout.blocks.indices { ranks.broadcast(memory.buffer(block: block)) }
  }

  /// Takes over the moments that other ranks keep; for the first rank.
  private func collectMoments() {
    guard isDispersed, let ranks else { return }
    RankOrder.moments.send(ranks)
    giveMoments(ranks)
    isDispersed = false
  }

  private func giveMoments(_ ranks: any Ranks) {
    let moments = (homes?.moments ?? []).map { $0.map(memory.buffer) }
    let nothing = [[Buffer]](repeating: [], count: ranks.count)
    guard ranks.rank > 0 else {
      ranks.exchange(nothing, into: [[]] + moments.dropFirst())
      return
    }
    ranks.exchange([moments[ranks.rank]] + nothing.dropFirst(), into: nothing)
  }

  /// Does what the first rank does, until it has no more to do; what comes of it is the first rank's.
  package func follow() {
    guard let ranks, ranks.rank > 0 else { return }
    while true {
      switch RankOrder.receive(ranks) {
      case .state(let step):
        self.step = step
        shareState(ranks)
      case .step:
        let kind = nextKind()
        kind.session.run(step: UInt32(truncatingIfNeeded: step + 1))
        step += 1
      case .moments: giveMoments(ranks)
      case .end: return
      case .begin: preconditionFailure("a training that has begun begins again")
      }
    }
  }

  /// Runs the next step and adds its metrics to `sums`.
  package func runStep() {
    announce()
    let kind = nextKind()
    kind.session.run(step: UInt32(truncatingIfNeeded: step + 1))
    finishStep(kind)
  }

  /// Runs the next step, calling `observe` after each row of `report`.
  package func runStep(observe: (Int) -> Void) {
    announce()
    let kind = nextKind()
    kind.session.run(step: UInt32(truncatingIfNeeded: step + 1), observe: observe)
    finishStep(kind)
  }

  /// The kind of the next step, with its inputs written.
  private func nextKind() -> StepKind {
    let due = kinds.count == 1 ? kinds[0].due : experiment.task.terms(dueAt: step + 1)
    guard let kind = kinds.first(where: { $0.due == due }) else { preconditionFailure("a step that was not planned") }
    write(to: kind)
    return kind
  }

  private func write(to kind: StepKind) {
    order.write(step: step + 1, to: kind.rows)
    kind.writeSettings(after: step)
  }

  private func finishStep(_ kind: StepKind) {
    for (index, buffer) in kind.measured.enumerated() { latest[index] = buffer.first }
    step += 1
    sums.add(latest, of: metrics)
  }

  /// The metrics of the row that the steps since the last one make.
  package var row: [Float] { sums.row(of: metrics) }

  /// Whether every metric of the last step is a finite number.
  package var isFinite: Bool { latest.allSatisfy(\.isFinite) }

  /// Runs the next step operation by operation, on this rank alone, and says which result first was not finite; nil where all
  /// are.
  /// - Throws: `PlanError` when there is no memory for a plan that keeps every value.
  package func findNotFinite() throws(PlanError) -> Session.NotFinite? {
    let due = experiment.task.terms(dueAt: step + 1)
    let careful = try StepKind(
      experiment, experiment.task.step(due: due), due: due, manner: PlanManner(isFusing: false), state: state,
      pool: pool, samples: samples, labels: labels, ranks: nil)
    write(to: careful)
    return careful.session.findFirstNotFinite(step: UInt32(truncatingIfNeeded: step + 1))
  }

  /// The sheet of the present state.
  package func sheet() throws(PlanError) -> Sheet { try inspect().sheet(at: step) }

  /// What is measured of the present state; nil for tasks without evaluation.
  package func evaluation() throws(PlanError) -> Evaluation? { try inspect().evaluation(at: step) }

  /// What is measured of the present state at the end of a run; nil for tasks without, and where it is no longer wanted.
  package func conclusion(isWanted: () -> Bool) throws(PlanError) -> Conclusion? {
    try inspect().conclusion(isWanted: isWanted)
  }

  private func inspect() throws(PlanError) -> any Inspector {
    if let inspector { return inspector }
    let made = try experiment.task.inspector(
      at: InspectionSite(
        state: memory, pool: pool, seed: experiment.seed, sampleCount: experiment.recording.sampleCount, data: data,
        experiment: experiment))
    inspector = made
    return made
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
