import Evaluation
import Files
import Runs

/// The part of a page about samples by classes or modes, beside the data.
struct CountSections {
  private let groups: [ReportGroup]

  init(_ groups: [ReportGroup]) { self.groups = groups }

  /// Groups of which each has a figure of its own.
  private static let mostPictured = 4
  /// Groups beside each other in one figure.
  static let mostGroups = 40

  /// What is counted in any run, in the order in which it is found.
  private var kinds: [String] {
    groups.flatMap(\.runs).flatMap(\.counts).map(\.counted).reduce(into: []) { found, name in
      if !found.contains(name) { found.append(name) }
    }
  }

  /// `Classes`, `Modes`; nil where nothing is counted.
  var title: String? {
    let all = kinds.joined(separator: " and ")
    return all.isEmpty ? nil : all.prefix(1).uppercased() + all.dropFirst()
  }

  private var run: ReportRun? { groups.count == 1 && groups[0].runs.count == 1 ? groups[0].runs[0] : nil }

  /// Figures and sentences; nothing where nothing is counted.
  func content(_ figures: inout FigureMarkup) -> String {
    kinds.map { kind in run.map { single($0, kind, &figures) } ?? several(kind, &figures) }.joined()
  }

  /// The last counts of a group's runs; nil where it has none.
  private func shares(_ group: ReportGroup, _ kind: String) -> BinShares? {
    let counts = group.runs.compactMap { run in run.counts.first { $0.counted == kind } }
    guard let first = group.runs.first, !counts.isEmpty else { return nil }
    return BinShares(
      counts, names: first.summary.names(of: kind), centres: kind == BinCounts.modes ? first.centres : nil)
  }

  private func single(_ run: ReportRun, _ kind: String, _ figures: inout FigureMarkup) -> String {
    guard let shares = shares(groups[0], kind) else { return "" }
    let words = BinWords(shares)
    let steps = run.countsByStep.filter { $0.counted == kind && $0.generated.count == shares.bins.count }
    let cards = [
      figure(shares, "", run, &figures),
      BinFigures(shares).course(of: steps).map { picture in
        figures.markup(picture.figure, caption: Escaping.text(picture.caption), table: picture.table)
      },
    ].compactMap { $0 }
    return Markup.paragraph(words.sentences.joined(separator: " ")) + "<div class=\"grid\">\(cards.joined())</div>"
  }

  /// The last counts of a group.
  private func figure(_ shares: BinShares, _ subject: String, _ run: ReportRun, _ figures: inout FigureMarkup) -> String
  {
    let isEnd = run.summary.verdict.map { $0.step == shares.step } ?? false
    let place = shares.step.map {
      "after step \(Decimals.count($0))" + (isEnd && subject.isEmpty ? ", at the end" : "")
    }
    let noun = shares.counted.prefix(1).uppercased() + shares.counted.dropFirst()
    let title = [noun + subject, place].compactMap { $0 }.joined(separator: " ")
    let seer = shares.counted == BinCounts.classes ? run.record.features.map { "as \($0.name) sees them" } : nil
    let picture = BinFigures(shares).last(title, seer: seer)
    return figures.markup(picture.figure, caption: Escaping.text(picture.caption), table: picture.table)
  }

  private func several(_ kind: String, _ figures: inout FigureMarkup) -> String {
    let all = groups.prefix(CountSections.mostGroups).compactMap { group in shares(group, kind).map { (group, $0) } }
    guard let first = all.first else { return "" }
    let comparable = all.filter { $0.1.bins.count == first.1.bins.count }
    var content = ""
    if all.count <= CountSections.mostPictured {
      content += all.map { group, shares in
        let letter = groups.count > 1 ? "\(group.letter): " : ""
        return Markup.paragraph(letter + BinWords(shares).sentences.joined(separator: " "))
      }.joined()
      let cards = all.compactMap { group, shares in
        group.runs.first.map { figure(shares, groups.count > 1 ? " of \(group.letter)" : "", $0, &figures) }
      }
      content += "<div class=\"grid\">\(cards.joined())</div>"
    }
    if comparable.count > 1, first.1.bins.count <= CountsFile.mostBins {
      let rows = comparable.map { (letter: $0.0.letter, shares: $0.1) }
      let picture = BinFigures(first.1).groups(rows)
      content += figures.markup(
        picture.figure, caption: Escaping.text(picture.caption), classes: "wide", table: picture.table)
    }
    let having = groups.count { group in group.runs.contains { $0.counts.contains { $0.counted == kind } } }
    let left = having - max(comparable.count, all.count <= CountSections.mostPictured ? all.count : 0)
    if left > 0 {
      content += Markup.paragraph(
        "\(Decimals.count(left, "group")) with other \(kind), or beyond the first \(CountSections.mostGroups), "
          + "\(left == 1 ? "is" : "are") not in this figure.", class: "note")
    }
    return content
  }
}
