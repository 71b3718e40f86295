import Foundation

/// A validator of the part of JSON Schema (draft-07) that the schema of specs uses, which collects messages as editors show
/// them: one for each keyword that a value does not satisfy.
struct SchemaValidator {
  private let root: [String: Any]

  /// The keywords that are understood; those that only describe count as such.
  private static let known: Set<String> = [
    "$schema", "title", "description", "default", "definitions", "$ref", "type", "enum", "if", "then", "else", "not",
    "allOf", "anyOf", "properties",
    "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties",
    "items", "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern",
  ]

  init(_ root: [String: Any]) { self.root = root }

  /// What is wrong with a value, `generator/0: additional property Dense`.
  func errors(of value: Any) -> [String] { errors(of: value, by: root, at: "") }

  private func errors(of value: Any, by schema: [String: Any], at path: String) -> [String] {
    let unknown = schema.keys.filter { !SchemaValidator.known.contains($0) }
    guard unknown.isEmpty else { return ["unknown keywords \(unknown)"] }
    if let reference = schema["$ref"] as? String {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let inner = (root["definitions"] as? [String: Any])?[name] as? [String: Any] else {
        return ["no definition \(name)"]
      }
      return errors(of: value, by: inner, at: path)
    }
    var found: [String] = []
    func expect(_ isRight: Bool, _ message: String) { if !isRight { found.append("\(path): \(message)") } }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] }
    if let types { expect(types.contains { SchemaValidator.isOf($0, value) }, "not of type \(types)") }
    if let words = schema["enum"] as? [Any] {
      expect(words.contains { ($0 as? NSObject) == (value as? NSObject) }, "not one of the words")
    }
    if let condition = schema["if"] as? [String: Any] {
      let holds = errors(of: value, by: condition, at: path).isEmpty
      if let then = schema[holds ? "then" : "else"] as? [String: Any] { found += errors(of: value, by: then, at: path) }
    }
    if let inner = schema["not"] as? [String: Any] { expect(!errors(of: value, by: inner, at: path).isEmpty, "not") }
    if let inner = schema["anyOf"] as? [[String: Any]] {
      let tried = inner.map { errors(of: value, by: $0, at: path) }
      if !tried.contains(where: \.isEmpty) { found += tried.min { $0.count < $1.count } ?? [] }
    }
    for inner in schema["allOf"] as? [[String: Any]] ?? [] { found += errors(of: value, by: inner, at: path) }
    if let mapping = value as? [String: Any] { found += errors(ofMapping: mapping, by: schema, at: path) }
    if let list = value as? [Any] {
      if let least = schema["minItems"] as? Int { expect(list.count >= least, "too few items") }
      if let most = schema["maxItems"] as? Int { expect(list.count <= most, "too many items") }
      if let items = schema["items"] as? [String: Any] {
        for (index, item) in list.enumerated() {
          found += errors(of: item, by: items, at: path.isEmpty ? "\(index)" : "\(path)/\(index)")
        }
      }
    }
    if SchemaValidator.isOf("number", value), let number = (value as? NSNumber)?.doubleValue {
      if let bound = (schema["minimum"] as? NSNumber)?.doubleValue { expect(number >= bound, "below \(bound)") }
      if let bound = (schema["maximum"] as? NSNumber)?.doubleValue { expect(number <= bound, "above \(bound)") }
      if let bound = (schema["exclusiveMinimum"] as? NSNumber)?.doubleValue {
        expect(number > bound, "not above \(bound)")
      }
      if let bound = (schema["exclusiveMaximum"] as? NSNumber)?.doubleValue {
        expect(number < bound, "not below \(bound)")
      }
    }
    if let text = value as? String, let pattern = schema["pattern"] as? String {
      expect(text.range(of: pattern, options: .regularExpression) != nil, "does not match")
    }
    return found
  }

  private func errors(ofMapping mapping: [String: Any], by schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    let properties = schema["properties"] as? [String: Any] ?? [:]
    let patterns = (schema["patternProperties"] as? [String: Any] ?? [:]).keys
    for name in mapping.keys.sorted() {
      if let inner = properties[name] as? [String: Any] {
        found += errors(of: mapping[name] ?? NSNull(), by: inner, at: path.isEmpty ? name : "\(path)/\(name)")
      } else if schema["additionalProperties"] as? Bool == false,
        !patterns.contains(where: { name.range(of: $0, options: .regularExpression) != nil })
      {
        found.append("\(path): additional property \(name)")
      }
    }
    for name in schema["required"] as? [String] ?? [] where mapping[name] == nil {
      found.append("\(path): required \(name)")
    }
    if let least = schema["minProperties"] as? Int, mapping.count < least {
      found.append("\(path): too few properties")
    }
    if let most = schema["maxProperties"] as? Int, mapping.count > most { found.append("\(path): too many properties") }
    return found
  }

  private static func isOf(_ type: String, _ value: Any) -> Bool {
    let number = value as? NSNumber
    let isBoolean = number.map { isTruth($0) } ?? false
    return switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": isBoolean
    case "number": number != nil && !isBoolean && !(value is String)
    case "integer": number.map { !isBoolean && $0.doubleValue == $0.doubleValue.rounded() } ?? false
    default: false
    }
  }

  /// JSON's `true` and `false` among its numbers.
  private static func isTruth(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
