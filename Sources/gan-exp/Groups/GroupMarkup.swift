import Reports

/// The tables of groups in Markdown and in LaTeX.
struct GroupMarkup {
  private let words: GroupWords
  private let cells: GroupCells
  private var comparison: GroupComparison { words.comparison }

  init(_ comparison: GroupComparison) {
    words = GroupWords(comparison)
    cells = words.cells
  }

  /// Tables between bars, then sentences.
  var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.map(GroupMarkup.barless).joined(separator: " | ") + " |\n" }
    func table(_ head: [String], _ rows: [[String]]) -> String {
      let rule = head.map { ["", "group", "difference"].contains($0) ? "---" : "---:" }
      return line(head) + "|" + rule.joined(separator: "|") + "|\n" + rows.map(line).joined()
    }
    var sections = [GroupMarkup.barless(words.header) + "\n"]
    sections.append(table(cells.head.flatMap { $0 }, cells.rows.map { $0.flatMap { $0 } }))
    let rows = cells.differences
    if !rows.isEmpty {
      sections.append(
        table(["difference"] + comparison.differences.map(cells.head), rows.map { [$0.label] + $0.cells }))
    }
    let sentences = words.remarks + words.pairing + words.verdicts
    if !sentences.isEmpty { sections.append(sentences.map { "- \(GroupMarkup.barless($0))\n" }.joined()) }
    return sections.joined(separator: "\n")
  }

  private static func barless(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("*", with: "\\*").replacing(
      "\n", with: " ")
  }

  /// Tables for the package booktabs, each as wide as a column of text, with what was said as comments.
  var latex: String {
    func line(_ cells: [String]) -> String {
      "  " + cells.map(GroupMarkup.escaped).joined(separator: " & ") + " \\\\\n"
    }
    func table(_ head: [String], _ rows: [[String]]) -> String {
      let columns = head.map { ["", "group", "difference"].contains($0) ? "l" : "r" }.joined()
      return "\\begin{tabular}{\(columns)}\n  \\toprule\n" + line(head) + "  \\midrule\n" + rows.map(line).joined()
        + "  \\bottomrule\n\\end{tabular}\n"
    }
    let sentences = [words.header, "needs \\usepackage{booktabs}"] + words.remarks + words.pairing + words.verdicts
    let comments = sentences.map { "% \($0.replacing("\n", with: " "))\n" }.joined()
    // The names with how many runs there are and the first estimate, then by their letters the others.
    func first(_ parts: [[String]]) -> [String] { parts.prefix(3).flatMap { $0 } }
    func second(_ parts: [[String]]) -> [String] { [parts[0][0]] + parts.dropFirst(3).flatMap { $0 } }
    let blocks = [first, second].map { row in table(row(cells.head), cells.rows.map(row)) }
    var sections = [comments + blocks[0], blocks[1]]
    let rows = cells.differences
    if !rows.isEmpty {
      sections.append(
        table(["difference"] + comparison.differences.map(cells.head), rows.map { [$0.label] + $0.cells }))
    }
    return sections.joined(separator: "\n\\bigskip\n\n")
  }

  private static func escaped(_ text: String) -> String {
    let special: [Character: String] = [
      "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "$<$", ">": "$>$",
    ]
    let characters = Array(text)
    var escaped = ""
    for (place, character) in characters.enumerated() {
      let isNumber = place + 1 < characters.count && characters[place + 1].isNumber
      // A sign before digits is a minus, not a hyphen.
      if character == "-", isNumber, place == 0 || "[ ".contains(characters[place - 1]) {
        escaped += "$-$"
      } else {
        escaped += special[character] ?? ("&%$#_{}".contains(character) ? "\\\(character)" : String(character))
      }
    }
    return escaped
  }
}
