import Reports
import Runs
import Specs

/// What differs between two runs or specs, as a person reads it.
struct DiffAnswer {
  private let difference: RunDifference
  private let width: Int
  private let names: [String]

  init(_ difference: RunDifference, width: Int) {
    (self.difference, self.width) = (difference, width)
    names = ShortPaths.shortened(difference.paths).names
  }

  /// All of it.
  var text: String {
    var sections: [String] = []
    let folder = ShortPaths.shortened(difference.paths).folder
    if !folder.isEmpty { sections.append("in \(DisplayText.printable(folder))\n") }
    func add(_ title: String, _ rows: [ResolvedSpec.Difference]) {
      guard !rows.isEmpty else { return }
      var table = RunTable(difference.paths)
      for row in rows { table.add(row.key, row.values.map { $0 ?? "-" }) }
      sections.append(table.text(title, width: width))
    }
    add("where the specs differ", difference.outline)
    add("what else decides the numbers", difference.circumstances)
    for file in difference.files {
      sections.append(wrapped(sentence(file)))
      add("step \(file.step.map(String.init) ?? "?")", file.columns)
    }
    add("where the verdicts differ", difference.verdict)
    add("what decides no number", difference.surroundings)
    sections.append(wrapped(conclusion))
    return sections.joined(separator: "\n")
  }

  private func wrapped(_ sentence: String) -> String {
    Paragraph.lines(DisplayText.printable(sentence), width: width).map { $0 + "\n" }.joined()
  }

  /// Where the rows of a file part.
  private func sentence(_ file: RowsDifference) -> String {
    if let place = file.rows.firstIndex(of: nil) { return "\(file.file): \(names[place]) has none" }
    let same = Readable.count(file.sameRows, "row")
    let until = file.sameStep.map { " to step \(Readable.count($0))" } ?? ""
    let own = zip(names, file.ownColumns).filter { !$0.1.isEmpty }
      .map { "; only \($0.0) has \($0.1.joined(separator: ", "))" }.joined()
    guard file.rows[0] == file.rows[1], file.columns.isEmpty else {
      let step = file.step.map { Readable.count($0) } ?? "?"
      let longer = (file.rows[0] ?? 0) > (file.rows[1] ?? 0) ? 0 : 1
      return "\(file.file): "
        + (file.sameRows == 0 ? "no row is the same" : "the same \(same)\(until)") + ", "
        + (file.columns.isEmpty ? "then only \(names[longer]) goes on" : "the rows part at step \(step)") + own
    }
    return "\(file.file): the same \(same)\(until)\(own)"
  }

  private var conclusion: String {
    if difference.isUnexplained {
      return
        "the specs, data and arithmetic are the same, and the numbers are not: gan-exp verify says whether a file was "
        + "changed, gan-exp reproduce whether the run is as it would be again"
    }
    guard difference.isSame else { return "they differ" }
    return difference.files.isEmpty
      ? "the specs mean the same" : "the specs, data, arithmetic and all rows are the same"
  }
}
