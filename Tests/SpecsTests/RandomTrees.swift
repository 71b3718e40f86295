import Specs
import TestSupport

/// Random trees of every kind of node, with texts chosen to be misread.
enum RandomTrees {
  private static let words = [
    "dense", "units", "x y", "", " ", "null", "~", "true", "no", "5", "-1.5e3", "1_000", ".5", ".inf", "- a",
    "a: b", "a #b",
    "#c", "'", "\"", "\\", "a\nb", "\t", "a\r\n", "é", "日本", "😀", "\u{7}", "\u{85}", "\u{2028}", "\u{FEFF}",
    "\u{FFFE}", "[", "{a}",
    "a,b", "&a", "*a", "!a", "|", ">", "%a", "@", "`", "?", "? a", ":", "a:", "---", "...", "... a", "<<", "=", "0x1F",
    "2024-01-01", "1:30",
    "/a/b.c", "../x", ".", "..", "y", "on", " a", "a ", "\u{202E}", "e\u{301}", "\u{10FFFF}", "\u{E000}",
  ]

  static func node(_ generator: inout SeededGenerator, depth: Int) -> Node {
    switch Int.random(in: 0..<(depth == 0 ? 6 : 10), using: &generator) {
    case 0: return .null
    case 1:
      return .integer(
        Int.random(in: Int.min...Int.max, using: &generator) >> Int.random(in: 0..<64, using: &generator))
    case 2: return .number(number(&generator))
    case 3: return .boolean(Bool.random(using: &generator))
    case 4, 5: return .string(text(&generator))
    case 6, 7:
      let count = Int.random(in: 0...5, using: &generator)
      return .list((0..<count).map { _ in node(&generator, depth: depth - 1) })
    default:
      let count = Int.random(in: 0...5, using: &generator)
      var pairs: [(String, Node)] = []
      for _ in 0..<count {
        let key = text(&generator)
        // Texts that look the same are the same key, so == of strings is right here.
        if !key.isEmpty, !pairs.contains(where: { $0.0 == key }) {
          pairs.append((key, node(&generator, depth: depth - 1)))
        }
      }
      return .map(pairs)
    }
  }

  private static func number(_ generator: inout SeededGenerator) -> Double {
    let value = Double(bitPattern: generator.next())
    return value.isNaN
      ? .nan : Bool.random(using: &generator) ? value : Double.random(in: -2...2, using: &generator)
  }

  static func text(_ generator: inout SeededGenerator) -> String {
    let count =
      Int.random(in: 0..<40, using: &generator) == 0 ? 300 : Int.random(in: 1...2, using: &generator)
    return (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
  }
}
