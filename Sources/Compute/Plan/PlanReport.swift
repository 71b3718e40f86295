/// What each step of a plan does and what it must cost.
package struct PlanReport: Sendable {
  /// One step: operations fused into one pass.
  package struct Row: Sendable {
    /// The operations, `product 128x512x784 + add + relu`.
    package let label: String
    /// The kind of its main operation.
    package let kind: String
    /// The origin of its main operation.
    package let origin: Origin
    package let operations: Int
    /// Those of matrix products alone.
    package let productOperations: Int
    /// Bytes of parameters and moments that updates read and write.
    package let stateTraffic: Int
    /// Bytes that the step reads from and writes to arrays, each counted once, those of updates included.
    package let traffic: Int
    /// Tiles that can run at the same time.
    package let tiles: Int
  }

  /// The steps in the order they run.
  package let rows: [Row]

  /// All floating-point operations of one run.
  package var operations: Int { rows.reduce(0) { $0 + $1.operations } }
  /// Those of matrix products alone.
  package var productOperations: Int { rows.reduce(0) { $0 + $1.productOperations } }
  /// Bytes of parameters and moments that updates read and write in one run.
  package var stateTraffic: Int { rows.reduce(0) { $0 + $1.stateTraffic } }

  package init(_ plan: Plan) {
    rows = plan.steps.map { step in
      var names: [String] = []
      var operations = 0
      var productOperations = 0
      var stateTraffic = 0
      for member in step.group.members {
        let vertex = plan.graph.vertices[member]
        let shapes = vertex.operands.map(plan.graph.shape)
        let count = vertex.operation.operationCount(operands: shapes, result: vertex.shape)
        operations += count
        if let product = vertex.operation as? any MatrixProduct {
          productOperations += count
          let (m, n, k) = product.extents(operands: shapes, result: vertex.shape)
          names.append("\(product.name) \(m)x\(n)x\(k)")
        } else {
          names.append(vertex.operation.name)
        }
        if let update = vertex.operation as? Update { stateTraffic += update.stateTraffic }
      }
      let main = plan.graph.vertices[step.group.members[0]]
      return Row(
        label: names.joined(separator: " + "), kind: main.operation.name, origin: main.origin, operations: operations,
        productOperations: productOperations, stateTraffic: stateTraffic,
        traffic: stateTraffic + PlanReport.arrayTraffic(of: step, in: plan),
        tiles: step.group.isFused ? step.tiles.count : 1)
    }
  }

  /// Which values of which memory a vertex is: those of two vertices may be the same.
  private struct Stretch: Hashable {
    let root: Int
    let offset: Int
    let count: Int

    init(_ vertex: Int, _ plan: Plan) {
      root = plan.fusion.root[vertex]
      offset = plan.fusion.offset[vertex]
      count = plan.graph.vertices[vertex].shape.count
    }
  }

  /// Bytes of the operands that a step reads from memory and of the results that it leaves there.
  private static func arrayTraffic(of step: Plan.Step, in plan: Plan) -> Int {
    let members = Set(step.group.members)
    var arrays: Set<Stretch> = []
    for member in step.group.members {
      let vertex = plan.graph.vertices[member]
      let isUpdate = vertex.operation is any UpdatingOperation
      // What an update changes is state; its first operand is the gradient.
      for operand in vertex.operands.prefix(isUpdate ? 1 : .max) {
        if members.contains(plan.fusion.root[operand.index]) { continue }
        arrays.insert(Stretch(operand.index, plan))
      }
      if !isUpdate, !step.virtual.contains(member) { arrays.insert(Stretch(member, plan)) }
    }
    return 4 * arrays.reduce(0) { $0 + $1.count }
  }
}
