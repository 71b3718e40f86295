import CHost

/// A plan with memory and threads.
///
/// After `init` a run allocates nothing and cannot fail.
package final class Session {
  package let plan: Plan
  private let state: State
  private let arena: Memory
  private let pool: ThreadPool
  private let clock = StepClock()
  private let link: LinkedPlan
  private let stages: [Stage]
  /// The step of the plan that each stage belongs to.
  private let stepOfStage: [Int]

  /// Reserves the arena; throws when the system has not enough memory.
  ///
  /// `labels` are the samples' classes, `seed` is that of the random draws, `ranks` are those of the plan's exchanges.
  package init(
    _ plan: Plan, state: State, pool: ThreadPool, samples: SampleValues = .floats([]), labels: [Int32] = [],
    seed: UInt64 = 0, ranks: (any Ranks)? = nil
  ) throws(PlanError) {
    let scratchCount = plan.scratchPerWorker * pool.threads
    guard let arena = Memory(count: plan.booking.count + scratchCount) else {
      throw PlanError.outOfMemory(bytes: 4 * (plan.booking.count + scratchCount))
    }
    self.plan = plan
    self.state = state
    self.arena = arena
    self.pool = pool
    let workers = Scratch(
      buffer: arena.buffer.slice(plan.booking.count, scratchCount), perWorker: plan.scratchPerWorker)
    let link = LinkedPlan(
      plan: plan, arena: arena.buffer.slice(0, plan.booking.count), state: state, samples: samples, labels: labels,
      clock: clock,
      seed: seed, ranks: ranks, workers: workers, products: Products(lanes: pool.lanes), vertex: 0)
    self.link = link
    for (index, vertex) in plan.graph.vertices.enumerated() where plan.booking.spans[index] != nil {
      if let constant = vertex.operation as? ConstantValue { link.buffer(index).fill(constant.value) }
    }
    var stages: [Stage] = []
    var stepOfStage: [Int] = []
    for (number, step) in plan.steps.enumerated() {
      let made = link.stages(of: step)
      stages += made
      stepOfStage += made.map { _ in number }
    }
    self.stages = stages
    self.stepOfStage = stepOfStage
  }

  /// Runs the plan once; random draws are those of `step`.
  package func run(step: UInt32) {
    let word = host_control_word()
    defer { host_restore(word) }
    host_flush_denormals()
    clock.step = step
    for stage in stages { pool.run(stage) }
  }

  /// Runs the plan once, calling `observe` after every step of it with the step's number.
  package func run(step: UInt32, observe: (Int) -> Void) {
    let word = host_control_word()
    defer { host_restore(word) }
    host_flush_denormals()
    clock.step = step
    for (number, stage) in stages.enumerated() {
      pool.run(stage)
      if number + 1 == stages.count || stepOfStage[number + 1] != stepOfStage[number] { observe(stepOfStage[number]) }
    }
  }

  /// The memory of an input or output, or of a variable's value.
  package func buffer(_ number: VertexNumber) -> Buffer { link.buffer(plan.place(of: number)) }

  /// The memory of an input or output, or of a variable's value, by the tensor it was while the graph was built.
  package func buffer(_ tensor: Tensor) -> Buffer { buffer(tensor.number) }

  /// The memory of a vertex of the plan's own graph.
  package func buffer(vertex: Int) -> Buffer { link.buffer(vertex) }

  /// The memory of an input by its name; nil where the plan does not read it.
  package func input(_ name: String) -> Buffer? {
    plan.graph.vertices.indices.first { index in
      (plan.graph.vertices[index].operation as? Input)?.name == name && plan.booking.spans[index] != nil
    }.map(link.buffer)
  }

  /// Where a value first was not finite.
  package struct NotFinite: Sendable {
    package let origin: Origin
    package let operation: String
    /// The name of the variable whose value it is, after an update.
    package let variable: String?
    /// Whether the value was taken from the samples as it is.
    package let isOfSamples: Bool
  }

  /// Runs the plan once and stops looking at the first operation whose result is not finite.
  ///
  /// The plan must have been made without fusing, so that every result is there to look at.
  package func findFirstNotFinite(step: UInt32) -> NotFinite? {
    var found: NotFinite?
    run(step: step) { number in
      guard found == nil else { return }
      for member in plan.steps[number].group.members where !link.buffer(member).isFinite {
        let vertex = plan.graph.vertices[member]
        found = NotFinite(
          origin: vertex.origin, operation: vertex.operation.name,
          variable: (vertex.operation as? any UpdatingOperation)?.variable.name,
          isOfSamples: vertex.operation is Gather)
      }
    }
    return found
  }
}
