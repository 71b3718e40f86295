/// Passes of different rows through the same weights, run as one pass of all their rows.
///
/// A training step sends one batch of noise through the generator for the discriminator and another for the generator
/// itself. A product of twice the rows packs and reads the weights once. Whatever reads one pass alone, such as its
/// gradients, reads its rows where they lie.
///
/// Two vertices belong together when they apply the same operation to the same weights and, row by row, to operands
/// that belong together themselves; the first that do are random draws of the same kind and shape. What mixes the rows
/// of a batch, such as its statistics, ends a stack. No bit is another.
struct Stacking {
  /// The most rows of a stack; beyond, the rows outnumber what a product gains by.
  static let mostRows = 512

  /// The graph with stacks.
  let graph: Graph
  /// For every vertex of the graph without stacks where its value is.
  let places: [Int]

  /// Stacks what can be.
  init(_ original: Graph) {
    var matching = StackMatching(original)
    matching.matchProducts()
    matching.matchFollowers()
    (graph, places) = Stacking.rewritten(original, matching, kept: matching.keptFamilies())
  }

  private static func rewritten(
    _ original: Graph, _ matching: StackMatching, kept: Set<Int>
  ) -> (Graph, [Int]) {
    var vertices: [Graph.Vertex] = []
    var stacks: [Int: VertexNumber] = [:]
    var places = [Int](repeating: -1, count: original.vertices.count)
    func add(_ operation: any Operation, _ operands: [VertexNumber], _ origin: Origin) -> VertexNumber {
      let shape = operation.shape(of: operands.map { vertices[$0.index].shape })
      vertices.append(Graph.Vertex(operation: operation, operands: operands, shape: shape, origin: origin))
      return VertexNumber(index: vertices.count - 1)
    }
    for (index, vertex) in original.vertices.enumerated() {
      guard let seat = matching.seats[index], kept.contains(seat.family) else {
        let operands = vertex.operands.map { VertexNumber(index: places[$0.index]) }
        places[index] = add(vertex.operation, operands, vertex.origin).index
        continue
      }
      // The leader comes first and brings the others with it.
      guard seat.position == 0 else { continue }
      let members = matching.families[seat.family]
      let others = members.dropFirst().map { original.vertices[$0].operation }
      guard let operation = (vertex.operation as? any RowwiseOperation)?.stacked(with: others),
        let isOfRows = matching.rowOperands(index)
      else { preconditionFailure("\(vertex.operation.name) was matched but cannot be stacked") }
      let operands = zip(vertex.operands, isOfRows).map { operand, isOfRows in
        guard isOfRows else { return VertexNumber(index: places[operand.index]) }
        guard let stack = matching.seats[operand.index].flatMap({ stacks[$0.family] }) else {
          preconditionFailure("\(vertex.operation.name) reads rows that were not stacked")
        }
        return stack
      }
      let stack = add(operation, operands, vertex.origin)
      stacks[seat.family] = stack
      for (position, member) in members.enumerated() {
        let rows = Rows(start: position * vertex.shape[0], count: vertex.shape[0])
        places[member] = add(rows, [stack], original.vertices[member].origin).index
      }
    }
    let updates = original.updates.map { VertexNumber(index: places[$0.index]) }
    return (Graph(vertices: vertices, updates: updates), places)
  }
}
