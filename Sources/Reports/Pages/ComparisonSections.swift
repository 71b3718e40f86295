import Files
import Networks
import Runs
import Specs
import Training

/// The parts of a page about several runs or groups.
struct ComparisonSections {
  private let groups: [ReportGroup]
  private let comparison: GroupComparison?
  /// The keys in which the specs differ, with a value of each group.
  private let differences: [ResolvedSpec.Difference]

  /// Where runs have pages of their own; nil where they have none.
  private let site: RunSite?

  init(_ groups: [ReportGroup], _ comparison: GroupComparison?, in site: RunSite? = nil) {
    (self.groups, self.comparison, self.site) = (groups, comparison, site)
    let specs = groups.compactMap { $0.runs.first?.specOfGroup }
    differences = specs.count == groups.count ? ResolvedSpec.outline(specs) : []
  }

  /// The groups by their letters.
  var legend: String {
    let names = ShortPaths.shortened(groups.map(\.name)).names
    let rows = zip(groups, names).map { group, name -> [Markup.Cell] in
      let failed = group.runs.count(where: \.hasFailed)
      return [
        Markup.Cell(markup: ComparisonSections.key(group.letter, groups)), Markup.Cell(name),
        Markup.Cell(number: Double(group.runs.count)) { Decimals.count(Int($0)) },
        Markup.Cell(number: Double(failed)) { Decimals.count(Int($0)) },
      ]
    }
    return Markup.table("Groups", ["group", "name", "runs", "failed"], rows)
  }

  /// A letter with the colour of its lines.
  private static func key(_ letter: String, _ groups: [ReportGroup]) -> String {
    let place = groups.firstIndex { $0.letter == letter } ?? 0
    return "<span class=\"key i\(Ink(place).number)\" aria-hidden=\"true\"></span>\(Escaping.text(letter))"
  }

  /// What `compare` says of the groups.
  func statistics(_ figures: inout FigureMarkup) -> String {
    guard let comparison else { return "" }
    let words = GroupWords(comparison)
    let cells = words.cells
    func table(_ label: String, _ head: [String], _ rows: [[String]], texts: Int) -> String {
      Markup.table(
        label, head.map { $0.isEmpty ? "letter" : $0 },
        rows.map { row in row.enumerated().map { Markup.Cell($1, isNumber: $0 >= texts) } })
    }
    var content = words.verdicts.map { Markup.paragraph($0, class: "verdict") }.joined()
    content += Markup.paragraph(words.header)
    content += figures.markup(
      dots(comparison, cells), caption: caption(comparison), classes: "wide", table: runs(comparison, cells))
    content += table(
      "Groups by \(comparison.metric.name)", cells.head.flatMap { $0 }, cells.rows.map { $0.flatMap { $0 } }, texts: 2)
    let rows = cells.differences
    if !rows.isEmpty {
      content += table(
        "Differences", ["difference"] + comparison.differences.map(cells.head), rows.map { [$0.label] + $0.cells },
        texts: 1)
    }
    let remarks = words.remarks + words.pairing
    if !remarks.isEmpty {
      content += "<ul>" + remarks.map { "<li>\(Escaping.text($0))</li>" }.joined() + "</ul>"
    }
    return content
  }

  private func caption(_ comparison: GroupComparison) -> String {
    Escaping.text(
      "a small ring is a run, a large mark the mean of finished runs with its 95 % t interval"
        + (comparison.floor == nil ? "" : "; the dashed line is what real samples get"))
  }

