/// The search for passes of several batches through the same weights: which vertices compute the same on different rows.
struct StackMatching {
  /// A vertex's place in a stack: its family, and the position of its pass in it.
  struct StackPosition: Equatable {
    var family: Int
    var position: Int
  }

  private struct ProductKey: Hashable, @unchecked Sendable {
    var product: AnyHashable
    var operand: Shape
    var weights: VertexNumber
  }

  private struct Attempt: Hashable {
    var leader: Int
    var vertex: Int
    var position: Int
  }

  /// A tentative match: for each leader, a vertex of the first pass, the vertex of another pass.
  private struct Pairs {
    var byLeader: [Int: Int] = [:]
    var vertices: Set<Int> = []

    /// Adds a pair; false if one of the two is in another pair.
    mutating func add(_ leader: Int, _ vertex: Int) -> Bool {
      guard byLeader[vertex] == nil, !vertices.contains(leader), vertices.insert(vertex).inserted else { return false }
      byLeader[leader] = vertex
      return true
    }
  }

  private let graph: Graph
  /// Vertices that compute the same, one for each pass, in the order of the passes; the first is the leader.
  private(set) var families: [[Int]] = []
  /// The seat of every vertex that has one.
  private(set) var seats: [StackPosition?]
  private var failed: Set<Attempt> = []

  init(_ graph: Graph) {
    self.graph = graph
    seats = [StackPosition?](repeating: nil, count: graph.vertices.count)
  }

  /// For every operand of a vertex whether it is batched; nil where the rows of the result depend on each other.
  func rowOperands(_ index: Int) -> [Bool]? {
    let vertex = graph.vertices[index]
    guard vertex.shape.rank > 0, let rowwise = vertex.operation as? any RowwiseOperation,
      let isOfRows = rowwise.rowOperands(operands: vertex.operands.map(graph.shape), result: vertex.shape)
    else { return nil }
    let fits = zip(vertex.operands, isOfRows).allSatisfy { operand, isOfRows in
      !isOfRows || graph.shape(operand).axes.first == vertex.shape[0]
    }
    return fits ? isOfRows : nil
  }

  /// Whether a vertex multiplies rows by weights.
  private func isProductOfRows(_ index: Int) -> Bool {
    graph.vertices[index].operation is any MatrixProduct && rowOperands(index) == [true, false]
  }

  /// Finds products with the same weights, and with them what leads to their rows.
  mutating func matchProducts() {
    var leaders: [ProductKey: [Int]] = [:]
    for (index, vertex) in graph.vertices.enumerated() {
      guard isProductOfRows(index) else { continue }
      let key = ProductKey(
        product: AnyHashable(vertex.operation), operand: graph.shape(vertex.operands[0]), weights: vertex.operands[1])
      if !leaders[key, default: []].contains(where: { join(index, leader: $0) }) {
        leaders[key, default: []].append(index)
      }
    }
  }

  /// Adds what comes after stacked vertices, such as the last activation.
  mutating func matchFollowers() {
    var readers: [Int: [Int]] = [:]
    for (index, vertex) in graph.vertices.enumerated() {
      for operand in Set(vertex.operands) { readers[operand.index, default: []].append(index) }
    }
    for (index, vertex) in graph.vertices.enumerated() where seats[index] == nil {
      for case let seat? in vertex.operands.map({ seats[$0.index] }) where seat.position > 0 {
        let candidates = readers[families[seat.family][0]] ?? []
        if candidates.contains(where: { join(index, leader: $0) }) { break }
      }
    }
  }

