/// Which of several ranks updates each large parameter and keeps its moments: every rank a share of each network (after Rajbhandari
/// et al., "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models", 2020).
///
/// Small parameters, and those whose moments anything but their update reads, are updated by all.
package struct UpdateHomes: Sendable {
  /// How many ranks there are.
  package let count: Int
  private var homes: [Variable: Int] = [:]
  /// The moments that one rank alone keeps, by the ranks.
  package private(set) var moments: [[Variable]]

  /// Shares out the updates of graphs that are run with one state.
  package init(_ graphs: [Graph], ranks: Int) {
    count = ranks
    moments = [[Variable]](repeating: [], count: ranks)
    let vertices = graphs.flatMap(\.vertices)
    let read = Set(vertices.compactMap { ($0.operation as? ReadVariable)?.variable })
    var updated: [Variable: [Variable]] = [:]
    var order: [Variable] = []
    for vertex in vertices {
      guard let update = vertex.operation as? Update, update.rule != .assign,
        update.variable.shape.count > Placement.fewValues, read.isDisjoint(with: update.rule.moments),
        updated.updateValue(update.rule.moments, forKey: update.variable) == nil
      else { continue }
      order.append(update.variable)
    }
    // The largest first, each to the rank that has least of its network.
    var loads: [Int: [Int]] = [:]
    for (_, variable) in order.enumerated()
      .sorted(by: { ($1.element.shape.count, $0.offset) < ($0.element.shape.count, $1.offset) })
    {
      var load = loads[variable.block] ?? [Int](repeating: 0, count: ranks)
      guard let home = load.indices.min(by: { load[$0] < load[$1] }) else { continue }
      load[home] += variable.shape.count
      loads[variable.block] = load
      homes[variable] = home
      moments[home] += updated[variable] ?? []
    }
  }

  /// The rank of an update; nil of what is no update, and of one that all make.
  func home(of vertex: Graph.Vertex) -> Int? {
    guard let update = vertex.operation as? Update, update.rule != .assign else { return nil }
    return homes[update.variable]
  }
}

extension UpdateRule {
  /// The variables that it keeps beside the parameter.
  var moments: [Variable] {
    switch self {
    case .adam(let first, let second, _, _, _): [first, second]
    case .rmsProp(let second, let velocity, _, _, _): [second] + (velocity.map { [$0] } ?? [])
    case .gradientDescent(let velocity, _, _): velocity.map { [$0] } ?? []
    case .assign: []
    }
  }
}