  /// Runs as dots by groups, with the means and their intervals.
  private func dots(_ comparison: GroupComparison, _ cells: GroupCells) -> Figure {
    let metric = comparison.metric
    let values = comparison.groups.flatMap { group in
      group.runs.compactMap(\.value) + [group.mean.lower, group.mean.upper].compactMap { $0 }
    }
    let floor = comparison.floor.map { ($0.lowest + $0.highest) / 2 }
    let count = comparison.groups.count
    let sentences = comparison.groups.map { group in
      "\(group.letter): mean \(cells.number(group.mean.value)), 95 % \(cells.interval(group.mean) { cells.number($0) }), "
        + "\(Decimals.count(group.runs.count, "run")), \(group.failed) failed."
    }
    var figure = Figure(
      metric.name, summary: sentences.joined(separator: " "),
      x: Figure.Axis(
        metric.unit.isEmpty
          ? "\(metric.name), \(metric.direction.rawValue) is better"
          : "\(metric.name) (\(metric.unit)), \(metric.direction.rawValue) is better",
        Scale(.linear, over: values + (floor.map { [$0] } ?? []))),
      y: Figure.Axis(
        "", Scale(.linear, Double(count) - 0.5, -0.5),
        categories: comparison.groups.map { "\($0.letter)\($0.failed > 0 ? ", \($0.failed) failed" : "")" }))
    for (place, group) in comparison.groups.enumerated() {
      for (number, run) in group.runs.enumerated() {
        guard let value = run.value else { continue }
        // Runs of equal values lie beside each other.
        let shift = 0.16 + 0.05 * Double(number % 3)
        figure.dots.append(
          Figure.Dot(
            "seed \(run.seed): \(cells.number(value))", Ink(place), Figure.Point(value, Double(place) + shift),
            isHollow: true))
      }
      guard let mean = group.mean.value else { continue }
      let interval = group.mean.lower.flatMap { lower in group.mean.upper.map { (lower: lower, upper: $0) } }
      figure.dots.append(
        Figure.Dot(
          "mean \(cells.number(mean))", Ink(place), Figure.Point(mean, Double(place) - 0.12), interval: interval,
          isLarge: true,
          isSideways: true))
    }
    if let floor { figure.floors = [Figure.Floor("real data", floor, isUpright: true)] }
    (figure.width, figure.height) = (760, 66 + 44 * Double(count))
    return figure
  }

  private func runs(_ comparison: GroupComparison, _ cells: GroupCells) -> String {
    Markup.table(
      "Runs by \(comparison.metric.name)", ["group", "seed", "status", comparison.metric.name, "standard error"],
      comparison.groups.flatMap { group in
        group.runs.map { run in
          [
            Markup.Cell(group.letter), Markup.Cell("\(run.seed)", isNumber: true), Markup.Cell(run.status),
            Markup.Cell(number: run.value) { cells.number($0) },
            Markup.Cell(number: run.standardError) { cells.number($0) },
          ]
        }
      })
  }

  /// Where the groups' specs differ.
  var specs: String {
    let others = comparison?.circumstances ?? []
    guard !differences.isEmpty || !others.isEmpty else {
      return groups.count > 1 ? Markup.paragraph("The specs are the same but for seeds and names.") : ""
    }
    func table(_ title: String, _ differences: [ResolvedSpec.Difference]) -> String {
      guard !differences.isEmpty else { return "" }
      let shown = groups.prefix(24)
      let rows = differences.prefix(60).map { difference in
        [Markup.Cell(difference.key)] + difference.values.prefix(24).map { Markup.Cell($0 ?? "–") }
      }
      let more = [
        groups.count > shown.count ? "\(shown.count) of \(groups.count) groups" : nil,
        differences.count > 60 ? "60 of \(differences.count) keys" : nil,
      ].compactMap { $0 }
      return Markup.table(title, [title] + shown.map(\.letter), rows)
        + (more.isEmpty ? "" : Markup.paragraph(more.joined(separator: ", ") + ".", class: "note"))
    }
    return table("where the specs differ", differences) + table("what else differs", others)
  }

