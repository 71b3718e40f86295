/// `Dense(128, activation="relu")`: an entry as programs write it, to show how a spec does.
struct CallNotation {
  /// The name before the parenthesis.
  let name: String
  /// The arguments in order, with their keywords where they have any.
  private let arguments: [(key: String?, value: String)]

  /// Takes a text apart; nil where it is no call.
  init?(_ text: String) {
    guard text.utf8.count <= 200, text.last == ")", let open = text.firstIndex(of: "("), open != text.startIndex,
      text[..<open].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    else { return nil }
    // Of a path such as layers.Dense only the last part is the name.
    name = String(text[..<open].split(separator: ".").last ?? "")
    var depth = 0
    var parts = [""]
    for character in text[text.index(after: open)...].dropLast() {
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    arguments = parts.compactMap { part in
      let words = part.split(separator: "=", maxSplits: 1).map { CallNotation.trimmed($0) }
      guard let last = words.last, !last.isEmpty else { return nil }
      return (words.count == 2 ? words[0] : nil, CallNotation.yaml(last))
    }
  }

  /// The arguments as fields of an entry, `units: 128, activation: relu`; arguments without a keyword take the fields
  /// that must be given, then the others, in order.
  func fields(_ description: FieldsDescription) -> String {
    let names = description.fields.map(\.name)
    var free = (description.fields.filter(\.isRequired) + description.fields.filter { !$0.isRequired }).map(\.name)
    var written: [String] = []
    for argument in arguments {
      guard let key = argument.key.map({ description.field(meantBy: $0)?.name ?? $0 }) ?? free.first else { break }
      // What an entry does not have here, or what follows from the layer before, is not written.
      guard names.contains(key) else { continue }
      free.removeAll { $0 == key }
      written.append("\(key): \(argument.value)")
    }
    return written.joined(separator: ", ")
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// A value of Python's as YAML writes it.
  private static func yaml(_ text: String) -> String {
    switch text {
    case "True": "true"
    case "False": "false"
    case "None": "null"
    case _ where text.first == "(" && text.last == ")": "[" + text.dropFirst().dropLast() + "]"
    case _ where text.count > 1 && (text.first == "\"" || text.first == "'") && text.last == text.first:
      String(text.dropFirst().dropLast())
    default: text
    }
  }
}
