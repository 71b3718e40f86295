import Datasets
import Files
import Specs

/// What `show` says of a classifier's mistakes: the confusion table where it fits, and the commonest confusions.
struct ConfusionAnswer {
  /// Counts [class of the sample, class that the network says].
  private let counts: [[Int]]
  private let names: [String]
  private let width: Int

  /// Lays a table out in lines of at most `width` columns.
  init(_ counts: [[Int]], names: [String]?, width: Int) {
    self.counts = counts
    self.names = names ?? counts.indices.map(String.init)
    self.width = width
  }

  /// The answer, with a line break at its end.
  var text: String { [table, commonest].compactMap { $0 }.joined(separator: "\n") }

  /// A row for each class of the samples, a column for each that the network says; nil where it is too wide.
  private var table: String? {
    var table = TextTable([.left] + counts.map { _ in .right } + [.right])
    table.add(["class \\ said"] + counts.indices.map(String.init) + ["right"])
    for (own, row) in counts.enumerated() {
      let label = names[own] == String(own) ? names[own] : "\(own) \(names[own])"
      let all = row.reduce(0, +)
      let right = all == 0 ? "" : "\(Decimals.text(Double(row[own]) / Double(all) * 100, 1)) %"
      table.add([label] + row.map { $0 == 0 ? "." : String($0) } + [right])
    }
    let text = table.text
    return text.split(separator: "\n").allSatisfy { DisplayText.width(String($0)) <= width } ? text : nil
  }

  /// The classes that are most often taken for others.
  private var commonest: String? {
    var all: [(own: Int, said: Int, count: Int)] = []
    for (own, row) in counts.enumerated() {
      for (said, count) in row.enumerated() where said != own && count > 0 { all.append((own, said, count)) }
    }
    guard !all.isEmpty else { return "no sample is taken for another class\n" }
    all.sort { ($1.count, $0.own, $0.said) < ($0.count, $1.own, $1.said) }
    let texts = all.prefix(5).map { "\(names[$0.own]) as \(names[$0.said]) (\($0.count))" }
    return Paragraph.lines("most often taken for another class: " + texts.joined(separator: ", "), width: width)
      .map { $0 + "\n" }.joined()
  }
}