  /// A row of each run: how it stands, what is special about it, its last values.
  var table: String {
    let runs = groups.flatMap { group in group.runs.map { (group.letter, $0) } }
    let names = ShortPaths.shortened(runs.map(\.1.folder.path)).names
    let keys = differences.prefix(12)
    // On paper many are told by the table of the specs alone, which shows 24 groups.
    let isOnPaper = keys.count <= 6 || groups.count > 24
    let short = ShortKeys.short(keys.map(\.key))
    let measured = Column.union(runs.map { $0.1.evaluation.map(\.column) }).filter { $0.direction != .none }
    let headline = Column.union(runs.map { $0.1.metrics.map(\.column) })
      .filter { column in runs.contains { $0.1.summary.headline.contains { $0.column.name == column.name } } }
    let columns = Array((measured + headline).prefix(10))
    // Off paper where there are many: the curves' tables have what is not measured of samples.
    let offPaper = measured.count + keys.count > 4 ? Set(headline.map(\.name)) : []
    let scores = comparison.map { comparison in
      Dictionary(comparison.groups.flatMap { $0.runs.map { ($0.path, $0.value) } }) { first, _ in first }
    }
    var heads: [(title: String, name: String, isNumber: Bool)] = [
      ("★", "star", false), ("run", "run", false), ("group", "group", false), ("status", "status", false),
      ("seed", "seed", true), ("step", "step", true),
    ]
    let hasHealth = runs.contains { $0.1.summary.symptoms != nil }
    if hasHealth { heads.append(("symptoms", "symptoms", false)) }
    heads += keys.map { (short[$0.key] ?? $0.key, $0.key, false) }
    if let comparison, comparison.value == .verdict {
      heads.append(("\(comparison.metric.name) at the end", "\(comparison.metric.name)_at_end", true))
    }
    heads += columns.map { ($0.name, $0.name, true) }
    let rows = zip(runs, names).enumerated().map { number, pair -> (cells: [Markup.Cell], attributes: String) in
      let ((letter, run), name) = pair
      let summary = run.summary
      let place = groups.firstIndex { $0.letter == letter } ?? 0
      var cells = [
        Markup.Cell(
          markup:
            "<button type=\"button\" class=\"star\" aria-pressed=\"false\" aria-label=\"Star \(Escaping.attribute(name))\" hidden>☆</button>",
          key: ""),
        site?.link(to: run.folder.path, name) ?? Markup.Cell(name),
        Markup.Cell(markup: ComparisonSections.key(letter, groups), key: letter),
        Markup.Cell(markup: "<span class=\"status \(summary.status)\">\(summary.status)</span>", key: summary.status),
        Markup.Cell("\(summary.seed)", key: "\(summary.seed)", isNumber: true),
        Markup.Cell(number: Double(summary.step)) { Decimals.count(Int($0)) },
      ]
      if hasHealth {
        cells.append(
          Markup.Cell(summary.symptoms.map { $0.isEmpty ? "none" : $0.map(\.name).joined(separator: ", ") } ?? "–"))
      }
      cells += keys.map { difference in
        let value = place < difference.values.count ? difference.values[place] ?? "–" : "–"
        return Markup.Cell(value, key: value, isNumber: Double(value) != nil)
      }
      if let scores, comparison?.value == .verdict {
        cells.append(Markup.Cell(number: scores[run.folder.path] ?? nil, NumberText.short))
      }
      cells += columns.map { Markup.Cell(number: summary.latest($0), NumberText.short) }
      return (cells, " data-run=\"\(number)\"" + (run.hasFailed ? " class=\"failed\"" : ""))
    }
    let constant = heads.indices.map { place in
      place > 2 && rows.count > 1 && Set(rows.map { $0.cells[place].key ?? $0.cells[place].markup }).count == 1
    }
    let settings = Set(keys.map(\.key))
    return ComparisonSections.runFilter
      + Markup.table(
        "Runs",
        zip(heads, constant).map { head, isConstant in
          let isForScreen =
            head.name == "star" || offPaper.contains(head.name) || !isOnPaper && settings.contains(head.name)
          return Markup.Head(
            head.title, name: head.name, isNumber: head.isNumber,
            (isConstant ? [.constant] : []) + (isForScreen ? [.onScreen] : []))
        }, rows, id: "runs-table")
      + Markup.paragraph(
        "Values are those of the last row. Runs that are filtered out still count in means.", class: "note")
  }

  /// What filters the table of runs.
  static let runFilter =
    "<div class=\"controls\" id=\"filters\" hidden><label>Filter <input type=\"search\" id=\"filter\" size=\"30\" "
    + "placeholder=\"seed &lt; 3 and status = complete\" autocomplete=\"off\" spellcheck=\"false\"></label>"
    + "<label><input type=\"checkbox\" id=\"constants\"> Show columns that are the same in all</label>"
    + "<label><input type=\"checkbox\" id=\"starred\"> Starred only</label><output id=\"runs-found\"></output></div>"

  /// Of what the runs were made.
  var provenance: String {
    func all(_ value: (ReportRun) -> String) -> String {
      var values: [String] = []
      for run in groups.flatMap(\.runs) where !values.contains(value(run)) { values.append(value(run)) }
      return values.prefix(6).joined(separator: " · ") + (values.count > 6 ? " and \(values.count - 6) more" : "")
    }
    return Markup.list([
      ("experiments", all { $0.summary.name }),
      ("data", all { "\($0.summary.data.name), SHA-256 \($0.summary.data.digest.prefix(12))" }),
      (
        "program",
        all {
          "gan-exp \($0.summary.version ?? "?"), arithmetic \($0.summary.arithmetic.map(String.init) ?? "before 1")"
        }
      ),
      ("machine", all { $0.summary.machine.map { "\($0.cpu), host \($0.host)" } ?? "?" }),
      ("commands", all { $0.summary.command ?? "unknown" }),
    ])
  }
}
