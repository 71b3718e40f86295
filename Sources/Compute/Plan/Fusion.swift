/// The order in which a plan runs: groups of vertices, one after another.
///
/// A fused group is a producer, if any, and pointwise operations that run on each of its tiles while it is in
/// cache; a staged group is one operation with a kernel of its own.
struct Fusion: Sendable {
  struct Group: Sendable {
    /// Vertices in the order they run on a tile, the producer first.
    var members: [Int]
    var isFused: Bool
    var producer: Int?
    /// Values in the matrix that tiles are cut from.
    var space: Int
    /// Values in a row of it, when a producer fixes that.
    var columns: Int?
    /// Periods of smaller operands that are read where they lie, so that no chunk may cross a multiple of one; each
    /// divides the next.
    var periods: Set<Int> = []
    /// The orders of the sums over its values: no tile may end within a run.
    var trees: Set<SumTree> = []

    /// What the rows of its matrix may be, each a multiple of the one before.
    var rowLengths: [Int] { (periods + trees.map(\.columns)).sorted() }
  }

  private(set) var groups: [Group] = []
  /// The group after which a vertex's value can be read; -1 where it is there from the start.
  private(set) var available: [Int]
  /// The vertex whose memory a vertex shares, as a reshape or as rows of it.
  private(set) var root: [Int]
  /// Where in that memory a vertex begins.
  private(set) var offset: [Int]
  /// For every vertex the live vertices that read it.
  private(set) var readers: [[Int]]

  /// Groups the live vertices of a graph.
  ///
  /// `isFusing` false gives every operation a group of its own, as the search for the first value that is not finite
  /// needs it.
  init(_ graph: Graph, live: [Int], isFusing: Bool) {
    available = [Int](repeating: -1, count: graph.vertices.count)
    root = Array(0..<graph.vertices.count)
    offset = [Int](repeating: 0, count: graph.vertices.count)
    readers = [[Int]](repeating: [], count: graph.vertices.count)
    for index in live {
      let vertex = graph.vertices[index]
      for operand in vertex.operands { readers[root[operand.index]].append(index) }
      if vertex.operation is any StructuralOperation {
        if let source = vertex.operands.first {
          root[index] = root[source.index]
          available[index] = available[source.index]
          let start = (vertex.operation as? Rows)?.start ?? 0
          offset[index] = offset[source.index] + start * vertex.shape.axes.dropFirst().reduce(1, *)
        }
        continue
      }
      let isPointwise = vertex.operation is any PointwiseOperation
      if isPointwise, isFusing, let group = groupToJoin(index, graph) {
        groups[group].members.append(index)
        groups[group].periods.formUnion(Fusion.periods(of: vertex, graph))
        groups[group].trees.formUnion(Fusion.tree(of: vertex, graph).map { [$0] } ?? [])
        available[index] = group
        continue
      }
      var group = Group(members: [index], isFused: isPointwise, space: Fusion.space(of: vertex, graph))
      if let producing = vertex.operation as? any ProducingOperation {
        group.isFused = true
        group.producer = index
        group.columns = producing.columns(of: vertex.shape)
      } else if isPointwise {
        group.periods = Fusion.periods(of: vertex, graph)
        group.trees = Fusion.tree(of: vertex, graph).map { [$0] } ?? []
      }
      groups.append(group)
      available[index] = groups.count - 1
    }
  }

  /// The shape whose places a pointwise operation visits.
  static func spaceShape(of vertex: Graph.Vertex, _ graph: Graph) -> Shape {
    vertex.operation is any ReducingOperation ? graph.shape(vertex.operands[0]) : vertex.shape
  }

  private static func space(of vertex: Graph.Vertex, _ graph: Graph) -> Int {
    spaceShape(of: vertex, graph).count
  }

