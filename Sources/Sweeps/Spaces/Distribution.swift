import Specs

/// The distribution of a parameter's values.
///
/// A value is a function of a number u in [0, 1), so that any sequence of points of the unit cube gives trials.
package enum Distribution: Sendable {
  /// One of some values without an order, all equally probable: value floor(n u).
  case choice([Node])
  /// A number of an interval.
  case interval(NumberInterval)
  /// A normal number, or one whose logarithm is normal.
  case normal(NormalValues)

  /// The value at u in [0, 1).
  package func value(at u: Double) -> Node {
    switch self {
    case .choice(let values): values[Distribution.place(of: u, among: values.count)]
    case .interval(let interval): interval.node(interval.value(at: u))
    case .normal(let normal): Node.number(normal.value(at: u))
    }
  }

  /// All values in order, where there are at most 100 000.
  package var values: [Node]? {
    switch self {
    case .choice(let values): values
    case .interval(let interval): interval.values.map { $0.map(interval.node) }
    case .normal: nil
    }
  }

  /// Values that are right for a field only if all are: every choice, of numbers the least and the largest that are drawn.
  package var witnesses: [Node] {
    switch self {
    case .choice(let values): values
    case .interval(let interval): [interval.low, interval.high].map(interval.node)
    case .normal: [value(at: 0), value(at: 1 - 0x1p-53)]
    }
  }

  /// floor(n u), below n.
  static func place(of u: Double, among count: Int) -> Int { min(Int(u * Double(count)), count - 1) }
}

extension Node {
  /// The number that a plain scalar stands for.
  var plainNumber: Double? {
    guard case .scalar(let text, plain: true) = content, let first = text.utf8.first,
      "+-.0123456789".utf8.contains(first), let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  /// Whether two values are the same: the same number, or equivalent.
  func isSame(as other: Node) -> Bool {
    if let first = plainNumber, let second = other.plainNumber { return first == second }
    return Emitter.flowText(of: canonical) == Emitter.flowText(of: other.canonical)
  }
}
