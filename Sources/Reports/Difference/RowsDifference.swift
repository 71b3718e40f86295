import Runs

/// Where the rows of a file of two runs part.
package struct RowsDifference: Codable, Equatable, Sendable {
  /// The file's name.
  package let file: String
  /// The rows of each; nil where a run has no such file.
  package let rows: [Int?]
  /// How many rows are the same from the first on, in the columns that both have.
  package let sameRows: Int
  /// The step of the last of these; nil where there is none.
  package private(set) var sameStep: Int?
  /// The step of the first row that differs, or that only one has; nil where there is none.
  package private(set) var step: Int?
  /// The columns in which that row differs, with both values; none where only one run has it.
  package private(set) var columns: [ResolvedSpec.Difference] = []
  /// Columns that only one of them has, by run.
  package let ownColumns: [[String]]

  /// Whether both are the same.
  package var isSame: Bool {
    rows[0] == rows[1] && columns.isEmpty && ownColumns.allSatisfy(\.isEmpty)
  }

  /// Compares the rows of two runs; nil where neither has any.
  init?(_ file: String, _ first: ComparedRun.Rows?, _ second: ComparedRun.Rows?) {
    guard first != nil || second != nil else { return nil }
    self.file = file
    rows = [first?.cells.count, second?.cells.count]
    guard let first, let second else {
      (sameRows, ownColumns) = (0, [[], []])
      return
    }
    let names = [first, second].map { $0.columns.map(\.name) }
    ownColumns = [names[0].filter { !names[1].contains($0) }, names[1].filter { !names[0].contains($0) }]
    // Places of the columns that both have.
    let shared = names[0].enumerated().compactMap { place, name in names[1].firstIndex(of: name).map { (place, $0) } }
    let parting = zip(first.cells, second.cells).enumerated().first { _, rows in
      shared.contains { rows.0[$0.0] != rows.1[$0.1] }
    }
    sameRows = parting?.offset ?? min(first.cells.count, second.cells.count)
    func step(_ row: [String]) -> Int? { zip(names[0], row).first { $0.0 == "step" }.flatMap { Int($0.1) } }
    if sameRows > 0 { sameStep = step(first.cells[sameRows - 1]) }
    if let rows = parting?.element {
      self.step = step(rows.0)
      columns = shared.filter { rows.0[$0.0] != rows.1[$0.1] }
        .map { ResolvedSpec.Difference(key: names[0][$0.0], values: [rows.0[$0.0], rows.1[$0.1]]) }
    } else if let row = first.cells.dropFirst(sameRows).first {
      self.step = step(row)
    } else if let row = second.cells.dropFirst(sameRows).first {
      self.step = zip(names[1], row).first { $0.0 == "step" }.flatMap { Int($0.1) }
    }
  }
}
