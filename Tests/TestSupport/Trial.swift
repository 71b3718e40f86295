import Compute

/// The values that a graph is tried on, by a session in Float and by the interpreter in Double.
package struct Trial: Sendable {
  /// The values of inputs by name.
  package var inputs: [String: [Float]] = [:]
  /// The values of inputs that hold row numbers.
  package var rows: [String: [Int32]] = [:]
  /// How variables lie in memory.
  package var layout = StateLayout()
  /// The values of variables before the run.
  package var variables: [Variable: [Float]] = [:]
  /// The sample table.
  package var samples = SampleValues.floats([])
  /// The classes of the samples.
  package var labels: [Int32] = []
  /// The seed of random draws.
  package var seed: UInt64 = 0x0123_4567_89ab_cdef
  /// The step of random draws.
  package var step: UInt32 = 7

  /// A trial without values.
  package init() {}

  /// What a session leaves.
  package struct Outcome: Sendable {
    /// The outputs in the order asked for.
    package let outputs: [[Float]]
    /// The variables after the last run.
    package let variables: [Variable: [Float]]
  }

  /// The interpreter with the same values.
  package var interpreter: Interpreter {
    var values = inputs.mapValues { $0.map(Double.init) }
    for (name, numbers) in rows { values[name] = numbers.map(Double.init) }
    let table: [Double] =
      switch samples {
      case .bytes(let bytes, let lookup): bytes.map { Double(lookup[Int($0)]) }
      case .floats(let floats): floats.map(Double.init)
      }
    return Interpreter(
      inputs: values, variables: variables.mapValues { $0.map(Double.init) }, samples: table,
      labels: labels.map(Double.init), seed: seed, step: step)
  }

  /// A session with these values, on a pool that the caller closes.
  package func session(_ plan: Plan, pool: ThreadPool) throws -> (session: Session, state: State) {
    let state = try State(layout: layout)
    for (variable, values) in variables { state.buffer(variable).write(values) }
    let session = try Session(plan, state: state, pool: pool, samples: samples, labels: labels, seed: seed)
    for (name, values) in inputs { session.input(name)?.write(values) }
    for (name, values) in rows { session.input(name)?.write(values) }
    return (session, state)
  }

  /// Plans and runs a graph, `runs` times one after another.
  package func run(
    _ graph: GraphBuilder, outputs: [Tensor], manner: PlanManner = PlanManner(), threads: Int = 1,
    lanes: Lanes = .fastest,
    runs: Int = 1
  ) throws -> Outcome {
    let pool = ThreadPool(threads: threads, lanes: lanes)
    defer { pool.close() }
    let (session, state) = try session(
      Plan(graph, outputs: outputs, manner: manner), pool: pool)
    for _ in 0..<runs { session.run(step: step) }
    return Outcome(
      outputs: outputs.map { session.buffer($0).values },
      variables: Dictionary(uniqueKeysWithValues: variables.keys.map { ($0, state.buffer($0).values) }))
  }
}
