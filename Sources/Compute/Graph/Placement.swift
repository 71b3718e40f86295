/// A step's graph as one of several ranks runs it: what belongs to its shards and what all need, with exchanges between.
///
/// The shards of a batch begin with rows that say so (`Tensor.rows`). A value that depends on the shards of one rank alone
/// is made by that rank. What depends on several ranks' values is made by all, as are updates, outputs and what depends on no
/// shard; before that the ranks give each other the values it reads. A value that came from all is of no shard any more.
///
/// Exchanges are few: the n-th brings all that can be known after the one before, whatever of the graph stands between.
/// Each value is made by the operations of the whole graph, so that no bit depends on the number of ranks.
struct Placement {
  /// The most values of an array that is exchanged before it is joined with one that all ranks have, so that all can do that: the
  /// shards move a variable, or add to a sum, one after the other, and each would else wait for an exchange.
  static let fewValues = 4096

  /// The graph with this rank's part.
  let graph: Graph
  /// The outputs in it.
  let outputs: [VertexNumber]

  /// Places a graph on rank `rank` of `ranks`; each has as many neighbouring ones of the `shards`.
  init(_ original: Graph, outputs: [VertexNumber], shards: Int, on rank: Int, of ranks: Int) {
    precondition(shards % ranks == 0, "\(shards) shards on \(ranks) ranks")
    let owners = Owners(original, outputs: outputs, shardsPerRank: shards / ranks)
    let rounds = owners.rounds()
    let last = owners.live.map { rounds[$0] }.max() ?? 0
    var vertices: [Graph.Vertex] = []
    var places: [Int: VertexNumber] = [:]
    var exchanges: [VertexNumber] = []
    func add(_ operation: any Operation, _ operands: [VertexNumber], _ origin: Origin = Origin(tag: 0)) -> VertexNumber
    {
      let shape = operation.shape(of: operands.map { vertices[$0.index].shape })
      vertices.append(Graph.Vertex(operation: operation, operands: operands, shape: shape, origin: origin))
      return VertexNumber(index: vertices.count - 1)
    }
    for round in 0...last {
      for index in owners.live where rounds[index] == round && owners.isMade(index, by: rank) {
        let vertex = original.vertices[index]
        let isOwn = owners.owner[index] != nil
        let operands = vertex.operands.compactMap { operand in
          isOwn || owners.owner[operand.index] == nil ? places[operand.index] : places[owners.exchanged(operand.index)]
        }
        precondition(
          operands.count == vertex.operands.count, "\(vertex.operation.name) reads what its rank does not have")
        places[index] = add(vertex.operation, operands, vertex.origin)
      }
      let given = owners.live.filter { owners.isExchanged[$0] && rounds[$0] == round }
      guard !given.isEmpty else { continue }
      var (ranges, starts, length) = ([[Range<Int>]](), [Int: Int](), 0)
      for owner in 0..<ranks {
        ranges.append([])
        for index in given where owners.owner[index] == owner && owner != rank {
          let count = original.vertices[index].shape.count
          starts[index] = length
          ranges[owner].append(length..<(length + count))
          // Each on a cache line.
          length += (count + 15) / 16 * 16
        }
      }
      let own = given.filter { owners.owner[$0] == rank }.compactMap { places[$0] }
      let exchange = add(Exchange(round: round, rank: rank, places: ranges), own)
      exchanges.append(exchange)
      for index in given {
        guard let start = starts[index] else {
          places[owners.exchanged(index)] = places[index]
          continue
        }
        let shape = original.vertices[index].shape
        let rows = add(Rows(start: start, count: shape.count), [exchange])
        places[owners.exchanged(index)] = add(Reshaping(shape: shape), [rows])
      }
    }
    func place(_ number: VertexNumber) -> VertexNumber {
      let index = owners.owner[number.index] == nil ? number.index : owners.exchanged(number.index)
      guard let place = places[index] else { preconditionFailure("a value that was not placed") }
      return place
    }
    self.outputs = outputs.map(place)
    // No rank may leave an exchange out, whoever reads it.
    graph = Graph(vertices: vertices, updates: original.updates.map(place) + exchanges)
  }
}

