import Specs

/// The values of the active parameters of a trial.
package struct Assignment: Sendable, Equatable {
  /// Keys and values in the order of the space.
  package let pairs: [(key: String, value: Node)]

  /// Makes an assignment.
  package init(_ pairs: [(key: String, value: Node)]) { self.pairs = pairs }

  /// The value of a parameter; nil where it is not active.
  package subscript(key: String) -> Node? { pairs.first { $0.key == key }?.value }

  /// The canonical text: a line `key: value` a parameter, keys in the order of their bytes, numbers with the fewest digits that
  /// give the same bits back.
  ///
  /// It does not depend on the order of the space, nor on how values were written; its digest names the assignment.
  package var text: String {
    let sorted = pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return sorted.map { "\($0.key): \(Emitter.flowText(of: $0.value.canonical))\n" }.joined()
  }

  package static func == (first: Assignment, second: Assignment) -> Bool { first.text == second.text }
}

extension Node {
  /// The value with each number in its shortest form, integers without a point.
  var canonical: Node {
    if let number = plainNumber { return Int(exactly: number).map(Node.integer) ?? .number(number) }
    return switch content {
    case .sequence(let elements): .list(elements.map(\.canonical))
    case .mapping(let pairs): Node(.mapping(pairs.map { ($0.key, $0.value.canonical) }))
    default: self
    }
  }
}
