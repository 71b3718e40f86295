import Experiments

/// Rows of text in columns that line up.
struct Table {
  enum Alignment { case left, right }
  let alignments: [Alignment]
  private(set) var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The table, two spaces between columns, without spaces at the ends of lines.
  var text: String {
    var widths = [Int](repeating: 0, count: alignments.count)
    for row in rows { for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) } }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += (column > 0 ? "  " : "") + (alignments[column] == .left ? cell + padding : padding + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

/// Numbers as people read them.
enum Readable {
  /// Digits in groups of three, with thin separators: `1 486 352`.
  static func count(_ number: Int) -> String {
    var groups: [Substring] = []
    var digits = Substring(String(number.magnitude))
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: " ")
  }

  /// Four significant digits, as in `0.6931`, `12.35`, `1.2e-05`.
  static func number(_ value: Double) -> String {
    let size = value.magnitude
    if value.isNaN { return "nan" }
    if size == 0 { return "0" }
    if size >= 1e6 || size < 1e-4 { return "\(Float(value))" }
    var places = 4
    var bound = 1.0
    while size >= bound, places > 0 {
      places -= 1
      bound *= 10
    }
    return Experiments.Decimals.text(value, max(places, 0))
  }

  /// `2 h 03 min`, `4 min 05 s`, `12 s`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    let total = Int(seconds.rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if total >= 86400 { return "\(total / 86400) d \(two(total % 86400 / 3600)) h" }
    if total >= 3600 { return "\(total / 3600) h \(two(total % 3600 / 60)) min" }
    if total >= 60 { return "\(total / 60) min \(two(total % 60)) s" }
    return "\(total) s"
  }
}
