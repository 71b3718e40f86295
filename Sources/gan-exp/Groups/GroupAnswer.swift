import Datasets
import Reports
import Runs
import Specs

/// Groups of runs side by side, as a person reads it.
struct GroupAnswer {
  private let comparison: GroupComparison
  private let words: GroupWords
  private let cells: GroupCells
  private let width: Int

  init(_ comparison: GroupComparison, width: Int) {
    (self.comparison, self.width) = (comparison, width)
    words = GroupWords(comparison)
    cells = words.cells
  }

  /// All of it.
  var text: String {
    var sections = [wrapped(words.header), table, strip].filter { !$0.isEmpty }
    sections.append(words.remarks.map { wrapped($0) }.joined())
    sections.append(differences)
    sections.append(words.pairing.map { wrapped($0) }.joined())
    sections.append(keys("where the specs differ", comparison.outline))
    sections.append(keys("what else differs", comparison.circumstances))
    sections.append(words.verdicts.map { wrapped($0) }.joined())
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func wrapped(_ sentence: String) -> String {
    Paragraph.lines(DisplayText.printable(sentence), width: width).map { $0 + "\n" }.joined()
  }

  /// The table of the groups, in blocks that fit.
  private var table: String {
    let parts = [cells.head] + cells.rows
    let room = max(16, width / 2)
    let names = parts.map { [$0[0][0], Wrapping.ending(DisplayText.printable($0[0][1]), width: room)] }
    var blocks: [[Int]] = []
    for part in parts[0].indices.dropFirst() {
      if let last = blocks.last, block(names, parts, last + [part]).width <= width {
        blocks[blocks.count - 1].append(part)
      } else {
        blocks.append([part])
      }
    }
    return blocks.map { block(names, parts, $0).text }.joined(separator: "\n")
  }

  private func block(_ names: [[String]], _ parts: [[[String]]], _ shown: [Int]) -> TextTable {
    let count = shown.reduce(0) { $0 + parts[0][$1].count }
    var table = TextTable([.left, .left] + [TextTable.Alignment](repeating: .right, count: count))
    for (name, row) in zip(names, parts) { table.add(name + shown.flatMap { row[$0] }) }
    return table
  }

  /// A line of each group with a letter for each run, on an axis from the lowest value to the highest.
  private var strip: String {
    let values = comparison.groups.flatMap { $0.runs.compactMap(\.value) }
    guard let lowest = values.min(), let highest = values.max(), lowest < highest else { return "" }
    let failures = comparison.groups.map { $0.failed > 0 ? "  \($0.failed) failed" : "" }
    let letters = comparison.groups.map { DisplayText.width($0.letter) }.max() ?? 1
    let room = min(72, width - letters - 2 - (failures.map(\.count).max() ?? 0))
    func place(_ value: Double) -> Int? {
      // Between the ends also where their difference is no finite number.
      let share = (value / 2 - lowest / 2) / (highest / 2 - lowest / 2)
      return share >= 0 && share <= 1 ? Int((share * Double(room - 1)).rounded()) : nil
    }
    let (left, right) = (cells.number(lowest), cells.number(highest))
    let margin = String(repeating: " ", count: letters + 2)
    let axis = margin + left + String(repeating: " ", count: max(2, room - left.count - right.count)) + right
    let lines = zip(comparison.groups, failures).map { group, failed in
      var counts = [Int](repeating: 0, count: room)
      for value in group.runs.compactMap(\.value) { if let place = place(value) { counts[place] += 1 } }
      let middle = (group.interquartileMean ?? group.mean).value.flatMap { place($0) }
      let dots = counts.indices.map { column in
        switch (counts[column], column == middle) {
        case (0, true): "|"
        case (0, false): "."
        case (_, true): "+"
        case (1, false): "o"
        case (let count, false): count < 10 ? "\(count)" : "#"
        }
      }
      return group.letter + String(repeating: " ", count: letters - group.letter.count + 2) + dots.joined() + failed
    }
    let middle = cells.hasTrimmed ? "the IQM" : "the mean"
    let legend = margin + "o a run, 2 two, | \(middle), + both"
    return ([axis] + lines + [legend]).map { $0 + "\n" }.joined()
  }

  private var differences: String {
    let rows = cells.differences
    guard !rows.isEmpty else { return "" }
    var table = RunTable(comparison.differences.map { cells.head($0) })
    for row in rows { table.add(row.label, row.cells) }
    return table.text("difference", width: width)
  }

  private func keys(_ title: String, _ differences: [ResolvedSpec.Difference]) -> String {
    guard !differences.isEmpty else { return "" }
    var table = RunTable(comparison.groups.map(\.letter))
    for difference in differences.prefix(CompareCommand.mostRows) {
      table.add(difference.key, difference.values.map { $0 ?? "-" })
    }
    let more = differences.count - CompareCommand.mostRows
    guard more > 0 else { return table.text(title, width: width) }
    return table.text(title, width: width) + "\n"
      + wrapped("\(Readable.count(more, "more key")) \(more == 1 ? "differs" : "differ"); --json has all of them")
  }
}
