/// How a graph is carried out: its live operations in fused groups, their tiles, and one arena in which values take
/// each other's place.
///
/// A plan is a value; a `Session` gives it memory and threads.
package struct Plan: Sendable {
  /// A fused group made concrete.
  struct Step: Sendable {
    var group: Fusion.Group
    var tiles: [Rectangle] = []
    /// Values in a row of the matrix that tiles are cut from.
    var columns = 1
    /// Members whose values stay in a worker's scratch.
    var virtual: Set<Int> = []
    /// The vertex in whose memory the producer works; nil: in the worker's scratch.
    var destination: Int?
  }

  /// What runs: the graph that was planned, with its passes stacked and its sums of products joined.
  package let graph: Graph
  /// Where the values of the graph that was planned are in `graph`.
  private let places: [Int]
  let fusion: Fusion
  private(set) var steps: [Step] = []
  private(set) var booking = MemoryPlan()
  /// Values of private memory each worker needs.
  package private(set) var scratchPerWorker = 0
  /// What the host may read after a run: values of the graph that was planned, as `place(of:)` takes them.
  package let outputs: [VertexNumber]

  /// Plans a graph: what `outputs` and the updates need, nothing else.
  ///
  /// - Parameter manner: what is made of the graph first.
  package init(_ graph: Graph, outputs: [VertexNumber], manner: PlanManner = PlanManner()) {
    let isFusing = manner.isFusing
    let stacking = manner.isRewriting ? Stacking(graph) : nil
    let graph = stacking?.graph.joiningSumsOfProducts() ?? graph
    self.graph = graph
    places = stacking?.places ?? Array(graph.vertices.indices)
    self.outputs = outputs
    let outputs = outputs.map { [places] in VertexNumber(index: places[$0.index]) }
    let live = graph.live(outputs)
    fusion = Fusion(graph, live: live, isFusing: isFusing)
    let kept = Set(outputs.map { fusion.root[$0.index] })
    steps = fusion.groups.indices.map { makeStep($0, outputs: kept, isFusing: isFusing) }
    book(live: live, outputs: kept, isFusing: isFusing)
    for step in steps {
      // Registers are never more than a member's result and two for each of its operands.
      let registers = step.group.members.reduce(0) { $0 + 1 + 2 * graph.vertices[$1].operands.count }
      let tile = step.tiles.map { $0.rows.count * $0.columns.count }.max() ?? 0
      let needsTile = step.group.producer != nil && step.destination == nil
      let first = graph.vertices[step.group.members[0]]
      let own = (first.operation as? any KernelOperation)?
        .workerScratch(operands: first.operands.map(graph.shape), result: first.shape)
      scratchPerWorker = max(scratchPerWorker, registers * PointwiseProgram.width + (needsTile ? tile : 0) + (own ?? 0))
    }
    scratchPerWorker = (scratchPerWorker + 1023) / 1024 * 1024
  }

  /// Plans the graph that a builder holds now.
  package init(_ builder: GraphBuilder, outputs: [Tensor], manner: PlanManner = PlanManner()) {
    self.init(builder.finished(), outputs: outputs.map(\.number), manner: manner)
  }

  /// The vertex of `graph` with a value of the graph that was planned.
  package func place(of number: VertexNumber) -> Int { places[number.index] }

  /// The vertices of a step, in the order they run.
  package func members(ofStep number: Int) -> [Int] { steps[number].group.members }

  /// Bytes of the arena, without state and samples.
  package var arenaBytes: Int { 4 * booking.count }

  private func makeStep(_ number: Int, outputs: Set<Int>, isFusing: Bool) -> Step {
    let group = fusion.groups[number]
    var step = Step(group: group)
    guard group.isFused else { return step }
    if let producer = group.producer, let producing = graph.vertices[producer].operation as? any ProducingOperation {
      let vertex = graph.vertices[producer]
      step.columns = producing.columns(of: vertex.shape)
      step.tiles = producing.tiles(
        operands: vertex.operands.map(graph.shape), result: vertex.shape,
        isStreamed: group.members.contains { graph.vertices[$0].operation is any UpdatingOperation })
    } else {
      let unit = group.trees.map(\.unit).max() ?? 1
      step.columns = group.rowLengths.max() ?? group.space
      step.tiles = Tiling.pointwise(rows: group.space / max(step.columns, 1), columns: step.columns, unit: unit)
    }
    guard isFusing else {
      step.destination = group.producer
      return step
    }
    let members = Set(group.members)
    for member in group.members where !isInPlace(member) && !outputs.contains(member) {
      let staysInside = fusion.readers[member].allSatisfy { reader in
        members.contains(reader) && !(graph.vertices[reader].operation is any StructuralOperation)
      }
      if staysInside { step.virtual.insert(member) }
    }
    if let producer = group.producer {
      step.destination = step.virtual.contains(producer) ? successor(of: producer, in: step) : producer
    }
    return step
  }

  /// Whether a vertex has no array of its own: updates live in their variable, reductions where their partial sums end.
  private func isInPlace(_ index: Int) -> Bool {
    let operation = graph.vertices[index].operation
    return operation is any UpdatingOperation || operation is any ReducingOperation
  }

  /// A member that may overwrite the producer's values in place: kept in memory, of the same size, and nobody
  /// reads the producer after it.
  private func successor(of producer: Int, in step: Step) -> Int? {
    let lastRead = fusion.readers[producer].max() ?? producer
    return step.group.members.first { member in
      member != producer && member >= lastRead && !step.virtual.contains(member) && !isInPlace(member)
        && graph.vertices[member].shape.count == step.group.space
    }
  }

  private mutating func book(live: [Int], outputs: Set<Int>, isFusing: Bool) {
    var end: [Int: Int] = [:]
    for (number, step) in steps.enumerated() {
      for member in step.group.members {
        for operand in graph.vertices[member].operands {
          end[fusion.root[operand.index], default: number] = number
        }
      }
    }
    for index in live where graph.vertices[index].operation is Input || graph.vertices[index].operation is ConstantValue
    {
      booking.keep(index, booking.reserve(graph.vertices[index].shape.count))
    }
    var dying: [Int: [Int]] = [:]
    for (number, step) in steps.enumerated() {
      var releasedBySuccession: Set<Int> = []
      for member in step.group.members where !step.virtual.contains(member) {
        let vertex = graph.vertices[member]
        if vertex.operation is any UpdatingOperation { continue }
        let dead = (dying[number] ?? []).filter { !releasedBySuccession.contains($0) }
        let isReducing = vertex.operation is any ReducingOperation
        if isFusing, step.group.producer == nil, step.group.isFused, !isReducing,
          let heir = dead.first(where: { canSucceed(member, $0, step) }), let span = booking.spans[heir]
        {
          booking.keep(member, span)
          releasedBySuccession.insert(heir)
        } else {
          booking.keep(member, booking.reserve(vertex.shape.count))
        }
        if let reducing = vertex.operation as? any ReducingOperation {
          let tree = reducing.tree(of: graph.shape(vertex.operands[0]))
          booking.keepPartials(member, booking.reserve(tree.runs * tree.columns))
        }
        if let staged = vertex.operation as? any StagedOperation {
          let count = staged.scratchCount(operands: vertex.operands.map(graph.shape), result: vertex.shape)
          if count > 0 { booking.keepScratch(member, booking.reserve(count)) }
        }
        if isFusing, !outputs.contains(member) { dying[end[member] ?? number, default: []].append(member) }
      }
      if isFusing { for span in step.group.members.compactMap({ booking.partials[$0] }) { booking.release(span) } }
      if isFusing { for span in step.group.members.compactMap({ booking.scratch[$0] }) { booking.release(span) } }
      for index in dying[number] ?? [] where !releasedBySuccession.contains(index) {
        if let span = booking.spans[index] { booking.release(span) }
      }
    }
  }

  /// Whether `member` may be written over the dying value `old`: same size, and all who read it in this step read
  /// place by place and no later than `member` writes.
  private func canSucceed(_ member: Int, _ old: Int, _ step: Step) -> Bool {
    guard graph.vertices[old].shape.count == graph.vertices[member].shape.count,
      graph.vertices[member].shape.count == step.group.space
    else { return false }
    return step.group.members.allSatisfy { reader in
      let vertex = graph.vertices[reader]
      let places = vertex.operands.indices.filter { fusion.root[vertex.operands[$0].index] == old }
      if places.isEmpty { return true }
      let readings = Fusion.readings(of: vertex, graph)
      return reader <= member && places.allSatisfy { $0 < readings.count && readings[$0] == .full }
    }
  }
}
