/// The pairs of a mapping while it is read: each key once, with what `<<` brings in behind them.
struct MappingPairs {
  private var pairs: [(key: Node, value: Node)] = []
  private var indices: [String: Int] = [:]
  /// The mappings of `<<`, once given.
  var merge: [Node]?
  /// The key `<<`, once given.
  var mergeKey: Node?

  /// The first key.
  var first: Node? { pairs.first?.key ?? mergeKey }

  /// Adds a pair, or returns the first key of that name.
  mutating func add(_ key: Node, _ value: Node) -> Node? {
    let name = key.text ?? ""
    if let index = indices[name] { return pairs[index].key }
    indices[name] = pairs.count
    pairs.append((key: key, value: value))
    return nil
  }

  /// The mappings which a value of `<<` means; `nil` when it means none.
  static func sources(of value: Node) -> [Node]? {
    switch value.content {
    case .mapping: [value]
    case .sequence(let elements): elements.allSatisfy { $0.pairs != nil } ? elements : nil
    default: nil
    }
  }

  /// The pairs themselves, then those of `<<` whose keys they lack; of equal keys the first wins.
  consuming func merged() -> [(key: Node, value: Node)] {
    for source in merge ?? [] {
      for (key, value) in source.pairs ?? [] { _ = add(key.inherited(by: 1), value) }
    }
    return pairs
  }
}
