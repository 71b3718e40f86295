import Glibc

/// Turns scalars into what a field asks for, or says how to write it.
enum ScalarReading {
  /// Reads an integer of a range.
  static func integer(_ node: Node, _ subject: String, in range: ClosedRange<Int>) throws(Complaint) -> Int {
    let expected = FieldsDescription.Kind.integer(range).phrase
    guard case .scalar(let text, let plain) = node.content else {
      throw Complaint(subject, mustBe: expected, not: node, at: node.mark)
    }
    switch CoreSchema.integer(text) {
    case .value(let value) where plain && range.contains(value):
      return value
    case .value(let value) where plain:
      let bound =
        value < range.lowerBound ? "the least is \(range.lowerBound)" : "the most is \(range.upperBound)"
      throw Complaint(subject, mustBe: expected, not: node, at: node.mark, bound)
    case .value:
      throw Complaint(
        subject, mustBe: expected, not: node, at: node.mark, "remove the quotes: \(Quotation.short(text))")
    case .tooLarge where plain:
      let bound = text.hasPrefix("-") ? "the least is \(range.lowerBound)" : "the most is \(range.upperBound)"
      throw Complaint(subject, mustBe: expected, not: node, at: node.mark, bound)
    default:
      var remedy = withoutSeparators(text)
      if let number = CoreSchema.number(text), let whole = Int(exactly: number) { remedy = "write \(whole)" }
      throw Complaint(subject, mustBe: expected, not: node, at: node.mark, remedy)
    }
  }

  /// Reads a finite number of a range.
  static func number(_ node: Node, _ subject: String, in range: NumberRange) throws(Complaint) -> Double {
    let expected = FieldsDescription.Kind.number(range).phrase
    guard case .scalar(let text, let plain) = node.content else {
      throw Complaint(subject, mustBe: expected, not: node, at: node.mark)
    }
    guard let value = CoreSchema.number(text) else {
      throw Complaint(
        subject, mustBe: expected, not: node, at: node.mark, percentage(text) ?? withoutSeparators(text))
    }
    guard plain else {
      throw Complaint(
        subject, mustBe: expected, not: node, at: node.mark, "remove the quotes: \(Quotation.short(text))")
    }
    if range.contains(value) {
      // Training computes in Float, where anything nearer to 0 becomes 0.
      if value == 0 || NumberRange.magnitudes.contains(value.magnitude) { return value }
      throw Complaint(
        subject, mustBe: expected, not: node, at: node.mark,
        value.magnitude < 1
          ? "this is too near to 0 for 32-bit numbers: the least is \(NumberRange.magnitudes.lowerBound)"
          : "this is too large for 32-bit numbers: the most is \(NumberRange.magnitudes.upperBound)")
    }
    var remedy: String?
    if !value.isFinite {
      remedy =
        text.contains("n") || text.contains("N")
        ? "write a finite number" : "this is too large: write a finite number"
    } else if range.isBelow(value), let bound = range.lower {
      remedy = (bound.isIncluded ? "the least is " : "it must be above ") + NumberRange.text(bound.value)
    } else if let bound = range.upper {
      remedy = (bound.isIncluded ? "the most is " : "it must be below ") + NumberRange.text(bound.value)
    }
    throw Complaint(subject, mustBe: expected, not: node, at: node.mark, remedy)
  }

  /// Reads `true` or `false`.
  static func boolean(_ node: Node, _ subject: String) throws(Complaint) -> Bool {
    guard case .scalar(let text, let plain) = node.content else {
      throw Complaint(subject, mustBe: "true or false", not: node, at: node.mark)
    }
    if let value = CoreSchema.boolean(text) {
      guard !plain else { return value }
      throw Complaint(
        subject, mustBe: "true or false", not: node, at: node.mark, "remove the quotes: \(text)")
    }
    let remedy: String? =
      switch text.lowercased() {
      case "yes", "on", "y", "1": "use true"
      case "no", "off", "n", "0": "use false"
      default: Suggestion.nearest(to: text, among: ["true", "false"]).map { "did you mean \($0)?" }
      }
    throw Complaint(subject, mustBe: "true or false", not: node, at: node.mark, remedy)
  }

  /// Reads a text: any scalar, since `name: 5` can only mean "5".
  static func string(_ node: Node, _ subject: String) throws(Complaint) -> String {
    guard let text = node.text else { throw Complaint(subject, mustBe: "a text", not: node, at: node.mark) }
    return text
  }

  /// Reads one of some words.
  static func choice(_ node: Node, _ subject: String, among words: [ChoiceWord]) throws(Complaint) -> String {
    let names = words.map(\.name)
    if let text = node.text, names.contains(text) { return text }
    let near = node.text.flatMap { words.name(meantBy: $0) }
    throw Complaint(
      subject, mustBe: FieldsDescription.Kind.choice(names).phrase, not: node, at: node.mark,
      near.map { "did you mean \($0)?" })
  }

  /// `1,000` and `1_000` say how to write them.
  private static func withoutSeparators(_ text: String) -> String? {
    guard text.utf8.count <= 40 else { return nil }
    let digits = text.filter { !"_, '".contains($0) }
    guard digits.count < text.count, CoreSchema.number(digits) != nil else { return nil }
    return "write \(digits)"
  }

  private static func percentage(_ text: String) -> String? {
    guard text.hasSuffix("%"), let percent = CoreSchema.number(String(text.dropLast())), percent.isFinite
    else { return nil }
    return "write \(NumberRange.text(percent / 100))"
  }
}
