/// Passes of different rows through the same weights, run as one pass of all their rows.
///
/// A training step sends one batch of noise through the generator for the discriminator and another for the generator
/// itself. A product of twice the rows packs and reads the weights once. Only the way forward is stacked: whatever
/// reads one pass alone, such as its gradients, reads its rows where they lie.
///
/// Two vertices belong together when they apply the same operation to the same weights and, row by row, to operands
/// that belong together themselves; the first that do are random draws of the same kind and shape. What mixes the rows
/// of a batch, such as its statistics, ends a stack. The result is a function of the graph alone, not of what a plan is
/// asked for, since the number of rows may change a product's bits.
struct Stacking {
  /// The most rows of a stack: beyond, the rows already outnumber what a product gains by.
  static let mostRows = 512

  /// The graph with stacks.
  private(set) var graph: Graph
  /// For every vertex of the graph without stacks where its value is.
  private(set) var places: [Int] = []

  private struct Seat: Hashable {
    var family: Int
    var position: Int
  }

  private struct ProductKey: Hashable {
    var product: Product
    var operands: Shape
    var weights: Tensor
  }

  /// Vertices that belong together, each from another pass, in the order of the passes.
  private var families: [[Int]] = []
  private var seats: [Seat?]

  /// Stacks what can be.
  init(_ original: Graph) {
    graph = original
    seats = [Seat?](repeating: nil, count: original.vertices.count)
    matchProducts()
    matchFollowers()
    rewrite(whole: wholeFamilies())
  }

  // MARK: Matching

  /// The operands of a vertex that belong to its rows; nil where its rows are not independent.
  private func rowOperands(_ index: Int) -> [Bool]? {
    let vertex = graph.vertices[index]
    guard vertex.shape.rank > 0, let rowwise = vertex.operation as? any RowwiseOperation,
      let isOfRows = rowwise.rowOperands(operands: vertex.operands.map(graph.shape), result: vertex.shape)
    else { return nil }
    let fits = zip(vertex.operands, isOfRows).allSatisfy { operand, isOfRows in
      !isOfRows || graph.shape(operand).axes.first == vertex.shape[0]
    }
    return fits ? isOfRows : nil
  }

  private mutating func matchProducts() {
    var leaders: [ProductKey: [Int]] = [:]
    for (index, vertex) in graph.vertices.enumerated() {
      guard let product = vertex.operation as? Product else { continue }
      let key = ProductKey(
        product: product, operands: graph.shape(vertex.operands[0]), weights: vertex.operands[1])
      if !leaders[key, default: []].contains(where: { join(index, leader: $0) }) {
        leaders[key, default: []].append(index)
      }
    }
  }

  /// Adds what comes after stacked vertices, such as the last activation.
  private mutating func matchFollowers() {
    var readers: [Int: [Int]] = [:]
    for (index, vertex) in graph.vertices.enumerated() {
      for operand in Set(vertex.operands) { readers[operand.index, default: []].append(index) }
    }
    for (index, vertex) in graph.vertices.enumerated() where seats[index] == nil {
      for case let seat? in vertex.operands.map({ seats[$0.index] }) where seat.position > 0 {
        let candidates = readers[families[seat.family][0]] ?? []
        if candidates.contains(where: { $0 < index && join(index, leader: $0) }) { break }
      }
    }
  }

  /// Seats a vertex, with what it needs, beside the leader of a family; false where they do not belong together.
  private mutating func join(_ index: Int, leader: Int) -> Bool {
    let position = seats[leader].map { families[$0.family].count } ?? 1
    guard graph.vertices[leader].shape.rank > 0,
      (position + 1) * graph.vertices[leader].shape[0] <= Stacking.mostRows
    else { return false }
    var pairs: [Int: Int] = [:]
    guard match(leader, index, position, &pairs) else { return false }
    for (leader, vertex) in pairs.sorted(by: { $0.key < $1.key }) {
      if seats[leader] == nil {
        seats[leader] = Seat(family: families.count, position: 0)
        families.append([leader])
      }
      guard let family = seats[leader]?.family else { continue }
      seats[vertex] = Seat(family: family, position: position)
      families[family].append(vertex)
    }
    return true
  }

