/// Which rank makes each value of a graph, and which others get it.
struct Owners {
  private let graph: Graph
  /// The vertices that outputs and updates need.
  let live: [Int]
  /// The one rank that makes a value; nil where all do.
  private(set) var owner: [Int?]
  /// The other ranks that get a value that one makes.
  private(set) var receivers: [Set<Int>]
  /// Whether a value that one rank makes is a parameter's new value, which is no rank's own once all have it.
  private var isNewValue: [Bool]

  /// Finds who makes what; each rank has as many neighbouring shards.
  init(_ graph: Graph, outputs: [VertexNumber], shardsPerRank: Int, homes: UpdateHomes) {
    self.graph = graph
    owner = [Int?](repeating: nil, count: graph.vertices.count)
    receivers = [Set<Int>](repeating: [], count: graph.vertices.count)
    isNewValue = [Bool](repeating: false, count: graph.vertices.count)
    live = graph.live(outputs)
    let everybody = Set(0..<homes.count)
    let isForUpdates = Owners.isForUpdates(graph, live, outputs)
    let destinations = Owners.destinations(graph, live, homes)
    // Whether a value is a variable's, or made of such place by place; and whether it came from several ranks.
    var isState = [Bool](repeating: false, count: graph.vertices.count)
    var isOfSeveral = [Bool](repeating: false, count: graph.vertices.count)
    for index in live {
      let vertex = graph.vertices[index]
      let owned = vertex.operands.filter { !isCommon($0) }
      var ranks = Set(owned.compactMap { owner[$0.index] })
      if let shard = (vertex.operation as? Rows)?.shard { ranks.insert(shard / shardsPerRank) }
      let isPointwise = vertex.operation is any PointwiseOperation && !(vertex.operation is any ReducingOperation)
      let isOfVariable = vertex.operation is ReadVariable || vertex.operation is any UpdatingOperation
      isState[index] = isOfVariable || (isPointwise && owned.isEmpty && vertex.operands.contains { isState[$0.index] })
      let home = homes.home(of: vertex) ?? (ranks.count > 1 ? destinations[index] : nil)
      if let home {
        owner[index] = home
        isNewValue[index] = vertex.operation is any UpdatingOperation
        for operand in owned where owner[operand.index] != home { receivers[operand.index].insert(home) }
        if isNewValue[index] { receivers[index] = everybody.subtracting([home]) }
        continue
      }
      let common = vertex.operands.first {
        isCommon($0) && (isOfSeveral[$0.index] || (isState[$0.index] && isForUpdates[index]))
      }
      let joins =
        isPointwise && !owned.isEmpty
        && owned.allSatisfy { operand in
          common.map(graph.shape) == graph.shape(operand) && graph.shape(operand).count <= Placement.fewValues
        }
      let isOfAll = ranks.count > 1 || vertex.operation is any UpdatingOperation || joins
      isOfSeveral[index] = ranks.count > 1 || joins
      if isOfAll {
        for operand in owned { giveAll(operand, everybody) }
      } else {
        owner[index] = ranks.first
      }
    }
    for output in outputs { giveAll(output, everybody) }
  }

  private mutating func giveAll(_ number: VertexNumber, _ everybody: Set<Int>) {
    if let owner = owner[number.index] { receivers[number.index] = everybody.subtracting([owner]) }
  }

  /// Whether all ranks have a value, if only after an exchange.
  private func isCommon(_ number: VertexNumber) -> Bool { owner[number.index] == nil || isNewValue[number.index] }

  /// Whether each value is for updates alone, itself or by what is made of it.
  private static func isForUpdates(_ graph: Graph, _ live: [Int], _ outputs: [VertexNumber]) -> [Bool] {
    var isForUpdates = [Bool](repeating: true, count: graph.vertices.count)
    for output in outputs { isForUpdates[output.index] = false }
    for index in live.reversed()
    where !isForUpdates[index] && !(graph.vertices[index].operation is any UpdatingOperation) {
      for operand in graph.vertices[index].operands { isForUpdates[operand.index] = false }
    }
    return isForUpdates
  }

  /// The rank that updates a parameter, for its gradient and for what that is made of place by place.
  private static func destinations(_ graph: Graph, _ live: [Int], _ homes: UpdateHomes) -> [Int?] {
    var destinations = [Int?](repeating: nil, count: graph.vertices.count)
    for index in live.reversed() {
      let vertex = graph.vertices[index]
      if let home = homes.home(of: vertex) {
        destinations[vertex.operands[0].index] = home
      } else if let home = destinations[index], vertex.operation is any PointwiseOperation {
        for operand in vertex.operands where graph.shape(operand) == vertex.shape {
          destinations[operand.index] = destinations[operand.index] ?? home
        }
      }
    }
    return destinations
  }

  /// Whether a rank makes a value.
  func isMade(_ index: Int, by rank: Int) -> Bool { owner[index].map { $0 == rank } ?? true }

  /// Whether who makes another value, one rank or all, reads this one as it comes from an exchange.
  func isReceived(_ index: Int, by reader: Int?) -> Bool {
    owner[index].map { isNewValue[index] || $0 != reader } ?? false
  }

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
        round = max(round, rounds[operand.index] + (isReceived(operand.index, by: owner[index]) ? 1 : 0))
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
