import Datasets
import Reports
import Specs

/// A table with a column for each of several runs, in blocks that fit the terminal; what all paths begin with is left out of
/// its head.
struct RunTable {
  private let names: [String]
  private var rows: [[String]] = []

  init(_ paths: [String]) { names = ShortPaths.shortened(paths).names }

  /// A row: what it tells, which stands two columns in, then a cell for each run.
  mutating func add(_ label: String, _ cells: [String]) { rows.append([label] + cells) }

  /// A head and the rows, as often as there are blocks, with empty lines between.
  func text(_ title: String, width: Int) -> String {
    let wanted = max(DisplayText.width(title), (rows.map { DisplayText.width($0[0]) }.max() ?? 0) + 2)
    let labels = min(wanted, max(16, width * 2 / 3))
    // What is too long for a line of its own loses its beginning, of a path and of a key, or its end, of a value.
    let room = max(12, width - labels - 2)
    let head = [[title] + names.map { Wrapping.ending(DisplayText.printable($0), width: room) }]
    let all =
      head
      + rows.map { row in
        ["  " + Wrapping.ending(DisplayText.printable(row[0]), width: labels - 2)]
          + row.dropFirst().map { Wrapping.shortened(DisplayText.printable($0), width: min(room, 32)) }
      }
    let widths = (0...names.count).map { column in all.map { DisplayText.width($0[column]) }.max() ?? 0 }
    var blocks: [Range<Int>] = []
    var start = 1
    while start <= names.count {
      var (end, used) = (start, widths[0])
      while end <= names.count, end == start || used + 2 + widths[end] <= width {
        used += 2 + widths[end]
        end += 1
      }
      blocks.append(start..<end)
      start = end
    }
    return blocks.map { block in
      var table = TextTable([.left] + block.map { _ in .right })
      for row in all { table.add([row[0]] + row[block]) }
      return table.text
    }.joined(separator: "\n")
  }
}
