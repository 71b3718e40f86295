import Files

/// What is known of a run under a name.
package enum Fact: Equatable, Sendable {
  /// A measured number.
  case number(Double)
  /// A count, a seed.
  case whole(Int64)
  /// A text; of a spec also a number as the spec has it.
  case text(String)
  /// Several words.
  case words([String])

  /// As it is packed.
  var packed: [UInt8] {
    var writer = PackedWriter()
    switch self {
    case .number(let number):
      writer.add(UInt32(0))
      writer.add(number.bitPattern)
    case .whole(let number):
      writer.add(UInt32(1))
      writer.add(UInt64(bitPattern: number))
    case .text(let text):
      writer.add(UInt32(2))
      writer.add(text)
    case .words(let words):
      writer.add(UInt32(3))
      for word in words { writer.add(word) }
    }
    return writer.bytes
  }

  /// Reads what was packed; nil where it is nothing of the kind.
  init?(_ reader: PackedReader) {
    var reader = reader
    do throws(FormatError) {
      switch try reader.number32() {
      case 0: self = .number(Double(bitPattern: try reader.number64()))
      case 1: self = .whole(Int64(bitPattern: try reader.number64()))
      case 2: self = .text(try reader.text())
      case 3:
        var words: [String] = []
        while !reader.isAtEnd { words.append(try reader.text()) }
        self = .words(words)
      default: return nil
      }
    } catch {
      return nil
    }
  }

  /// The value where it is a number, or a text that is one.
  package var value: Double? {
    switch self {
    case .number(let number): number
    case .whole(let number): Double(number)
    case .text(let text): Fact.number(text)
    case .words: nil
    }
  }

  /// The texts of it.
  package var texts: [String] {
    switch self {
    case .number(let number): ["\(number)"]
    case .whole(let number): ["\(number)"]
    case .text(let text): [text]
    case .words(let words): words
    }
  }

  /// The number that a text is: digits with a sign, a point and an exponent, `inf` or `nan`.
  static func number(_ text: String) -> Double? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let isDecimal = digits.first.map { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) } ?? false
    guard isDecimal || ["inf", "nan"].contains(Substring(digits)) else { return nil }
    return Double(text)
  }

  /// Whether it comes before another one: numbers by size, then what is not a number, then texts by letters.
  package static func precedes(_ first: Fact, _ second: Fact) -> Bool {
    switch (first.value, second.value) {
    case (let first?, let second?): first < second || (!first.isNaN && second.isNaN)
    case (nil, nil): first.texts.lexicographicallyPrecedes(second.texts)
    case (let first, _): first != nil
    }
  }
}
