/// A step's graph as one of several ranks runs it: what belongs to its shards, its share of the updates and what all need, with
/// exchanges between.
///
/// The shards of a batch begin with rows that say so (`Tensor.rows`). A value that depends on the shards of one rank alone
/// is made by that rank. A large gradient goes from there to the rank that updates its parameter (`UpdateHomes`), which gives all
/// others the new value. What else depends on several ranks' values is made by all, as are other updates, outputs and what
/// depends on no shard; before that the ranks give each other the values it reads.
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

  /// Places a graph on rank `rank`; each has as many neighbouring ones of the `shards`.
  init(_ original: Graph, outputs: [VertexNumber], shards: Int, on rank: Int, homes: UpdateHomes) {
    let ranks = homes.count
    precondition(shards % ranks == 0, "\(shards) shards on \(ranks) ranks")
    let owners = Owners(original, outputs: outputs, shardsPerRank: shards / ranks, homes: homes)
    let rounds = owners.rounds()
    let last = owners.live.map { rounds[$0] }.max() ?? 0
    var vertices: [Graph.Vertex] = []
    var places: [Int: VertexNumber] = [:]
    // Values as they come from an exchange.
    var received: [Int: VertexNumber] = [:]
    var exchanges: [VertexNumber] = []
    func add(_ operation: any Operation, _ operands: [VertexNumber], _ origin: Origin = Origin(tag: 0)) -> VertexNumber
    {
      let shape = operation.shape(of: operands.map { vertices[$0.index].shape })
      vertices.append(Graph.Vertex(operation: operation, operands: operands, shape: shape, origin: origin))
      return VertexNumber(index: vertices.count - 1)
    }
    /// Where a value is that a vertex of an owner reads, or all.
    func place(_ operand: VertexNumber, for owner: Int?) -> VertexNumber {
      let found = owners.isReceived(operand.index, by: owner) ? received[operand.index] : places[operand.index]
      guard let found else { preconditionFailure("a value that rank \(rank) does not have") }
      return found
    }
    for round in 0...last {
      for index in owners.live where rounds[index] == round && owners.isMade(index, by: rank) {
        let vertex = original.vertices[index]
        places[index] = add(
          vertex.operation, vertex.operands.map { place($0, for: owners.owner[index]) }, vertex.origin)
      }
      let known = owners.live.filter { rounds[$0] == round && !owners.receivers[$0].isEmpty }
      let own = known.filter { owners.owner[$0] == rank }
      let taken = known.filter { owners.receivers[$0].contains(rank) }
      for index in own { received[index] = places[index] }
      guard !own.isEmpty || !taken.isEmpty else { continue }
      var (ranges, starts, length) = ([[Range<Int>]](repeating: [], count: ranks), [Int: Int](), 0)
      for (owner, index) in taken.compactMap({ index in owners.owner[index].map { ($0, index) } }) {
        let count = original.vertices[index].shape.count
        starts[index] = length
        ranges[owner].append(length..<(length + count))
        // Each on a cache line.
        length += (count + 15) / 16 * 16
      }
      let given = (0..<ranks).map { receiver in
        own.indices.filter { owners.receivers[own[$0]].contains(receiver) }
      }
      let exchange = add(
        Exchange(round: round, rank: rank, given: given, places: ranges), own.compactMap { places[$0] })
      exchanges.append(exchange)
      for (index, start) in starts.sorted(by: { $0.value < $1.value }) {
        let vertex = original.vertices[index]
        let rows = add(Rows(start: start, count: vertex.shape.count), [exchange])
        let value = add(Reshaping(shape: vertex.shape), [rows])
        guard let update = vertex.operation as? Update else {
          received[index] = value
          continue
        }
        received[index] = add(
          Update(variable: update.variable, rule: .assign), [value, place(vertex.operands[1], for: nil)])
      }
    }
    self.outputs = outputs.map { place($0, for: nil) }
    // No rank may leave an exchange out, whoever reads it.
    graph = Graph(vertices: vertices, updates: original.updates.map { place($0, for: nil) } + exchanges)
  }
}