/// Which rank makes each value of a graph.
private struct Owners {
  let graph: Graph
  /// The vertices that outputs and updates need.
  let live: [Int]
  /// The one rank that makes a value; nil where all do.
  private(set) var owner: [Int?]
  /// Whether other ranks need a value that one makes.
  private(set) var isExchanged: [Bool]

  init(_ graph: Graph, outputs: [VertexNumber], shardsPerRank: Int) {
    self.graph = graph
    owner = [Int?](repeating: nil, count: graph.vertices.count)
    isExchanged = [Bool](repeating: false, count: graph.vertices.count)
    live = graph.live(outputs)
    // Whether a value is for updates alone, itself or by what is made of it.
    var isForUpdates = [Bool](repeating: true, count: graph.vertices.count)
    for output in outputs { isForUpdates[output.index] = false }
    for index in live.reversed()
    where !isForUpdates[index] && !(graph.vertices[index].operation is any UpdatingOperation) {
      for operand in graph.vertices[index].operands { isForUpdates[operand.index] = false }
    }
    // Whether a value is a variable's, or made of such place by place; and whether it came from several ranks.
    var isState = [Bool](repeating: false, count: graph.vertices.count)
    var isOfSeveral = [Bool](repeating: false, count: graph.vertices.count)
    for index in live {
      let vertex = graph.vertices[index]
      let owned = vertex.operands.filter { owner[$0.index] != nil }
      var ranks = Set(owned.compactMap { owner[$0.index] })
      if let shard = (vertex.operation as? Rows)?.shard { ranks.insert(shard / shardsPerRank) }
      let isPointwise = vertex.operation is any PointwiseOperation && !(vertex.operation is any ReducingOperation)
      let isOfVariable = vertex.operation is ReadVariable || vertex.operation is any UpdatingOperation
      isState[index] = isOfVariable || (isPointwise && owned.isEmpty && vertex.operands.contains { isState[$0.index] })
      let common = vertex.operands.first {
        owner[$0.index] == nil && (isOfSeveral[$0.index] || (isState[$0.index] && isForUpdates[index]))
      }
      let joins =
        isPointwise && !owned.isEmpty
        && owned.allSatisfy { operand in
          common.map(graph.shape) == graph.shape(operand) && graph.shape(operand).count <= Placement.fewValues
        }
      let isOfAll = ranks.count > 1 || vertex.operation is any UpdatingOperation || joins
      isOfSeveral[index] = ranks.count > 1 || joins
      if isOfAll {
        for operand in owned { isExchanged[operand.index] = true }
      } else {
        owner[index] = ranks.first
      }
    }
    for output in outputs where owner[output.index] != nil { isExchanged[output.index] = true }
  }

  /// Whether a rank makes a value.
  func isMade(_ index: Int, by rank: Int) -> Bool { owner[index].map { $0 == rank } ?? true }

  /// The key of a value as it comes from an exchange, beside those of vertices.
  func exchanged(_ index: Int) -> Int { graph.vertices.count + index }

  /// How many exchanges come before each vertex.
  ///
  /// Vertices are then sorted by it. An update overwrites its variable, so it comes no earlier than whoever reads the old value.
  func rounds() -> [Int] {
    var rounds = [Int](repeating: 0, count: graph.vertices.count)
    var memory = Array(graph.vertices.indices)
    var latestReader = [Int](repeating: 0, count: graph.vertices.count)
    for index in live {
      let vertex = graph.vertices[index]
      var round = 0
      for operand in vertex.operands {
        let isReceived = owner[index] == nil && owner[operand.index] != nil
        round = max(round, rounds[operand.index] + (isReceived ? 1 : 0))
      }
      if vertex.operation is any UpdatingOperation {
        round = max(round, latestReader[memory[vertex.operands[1].index]])
      }
      rounds[index] = round
      if vertex.operation is any StructuralOperation, let source = vertex.operands.first {
        memory[index] = memory[source.index]
      }
      for operand in vertex.operands {
        let root = memory[operand.index]
        latestReader[root] = max(latestReader[root], round)
      }
    }
    return rounds
  }
}