  /// How a pointwise operation reads each of its chunk operands.
  static func readings(of vertex: Graph.Vertex, _ graph: Graph) -> [Shape.Reading] {
    guard let pointwise = vertex.operation as? any PointwiseOperation else { return [] }
    let space = spaceShape(of: vertex, graph)
    return vertex.operands.prefix(pointwise.chunkOperands(of: vertex.operands.count)).map { operand in
      guard let reading = graph.shape(operand).reading(beside: space) else {
        preconditionFailure("\(pointwise.name) cannot read \(graph.shape(operand)) beside \(space)")
      }
      return reading
    }
  }

  private static func periods(of vertex: Graph.Vertex, _ graph: Graph) -> Set<Int> {
    Set(
      readings(of: vertex, graph).compactMap { reading in
        // Shorter ones are unrolled.
        if case .periodic(let period) = reading, period >= PointwiseProgram.width { period } else { nil }
      })
  }

  /// The group in whose tiles a pointwise vertex can run: that of the latest of its full operands, unless
  /// something else it needs comes later.
  private func groupToJoin(_ index: Int, _ graph: Graph) -> Int? {
    let vertex = graph.vertices[index]
    let readings = Fusion.readings(of: vertex, graph)
    var earliest = -1
    var latestFull = -1
    for (place, operand) in vertex.operands.enumerated() {
      let after = available[operand.index]
      let isReduced = graph.vertices[root[operand.index]].operation is any ReducingOperation
      if place < readings.count, readings[place] == .full, !isReduced {
        earliest = max(earliest, after)
        latestFull = max(latestFull, after)
      } else {
        earliest = max(earliest, after + 1)
      }
    }
    if vertex.operation is any UpdatingOperation {
      // Everybody who reads the old value must have done so.
      let old = root[vertex.operands[1].index]
      for reader in readers[old] where reader != index {
        earliest = max(earliest, available[reader] + (readsInStep(reader, old, graph) ? 0 : 1))
      }
    }
    guard latestFull >= 0, latestFull >= earliest else { return nil }
    let group = groups[latestFull]
    guard group.isFused, group.space == Fusion.space(of: vertex, graph) else { return nil }
    var chain = group.periods.union(Fusion.periods(of: vertex, graph))
    let tree = Fusion.tree(of: vertex, graph)
    if let columns = group.columns {
      chain.insert(columns)
      if let tree, let producer = group.producer, !keepsRuns(of: tree, producer, graph) { return nil }
    } else {
      // Tiles are whole runs of each sum.
      for tree in group.trees.union(tree.map { [$0] } ?? []) { chain.formUnion([tree.columns, tree.unit]) }
    }
    let sorted = chain.sorted()
    return zip(sorted, sorted.dropFirst()).allSatisfy { $1 % $0 == 0 } ? latestFull : nil
  }

  private static func tree(of vertex: Graph.Vertex, _ graph: Graph) -> SumTree? {
    (vertex.operation as? any ReducingOperation)?.tree(of: graph.shape(vertex.operands[0]))
  }

  /// Whether no tile of a producer ends within a run of rows that are as long as its own.
  private func keepsRuns(of tree: SumTree, _ producer: Int, _ graph: Graph) -> Bool {
    let vertex = graph.vertices[producer]
    guard let producing = vertex.operation as? any ProducingOperation,
      tree.columns == producing.columns(of: vertex.shape)
    else { return false }
    return [false, true].allSatisfy { isStreamed in
      producing.tiles(operands: vertex.operands.map(graph.shape), result: vertex.shape, isStreamed: isStreamed)
        .allSatisfy { $0.rows.upperBound == tree.rows || $0.rows.upperBound * tree.columns % tree.unit == 0 }
    }
  }

  /// Whether a reader visits the value place by place, as an update in the same tile does.
  private func readsInStep(_ reader: Int, _ value: Int, _ graph: Graph) -> Bool {
    let vertex = graph.vertices[reader]
    guard vertex.operation is any PointwiseOperation else { return false }
    let readings = Fusion.readings(of: vertex, graph)
    return vertex.operands.enumerated().allSatisfy { place, operand in
      root[operand.index] != value || (place < readings.count && readings[place] == .full)
    }
  }
}
