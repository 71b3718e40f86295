import Files

/// The cells of tables about groups, the same for people, Markdown and LaTeX.
package struct GroupCells {
  package let comparison: GroupComparison
  /// With how many decimals values stand; nil for four significant digits each.
  private let places: Int?
  /// The groups' names without the folders that all of them begin with.
  private let names: [String]

  package init(_ comparison: GroupComparison) {
    self.comparison = comparison
    names = ShortPaths.shortened(comparison.groups.map(\.name)).names
    let spreads = comparison.groups.compactMap(\.standardDeviation).filter { $0 > 0 }
    let values = comparison.groups.flatMap { $0.runs.compactMap(\.value) }.map(\.magnitude)
    places = GroupCells.places(spread: spreads.min(), largest: values.max() ?? 0)
  }

  /// Two digits of the smallest spread, or four of the largest value where there is none; seven digits in all at most.
  private static func places(spread: Double?, largest: Double) -> Int? {
    let (unit, digits) = spread.map { ($0, 10.0) } ?? (largest, 1000.0)
    var (places, scale) = (0, 1.0)
    while unit * scale < digits, places < 10, unit > 0 { (places, scale) = (places + 1, scale * 10) }
    while largest * scale >= 1e7, places > 0 { (places, scale) = (places - 1, scale / 10) }
    return largest >= 1e7 || places >= 10 ? nil : places
  }

  /// A value.
  package func number(_ value: Double) -> String { places.map { Decimals.text(value, $0) } ?? Decimals.short(value) }

  /// A value that may be missing.
  package func number(_ value: Double?, else text: String = "-") -> String { value.map { number($0) } ?? text }

  /// A difference, which always has a sign.
  func signed(_ value: Double) -> String {
    let text = number(value)
    return text.hasPrefix("-") || !text.contains { ("1"..."9").contains($0) } ? text : "+\(text)"
  }

  /// `[6.65, 7.35]`; a dash where there is no interval.
  package func interval(_ estimated: GroupComparison.Estimated?, _ text: (Double) -> String) -> String {
    guard let lower = estimated?.lower, let upper = estimated?.upper else { return "-" }
    return "[\(text(lower)), \(text(upper))]"
  }

  /// A share or a probability of runs.
  static func share(_ value: Double) -> String { Decimals.text(value, 2) }

  /// A p: two decimals, below 0.1 three.
  static func p(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : value >= 0.9995 ? "1" : Decimals.text(value, value < 0.0995 ? 3 : 2)
  }

  /// `= 0.11`, `< 0.001`.
  static func isP(_ value: Double) -> String { value < 0.001 ? p(value) : "= \(p(value))" }

  /// The head of the table of groups, in parts that stay together.
  package var head: [[String]] {
    [["", "group"], ["runs", "failed"]] + (hasTrimmed ? [["IQM", "95 %"]] : [])
      + [["mean", "95 % (t)"], ["sd", "median", "best", "worst"]]
  }

  /// Whether any group has enough runs for the interquartile mean.
  package var hasTrimmed: Bool { comparison.groups.contains { $0.interquartileMean != nil } }

  /// The rows of the groups, in the same parts.
  package var rows: [[[String]]] { zip(comparison.groups, names).map(row) }

  private func row(_ group: GroupComparison.Group, _ name: String) -> [[String]] {
    let star = group.failed > 0 && group.failed < group.runs.count ? "*" : ""
    let trimmed = [
      group.interquartileMean.map { number($0.value, else: "failed") } ?? "-",
      interval(group.interquartileMean) { number($0) },
    ]
    return [[group.letter, name], ["\(group.runs.count)", "\(group.failed)"]]
      + (hasTrimmed ? [trimmed] : [])
      + [
        [number(group.mean.value) + star, interval(group.mean) { number($0) }],
        [
          number(group.standardDeviation), number(group.median, else: "failed"), number(group.best),
          number(group.worst),
        ],
      ]
  }

  /// The head of a difference: `A - B`.
  package func head(_ pair: GroupComparison.Pair) -> String {
    "\(comparison.groups[0].letter) - \(comparison.groups[pair.other].letter)"
  }

  /// The rows of the table of differences: what each tells, then a cell of each difference.
  package var differences: [(label: String, cells: [String])] {
    let pairs = comparison.differences
    guard let first = pairs.first else { return [] }
    var rows: [(label: String, cells: [String])] = []
    func add(_ label: String, _ cell: (GroupComparison.Pair) -> String?) {
      let cells = pairs.map(cell)
      if cells.contains(where: { $0 != nil }) { rows.append((label, cells.map { $0 ?? "-" })) }
    }
    func difference(_ estimated: GroupComparison.Estimated?) -> String? {
      estimated.flatMap { own in
        own.value.map { value in own.lower == nil ? signed(value) : "\(signed(value)) \(interval(own) { signed($0) })" }
      }
    }
    func p(_ label: String, _ value: (GroupComparison.Pair) -> Double?) {
      add(label) { value($0).map(GroupCells.p) }
    }
    add("IQM (Yuen)") { difference($0.interquartileMean) }
    p("p, Yuen") { $0.interquartileMean?.p }
    add("mean (Welch)") { difference($0.mean) }
    p("p, Welch") { $0.mean.p }
    p(first.rank?.isExact == false ? "p, drawn ranks" : "p, exact rank") { $0.rank?.p }
    p("smallest p of ranks") { $0.rank?.smallest }
    p("p, ranks (Holm)") { $0.rank?.holm }
    p("p, decisive (Holm)") { $0.decision?.holm }
    add("mean of pairs (t)") { $0.paired.flatMap { difference($0.mean) } }
    p("p, pairs (t)") { $0.paired?.mean.p }
    p("p, sign flips") { $0.paired?.signFlip?.p }
    p("smallest p of flips") { $0.paired?.signFlip?.smallest }
    add("correlation r") { $0.paired?.correlation.map(GroupCells.share) }
    let better = pairs.count == 1 ? "P(\(comparison.groups[first.other].letter) better)" : "P(better than A)"
    add(better) { pair in
      pair.superiority.value.map { value in
        let ends = interval(pair.superiority, GroupCells.share)
        return GroupCells.share(value) + (ends == "-" ? "" : " \(ends)")
      }
    }
    add("Hedges g") { $0.hedges.map { Decimals.text($0, 2) } }
    add("failures") { pair in
      [comparison.groups[0], comparison.groups[pair.other]].map { "\($0.failed)/\($0.runs.count)" }
        .joined(separator: " v ")
    }
    p("p, Fisher") { $0.failureP }
    return rows
  }
}
