import Files
import Specs

/// A name that is compared with a value: `training.batch_size >= 64`.
package struct FactComparison: Sendable, CustomStringConvertible {
  /// How two values can stand.
  package enum Relation: String, CaseIterable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case contains = "~"

    /// Whether it needs an order.
    var isOfOrder: Bool { [.less, .atMost, .greater, .atLeast].contains(self) }

    /// Whether it holds of two values.
    func holds<Value: Comparable>(_ first: Value, _ second: Value) -> Bool {
      switch self {
      case .equal: first == second
      case .notEqual: first != second
      case .less: first < second
      case .atMost: first <= second
      case .greater: first > second
      case .atLeast: first >= second
      case .contains: false
      }
    }
  }

  /// The name.
  package let name: String
  /// How it is to stand.
  package let relation: Relation
  /// To what, as it was written.
  package let value: String
  /// Where the name stands.
  let place: Mark
  /// Where the value stands.
  let valuePlace: Mark

  init(_ name: String, _ relation: Relation, _ value: String, at place: Mark = .nowhere, _ valuePlace: Mark = .nowhere)
  {
    (self.name, self.relation, self.value) = (name, relation, value)
    (self.place, self.valuePlace) = (place, valuePlace)
  }

  /// As it was written, the value in quotation marks where it is no single word.
  package var description: String {
    "\(name) \(relation.rawValue) " + (value.isEmpty || value.contains(" ") ? "\"\(value)\"" : value)
  }

  /// Whether it holds of what is known; nil where these cannot be compared.
  package func holds(_ fact: Fact) -> Bool? {
    let texts = fact.texts
    if relation == .contains { return texts.contains { $0.contains(value) } }
    if case .words(let words) = fact {
      switch relation {
      case .equal: return words.contains(value)
      case .notEqual: return !words.contains(value)
      default: return nil
      }
    }
    if isOfTime {
      return texts.first.flatMap { text in time.map { relation.holds(String(text.prefix($0.count)), $0) } }
    }
    // Not every whole number is a Double.
    if case .whole(let other) = fact, let number = Int64(value) { return relation.holds(other, number) }
    if let number, let other = fact.value { return relation.holds(other, number) }
    if relation.isOfOrder { return nil }
    return texts.first.map { relation.holds($0, value) }
  }

  private var isOfTime: Bool { if case .time? = FactName(rawValue: name)?.kind { true } else { false } }

  /// The time that the value is, or its beginning, as runs record it: `2026-11-30`, `2026-11-30T14:05`; nil where it is none.
  private var time: String? {
    let form = "0000-00-00T00:00:00Z"
    let text = value.replacing(" ", with: "T")
    guard [4, 7, 10, 13, 16, 19, 20].contains(text.utf8.count),
      zip(text.utf8, form.utf8).allSatisfy({ $1 == UInt8(ascii: "0") ? (0x30...0x39).contains($0) : $0 == $1 })
    else { return nil }
    return text
  }

  /// The number that the value is; nil where it is none.
  var number: Double? {
    if case .duration? = FactName(rawValue: name)?.kind { return WrittenDuration.seconds(value) }
    return Fact.number(value)
  }

  /// What is wrong with it, where something is known under the name.
  /// - Parameter fact: what is known of some run under it; nil where nothing is of any.
  func problem(_ fact: Fact?) -> Diagnostic? {
    func wrong(_ message: String, at mark: Mark, _ remedy: String) -> Diagnostic {
      .error(message, at: mark, remedy: remedy)
    }
    guard relation != .contains else { return nil }
    let kind = FactName(rawValue: name)?.kind
    let isMeasured: Bool = if case .number? = fact { true } else { false }
    switch kind {
    case .choice(let words) where !relation.isOfOrder && !words.contains(value):
      let near = Suggestion.nearest(to: value, among: words).map { "did you mean \($0)?" }
      return wrong("\(name) is never \(value)", at: valuePlace, near ?? "it is one of \(words.joined(separator: ", "))")
    case .text, .choice:
      guard relation.isOfOrder else { return nil }
      return wrong("\(name) is a text, and \(relation.rawValue) compares numbers", at: place, "write =, != or ~")
    case .time where time == nil:
      return wrong(
        "\(name) is a time, and \(value) is none", at: valuePlace,
        "write it as 2026-11-30 or \"2026-11-30 14:05\", in UTC")
    case .time: return nil
    case .duration where number == nil:
      return wrong("\(name) is a time, and \(value) is none", at: valuePlace, "write seconds, or 90s, 5m, 2h, 1d")
    case .number where number == nil, nil where isMeasured && number == nil:
      return wrong("\(name) is a number, and \(value) is none", at: valuePlace, "write a number, such as 100")
    case nil where relation.isOfOrder && number == nil:
      return wrong(
        "\(relation.rawValue) compares numbers, and \(value) is none", at: valuePlace, "write a number, or =, != or ~")
    default: return nil
    }
  }
}