  /// Whether `b` does in the pass `position` what `a` does in the first; the vertices to be seated are left in `pairs`.
  private func match(_ a: Int, _ b: Int, _ position: Int, _ pairs: inout [Int: Int]) -> Bool {
    if let seat = seats[b] { return seat.position == position && families[seat.family][0] == a }
    if let known = pairs[a] { return known == b }
    if let seat = seats[a] {
      guard seat.position == 0, families[seat.family].count == position else { return false }
    } else if position != 1 {
      return false
    }
    let (first, second) = (graph.vertices[a], graph.vertices[b])
    guard a != b, first.shape == second.shape, let isOfRows = rowOperands(a), rowOperands(b) == isOfRows,
      let rowwise = first.operation as? any RowwiseOperation, rowwise.stacked(with: [second.operation]) != nil
    else { return false }
    // Only random draws begin a stack: what else has no rows to read is the same for all passes.
    guard isOfRows.contains(true) || first.operation is RandomDraw else { return false }
    for ((left, right), isOfRows) in zip(zip(first.operands, second.operands), isOfRows) {
      guard isOfRows ? match(left.index, right.index, position, &pairs) : left == right else { return false }
    }
    pairs[a] = b
    return true
  }

  /// The families of which every pass has a member, as do those that they read.
  private func wholeFamilies() -> Set<Int> {
    var whole: Set<Int> = []
    for family in families.indices.sorted(by: { families[$0][0] < families[$1][0] }) {
      let leader = families[family][0]
      let isWhole = zip(graph.vertices[leader].operands, rowOperands(leader) ?? []).allSatisfy { operand, isOfRows in
        guard isOfRows else { return true }
        guard let seat = seats[operand.index] else { return false }
        return whole.contains(seat.family) && families[seat.family].count == families[family].count
      }
      if isWhole { whole.insert(family) }
    }
    return whole
  }

  // MARK: Rewriting

  private mutating func rewrite(whole: Set<Int>) {
    var vertices: [Graph.Vertex] = []
    var stacks: [Int: Tensor] = [:]
    places = [Int](repeating: -1, count: graph.vertices.count)
    func add(_ operation: any Operation, _ operands: [Tensor], _ origin: Origin) -> Tensor {
      let shape = operation.shape(of: operands.map { vertices[$0.index].shape })
      vertices.append(Graph.Vertex(operation: operation, operands: operands, shape: shape, origin: origin))
      return Tensor(index: vertices.count - 1)
    }
    for (index, vertex) in graph.vertices.enumerated() {
      guard let seat = seats[index], whole.contains(seat.family) else {
        let operands = vertex.operands.map { Tensor(index: places[$0.index]) }
        places[index] = add(vertex.operation, operands, vertex.origin).index
        continue
      }
      guard seat.position == 0, let isOfRows = rowOperands(index) else { continue }
      let members = families[seat.family]
      let others = members.dropFirst().map { graph.vertices[$0].operation }
      guard let operation = (vertex.operation as? any RowwiseOperation)?.stacked(with: others) else {
        preconditionFailure("\(vertex.operation.name) was matched but cannot be stacked")
      }
      let operands = zip(vertex.operands, isOfRows).map { operand, isOfRows in
        (isOfRows ? seats[operand.index].flatMap { stacks[$0.family] } : nil) ?? Tensor(index: places[operand.index])
      }
      let stack = add(operation, operands, vertex.origin)
      stacks[seat.family] = stack
      for (position, member) in members.enumerated() {
        let rows = Rows(start: position * vertex.shape[0], count: vertex.shape[0])
        places[member] = add(rows, [stack], graph.vertices[member].origin).index
      }
    }
    graph = Graph(vertices: vertices, updates: graph.updates.map { Tensor(index: places[$0.index]) })
  }
}
