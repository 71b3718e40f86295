import Specs

/// Reads a condition, from left to right.
///
/// ```
/// condition  = all { "or" all }
/// all        = single { "and" single }
/// single     = "not" single | "(" condition ")" | name relation value
/// relation   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
/// ```
///
/// Names and values are words, or stand in quotation marks.
struct ConditionReader {
  private let words: [ConditionWords.Word]
  private var place = 0
  private var depth = 0

  /// The most parentheses and `not` within each other.
  private static let mostDepth = 100

  private init(_ source: Source) throws(Diagnostic) { words = try ConditionWords(source).words }

  /// Reads a whole text.
  static func condition(_ source: Source) throws(Diagnostic) -> RunCondition {
    var reader = try ConditionReader(source)
    let condition = try reader.condition()
    let word = reader.word
    guard word.kind == .end else {
      throw word.kind == .closing
        ? .error("this ) closes nothing", at: word.mark, remedy: "take it away")
        : .error("what follows is no part of it", at: word.mark, remedy: "write and, or or, before it")
    }
    return condition
  }

  private var word: ConditionWords.Word { words[place] }

  private mutating func condition() throws(Diagnostic) -> RunCondition {
    var parts = [try all()]
    while word.isWord("or") {
      place += 1
      parts.append(try all())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() throws(Diagnostic) -> RunCondition {
    var parts = [try single()]
    while word.isWord("and") {
      place += 1
      parts.append(try single())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func single() throws(Diagnostic) -> RunCondition {
    let first = word
    guard first.isWord("not") || first.kind == .opening else { return .comparison(try comparison()) }
    place += 1
    depth += 1
    guard depth <= ConditionReader.mostDepth else {
      throw .error(
        "more than \(ConditionReader.mostDepth) parentheses within each other", at: first.mark, remedy: "use fewer")
    }
    defer { depth -= 1 }
    if first.kind != .opening { return .not(try single()) }
    let inner = try condition()
    guard word.kind == .closing else {
      throw .error("this ( is not closed", at: first.mark, remedy: "write ) behind the condition")
    }
    place += 1
    return inner
  }

  private mutating func comparison() throws(Diagnostic) -> FactComparison {
    let name = word
    guard case .text(let isQuoted) = name.kind, isQuoted || !["and", "or"].contains(name.text.lowercased()) else {
      throw .error("a name is missing here", at: name.mark, remedy: "write a comparison, such as loss = wasserstein")
    }
    place += 1
    guard case .relation(let relation) = word.kind else {
      throw .error(
        "\(name.text) is compared with nothing", at: word.kind == .end ? name.mark : word.mark,
        remedy: "write one of \(FactComparison.Relation.allCases.map(\.rawValue).joined(separator: " ")) behind it")
    }
    place += 1
    let value = word
    guard case .text(let isQuoted) = value.kind,
      isQuoted || !["and", "or", "not"].contains(value.text.lowercased())
    else {
      throw .error(
        "a value is missing behind \(relation.rawValue)", at: value.mark, remedy: "write a number, a word or \"words\"")
    }
    place += 1
    return FactComparison(name.text, relation, value.text, at: name.mark, value.mark)
  }
}