  /// Adds a vertex, with the row operands it reads, to the family of a leader; false if they do not compute the same.
  private mutating func join(_ index: Int, leader: Int) -> Bool {
    let position = seats[leader].map { families[$0.family].count } ?? 1
    guard graph.vertices[leader].shape.rank > 0,
      (position + 1) * graph.vertices[leader].shape[0] <= Stacking.mostRows
    else { return false }
    var pairs = Pairs()
    guard match(leader, index, position, &pairs) else { return false }
    for (leader, vertex) in pairs.byLeader.sorted(by: { $0.key < $1.key }) {
      let family = seats[leader]?.family ?? families.count
      if family == families.count {
        seats[leader] = StackPosition(family: family, position: 0)
        families.append([leader])
      }
      seats[vertex] = StackPosition(family: family, position: position)
      families[family].append(vertex)
    }
    return true
  }

  /// Whether `b` is in the pass `position` what `a` is in the first, on row operands that match in turn.
  ///
  /// Both are the same operation with the same weights. The matching vertices are added to `pairs`.
  private mutating func match(_ a: Int, _ b: Int, _ position: Int, _ pairs: inout Pairs) -> Bool {
    if let seat = seats[b] { return seat.position == position && families[seat.family][0] == a }
    if let known = pairs.byLeader[a] { return known == b }
    // The stack is computed in the leader's place, so a member can only be computed earlier than before, never later.
    guard a < b else { return false }
    let attempt = Attempt(leader: a, vertex: b, position: position)
    if failed.contains(attempt) { return false }
    if isAlike(a, b, position), let isOfRows = rowOperands(a) {
      let operands = zip(graph.vertices[a].operands, graph.vertices[b].operands)
      let matches = zip(operands, isOfRows).allSatisfy { pair, isOfRows in
        !isOfRows || match(pair.0.index, pair.1.index, position, &pairs)
      }
      if matches, pairs.add(a, b) { return true }
    }
    failed.insert(attempt)
    return false
  }

  /// Whether two vertices may match, by everything but their row operands: operation, shape, weights, position.
  private func isAlike(_ a: Int, _ b: Int, _ position: Int) -> Bool {
    if let seat = seats[a] {
      guard seat.position == 0, families[seat.family].count == position else { return false }
    } else if position != 1 {
      return false
    }
    let (first, second) = (graph.vertices[a], graph.vertices[b])
    guard first.shape == second.shape, let rowwise = first.operation as? any RowwiseOperation,
      rowwise.stacked(with: [second.operation]) != nil, let isOfRows = rowOperands(a), rowOperands(b) == isOfRows
    else { return false }
    // Any other vertex without row operands has the same value in all passes.
    guard isOfRows.contains(true) || rowwise.beginsStack else { return false }
    return zip(zip(first.operands, second.operands), isOfRows).allSatisfy { pair, isOfRows in
      isOfRows || pair.0 == pair.1
    }
  }

  /// The families of the rows that the members of a family read; nil unless every member reads its own pass of each.
  private func rowFamilies(_ family: Int) -> [Int]? {
    let members = families[family]
    guard let isOfRows = rowOperands(members[0]) else { return nil }
    var found: [Int] = []
    for place in isOfRows.indices where isOfRows[place] {
      let read = members.map { seats[graph.vertices[$0].operands[place].index] }
      guard let source = read[0]?.family, families[source].count == members.count,
        read == members.indices.map({ StackPosition(family: source, position: $0) })
      else { return nil }
      found.append(source)
    }
    return found
  }

  /// The families to stack: those of which every pass has a member, as do those that they read, on the way to a product
  /// or behind one.
  func keptFamilies() -> Set<Int> {
    let order = families.indices.sorted { families[$0][0] < families[$1][0] }
    var sources: [Int: [Int]] = [:]
    for family in order {
      if let read = rowFamilies(family), read.allSatisfy({ sources[$0] != nil }) { sources[family] = read }
    }
    var kept: Set<Int> = []
    for family in order {
      guard let read = sources[family] else { continue }
      if isProductOfRows(families[family][0]) || read.contains(where: kept.contains) {
        kept.insert(family)
      }
    }
    for family in order.reversed() where kept.contains(family) { kept.formUnion(sources[family] ?? []) }
    return kept
  }
}
