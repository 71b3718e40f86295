/// A JSON value whose objects keep their order, and its text.
enum JSONText {
  case null
  case boolean(Bool)
  /// A number by its digits.
  case number(String)
  case string(String)
  case array([JSONText])
  case members([Member])

  /// A name of an object with its value.
  struct Member {
    let name: String
    let value: JSONText
  }

  static func object(_ members: [(String, JSONText)]) -> JSONText {
    .members(members.map { Member(name: $0.0, value: $0.1) })
  }

  static func integer(_ value: Int) -> JSONText { .number(String(value)) }

  static func strings(_ values: [String]) -> JSONText { .array(values.map { .string($0) }) }

  /// The text, with two blanks a level; arrays of scalars stand in one line.
  func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .number(let digits): return digits
    case .string(let value): return JSONText.quoted(value)
    case .array(let elements):
      if elements.allSatisfy({ $0.isScalar }) {
        return "[" + elements.map { $0.text() }.joined(separator: ", ") + "]"
      }
      return "[\n" + elements.map { inner + $0.text(indentation: inner) }.joined(separator: ",\n")
        + "\n\(indentation)]"
    case .members(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { inner + JSONText.quoted($0.name) + ": " + $0.value.text(indentation: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .members: false
    default: true
    }
  }

  private static func quoted(_ text: String) -> String {
    QuotedText.text(text) { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? "u" + DecodedText.hexadecimal(scalar.value, digits: 4) : nil
    }
  }
}
