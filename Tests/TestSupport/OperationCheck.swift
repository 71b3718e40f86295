import Compute

/// Compares the result of every single operation of a graph, run without fusing, with its definition applied to the
/// very operands it had, so that no error is carried on and no bound has to be wide.
package struct OperationCheck {
  /// The graph.
  package let graph: GraphBuilder
  /// The values it is tried on.
  package let trial: Trial
  /// The largest error of one operation, relative to the magnitude of its result and operands.
  package var tolerance = 4e-6

  /// A check of a graph on these values.
  package init(_ graph: GraphBuilder, _ trial: Trial) {
    self.graph = graph
    self.trial = trial
  }

  /// The operations whose results are wrong, in words; those needed for `outputs` and updates are looked at.
  package func failures(outputs: [Tensor]) throws -> [String] {
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    let plan = Plan(graph, outputs: outputs, manner: PlanManner(isFusing: false))
    let graph = plan.graph
    let (session, state) = try trial.session(plan, pool: pool)
    let variables = Array(trial.variables.keys)
    var after: [[Variable: [Float]]] = []
    var made: [Int: [Float]] = [:]
    session.run(step: trial.step) { number in
      for member in plan.members(ofStep: number) {
        made[member] = session.buffer(vertex: member).values
      }
      after.append(Dictionary(uniqueKeysWithValues: variables.map { ($0, state.buffer($0).values) }))
    }

    var failures: [String] = []
    var before = trial.variables
    for number in after.indices {
      for member in plan.members(ofStep: number) {
        guard let found = made[member] else { continue }
        let operands = try graph.vertices[member].operands.map { try value(of: $0, made, graph) }
        let memory = Interpreter.Memory(trial.interpreter)
        memory.variables = before.mapValues { $0.map(Double.init) }
        let exact = try trial.interpreter.result(of: graph.vertices[member], operands, memory)
        let scale = scale(of: graph.vertices[member].operation, operands)
        if let error = misfit(found, exact, scale) { failures.append(text(member, error, graph)) }
        for (variable, values) in memory.variables {
          guard let stored = after[number][variable] else { continue }
          if let error = misfit(stored, values, scale) {
            failures.append(text(member, error, graph) + " in \(variable.name) of block \(variable.block)")
          }
        }
      }
      before = after[number]
    }
    return failures
  }

  /// What errors are relative to: the largest value that went in, or of a total the sum of magnitudes.
  private func scale(of operation: any Operation, _ operands: [Interpreter.Value]) -> Double {
    let magnitudes = operands.map { $0.values.map(abs) }
    guard let total = operation as? Total else { return magnitudes.reduce(0) { max($0, $1.reduce(0, max)) } }
    let sums = operands[0].shape.axes.suffix(total.keptAxes).reduce(1, *)
    return magnitudes[0].reduce(0, +) / Double(sums)
  }

  private func text(_ member: Int, _ error: Double, _ graph: Graph) -> String {
    let vertex = graph.vertices[member]
    let shapes = vertex.operands.map { graph.shape($0).description }.joined(separator: ", ")
    return "\(vertex.operation.name) of \(shapes) is off by \(error)"
  }

  /// The value of an operand when it was read: made by an operation, or there from the start.
  private func value(of number: VertexNumber, _ made: [Int: [Float]], _ graph: Graph) throws -> Interpreter.Value {
    if let values = made[number.index] {
      return Interpreter.Value(shape: graph.shape(number), values: values.map(Double.init))
    }
    let vertex = graph.vertex(number)
    let operands = try vertex.operands.map { try value(of: $0, made, graph) }
    let interpreter = trial.interpreter
    let values = try interpreter.result(of: vertex, operands, Interpreter.Memory(interpreter))
    return Interpreter.Value(shape: vertex.shape, values: values)
  }

  private func misfit(_ found: [Float], _ exact: [Double], _ operandScale: Double) -> Double? {
    guard found.count == exact.count else { return .infinity }
    let scale = exact.reduce(max(operandScale, 1e-30)) { $1.isFinite ? max($0, abs($1)) : $0 }
    var largest = 0.0
    for (value, exact) in zip(found, exact) where value != Float(exact) {
      let error = abs(Double(value) - exact) / scale
      largest = max(largest, error.isNaN ? .infinity : error)
    }
    return largest > tolerance ? largest : nil
  }
}
