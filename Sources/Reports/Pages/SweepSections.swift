import Files
import Networks
import Runs

/// The parts of a page about a sweep.
struct SweepSections {
  private let sweep: ReportSweep
  private let short: [String: String]

  /// Trials that a leaderboard shows.
  private static let mostTrials = 400

  /// Whether scripts know it, as they do the first of a page.
  private let isFirst: Bool

  init(_ sweep: ReportSweep, isFirst: Bool) {
    (self.sweep, self.isFirst) = (sweep, isFirst)
    short = ShortKeys.short(sweep.keys)
  }

  private func title(_ key: String) -> String { short[key] ?? key }
  private var better: String { sweep.metric.direction == .higher ? "higher is better" : "lower is better" }
  private var isStratified: Bool { sweep.strata.count > 1 }

  /// What was found, in sentences.
  var verdict: String {
    let ended = sweep.trials.filter { $0.value != nil }
    let failed = sweep.trials.count { $0.failed > 0 || $0.status == "refused" }
    var sentences = [
      "\(Decimals.count(ended.count)) of \(Decimals.count(sweep.trials.count, "trial")) have a value"
        + (failed > 0 ? "; \(failed) failed" : "") + "."
    ]
    for stratum in sweep.strata {
      guard let best = sweep.trials.first(where: { $0.stratum == stratum && $0.rank == 1 }), let value = best.value
      else {
        continue
      }
      let values = sweep.keys.compactMap { key in
        best.values[key].flatMap { $0.isEmpty ? nil : "\(title(key)) \(ShortKeys.cell($0))" }
      }
      sentences.append(
        "\(stratum.isEmpty ? "The best" : "The best with \(stratum)"): \(sweep.metric.name) \(NumberText.short(value)) with "
          + values.joined(separator: ", ") + ".")
    }
    return sentences.map { Markup.paragraph($0) }.joined()
  }

  /// The trials, the best first.
  var leaderboard: String {
    let shown = sweep.trials.prefix(SweepSections.mostTrials)
    let hasIntervals = shown.contains { $0.lower != nil }
    let hasSteps = Set(shown.map(\.steps)).count > 1
    var heads = [Markup.Head("rank", name: "rank", isNumber: true)]
    if isStratified { heads.append(Markup.Head("stratum", name: "stratum")) }
    heads += [
      Markup.Head("trial", name: "trial"), Markup.Head("status", name: "status"),
      Markup.Head(sweep.metric.name, name: sweep.metric.name, isNumber: true),
    ]
    if hasIntervals { heads.append(Markup.Head("95 % (seeds)", isNumber: true)) }
    if hasSteps { heads.append(Markup.Head("steps", name: "steps", isNumber: true)) }
    let numeric = Set(sweep.keys.filter { key in sweep.trials.allSatisfy { Double($0.values[key] ?? "") != nil } })
    heads += sweep.keys.map { Markup.Head(title($0), name: $0, isNumber: numeric.contains($0)) }
    let rows = shown.enumerated().map { number, trial -> (cells: [Markup.Cell], attributes: String) in
      var cells = [Markup.Cell(number: trial.rank.map(Double.init)) { Decimals.count(Int($0)) }]
      if isStratified { cells.append(Markup.Cell(trial.stratum)) }
      cells += [
        Markup.Cell(trial.trial),
        Markup.Cell(
          markup: "<span class=\"status \(trial.status)\">\(Escaping.text(trial.status))</span>", key: trial.status),
        Markup.Cell(number: trial.value, NumberText.short),
      ]
      if hasIntervals {
        let interval = trial.lower.flatMap { lower in
          trial.upper.map { "[\(NumberText.short(lower)), \(NumberText.short($0))]" }
        }
        cells.append(Markup.Cell(interval ?? "–", isNumber: true))
      }
      if hasSteps { cells.append(Markup.Cell(number: Double(trial.steps)) { Decimals.count(Int($0)) }) }
      cells += sweep.keys.map { key in
        let value = trial.values[key] ?? ""
        return Markup.Cell(value.isEmpty ? "–" : ShortKeys.cell(value), key: value, isNumber: numeric.contains(key))
      }
      return (cells, " data-trial=\"\(number)\"" + (trial.value == nil ? " class=\"failed\"" : ""))
    }
    let more = sweep.trials.count - shown.count
    return
      (isFirst ? filter : "")
      + Markup.table("Leaderboard", heads, rows, id: isFirst ? "trials-table" : nil)
      + (more > 0
        ? Markup.paragraph("\(Decimals.count(more)) more are in \(sweep.folder.leaderboard).", class: "note") : "")
  }

  /// Where scripts put the limits of the axes.
  private func brush(_ names: [String]) -> String {
    let axes = Escaping.attribute(names.joined(separator: "\n"))
    return "<div class=\"controls brush\" id=\"brush\" hidden data-axes=\"\(axes)\"></div>"
  }

  private var filter: String {
    "<div class=\"controls\" hidden><label>Filter <input type=\"search\" id=\"trial-filter\" size=\"30\" "
      + "placeholder=\"learning_rate &lt; 1e-3 and status = complete\" autocomplete=\"off\" spellcheck=\"false\"></label>"
      + "<output id=\"trials-found\"></output></div>"
  }

  /// The trials as lines across their parameters.
  func coordinates(_ figures: inout FigureMarkup) -> String {
    let trials = sweep.trials.prefix(SweepSections.mostTrials).filter { $0.status != "waiting" }
    let keys = sweep.keys.filter { key in Set(trials.compactMap { $0.values[key] }).count > 1 }
    guard trials.count > 1, !keys.isEmpty else { return "" }
    var axes: [Figure.Axis] = []
    var columns: [[Double?]] = []
    for key in keys {
      let texts = trials.map { trial in trial.values[key].flatMap { $0.isEmpty ? nil : $0 } }
      let numbers = texts.map { $0.flatMap { Double($0) } }
      if zip(texts, numbers).allSatisfy({ ($0 == nil) == ($1 == nil) }) {
        let kind = Scale.kind(for: numbers.compactMap { $0 }, from: 20)
        axes.append(
          Figure.Axis(
            title(key) + (kind == .logarithmic ? " (log)" : ""), Scale(kind, over: numbers.compactMap { $0 })))
        columns.append(numbers)
      } else {
        let names = Set(texts.compactMap { $0 }).sorted()
        axes.append(
          Figure.Axis(
            title(key), Scale(.linear, -0.3, Double(names.count) - 0.7), categories: names.map { ShortKeys.cell($0) }))
        columns.append(texts.map { text in text.flatMap { names.firstIndex(of: $0) }.map(Double.init) })
      }
    }
    let values = trials.map(\.value)
    let kind = Scale.kind(for: values.compactMap { $0 }, from: 100)
    axes.append(
      Figure.Axis(
        sweep.metric.name + (kind == .logarithmic ? " (log)" : ""), Scale(kind, over: values.compactMap { $0 })))
    columns.append(values)
    // Of all strata the best third.
    let sorted = values.compactMap { $0 }.sorted { sweep.metric.direction == .higher ? $0 > $1 : $0 < $1 }
    let bound = sorted.isEmpty ? .nan : sorted[(sorted.count - 1) / 3]
    let lines = trials.enumerated().map { number, trial in
      ParallelCoordinates.Line(
        trial.trial, columns.map { $0[number] },
        isGood: trial.value.map { sweep.metric.direction == .higher ? $0 >= bound : $0 <= bound } ?? false)
    }
    let coordinates = ParallelCoordinates(axes, lines)
    let words = axes.map(\.title).joined(separator: ", ")
    return figures.markup(
      coordinates.drawing, title: "Trials by their values",
      summary:
        "Parallel coordinates of \(Decimals.count(lines.count, "trial")) with the axes \(words). The leaderboard has the values.",
      caption: Escaping.text(
        "a line a trial; thick is the best third of those that have a value (\(better)). A line that ends early has none."
      ),
      classes: "wide parallel", table: "")
      + (isFirst ? brush(axes.map(\.title)) : "")
  }

  /// The importance of each parameter as a bar.
  func importance(_ figures: inout FigureMarkup) -> String {
    let found = sweep.importances
    guard let first = found.first else { return "" }
    var figure = Figure(
      "Which parameters matter",
      summary: found.map { "\(title($0.key)): \(Decimals.text($0.correlation, 2)) over \($0.count) trials." }
        .joined(separator: " "),
      x: Figure.Axis(
        "rank correlation with \(sweep.metric.name)", Scale(.linear, found.contains { $0.correlation < 0 } ? -1 : 0, 1)),
      y: Figure.Axis("", Scale(.linear, Double(found.count) - 0.5, -0.5), categories: found.map { title($0.key) }))
    figure.bars = found.enumerated().map { place, importance in
      Figure.Bar(
        title(importance.key), Ink(importance.correlation < 0 ? 1 : 0), place: Double(place),
        length: importance.correlation, label: Decimals.text(importance.correlation, 2))
    }
    (figure.width, figure.height) = (760, 62 + 26 * Double(found.count))
    let rows = found.map { importance -> [Markup.Cell] in
      [
        Markup.Cell(importance.key), Markup.Cell(number: importance.correlation) { Decimals.text($0, 3) },
        Markup.Cell(importance.isOfNumbers ? "Spearman's rho" : "correlation ratio of ranks"),
        Markup.Cell(number: Double(importance.count)) { Decimals.count(Int($0)) },
      ]
    }
    let caption =
      "\(title(first.key)) goes with the value most. A correlation below 0 says that large values of the parameter go with small ones of "
      + "\(sweep.metric.name) (\(better)); a failed trial counts as the worst. It is no cause, and few trials say little."
    return figures.markup(
      figure, caption: Escaping.text(caption), classes: "wide",
      table: Markup.table("Importance", ["parameter", "correlation", "kind", "trials"], rows))
  }

  /// What so many trials are expected to find.
  func budget(_ figures: inout FigureMarkup) -> String {
    let curves = sweep.budgets.filter { $0.expected.count > 1 }
    guard !curves.isEmpty else { return "" }
    let longest = curves.map(\.expected.count).max() ?? 1
    let values = curves.flatMap { $0.expected + $0.lower + $0.upper }
    let kind = Scale.kind(for: values, from: 100)
    var figure = Figure(
      "The best that so many trials find",
      summary: curves.map { budget in
        "\(budget.stratum.isEmpty ? "" : "\(budget.stratum): ")one trial \(NumberText.short(budget.expected[0])), "
          + "\(budget.expected.count) trials \(NumberText.short(budget.expected[budget.expected.count - 1]))."
      }.joined(separator: " "),
      x: Figure.Axis("trials", Scale(.linear, 1, Double(longest))),
      y: Figure.Axis(sweep.metric.name + (kind == .logarithmic ? " (log)" : ""), Scale(kind, over: values)))
    for (place, budget) in curves.enumerated() {
      let name = budget.stratum.isEmpty ? "expected best" : budget.stratum
      let places = Thinning.even(budget.expected.count, atMost: 400)
      func x(_ place: Int) -> Double { Double(place + 1) }
      figure.lines.append(
        Figure.Line(name, Ink(place), places.map { Figure.Point(x($0), budget.expected[$0]) }))
      // A sweep that goes on has none yet.
      let hasBand = budget.lower.count == budget.expected.count && budget.upper.count == budget.expected.count
      let band = hasBand ? places.map { (x: x($0), lower: budget.lower[$0], upper: budget.upper[$0]) } : []
      if !band.isEmpty { figure.bands.append(Figure.Band("\(name), 95 %", Ink(place), band)) }
    }
    figure.hasLegend = curves.count > 1
    (figure.width, figure.height) = (760, 320)
    return figures.markup(
      figure,
      caption: Escaping.text(
        "the expected best \(sweep.metric.name) of so many of these trials, \(better), with the bootstrap's 95 % band"),
      classes: "wide")
  }

  /// What the best came to with other seeds.
  var finale: String {
    guard let head = sweep.finale.first, sweep.finale.count > 1 else { return "" }
    let trials = sweep.finale.dropFirst().filter { $0.count == head.count }
    // An interquartile mean takes five seeds.
    let places = head.indices.filter { place in trials.contains { !$0[place].isEmpty } }
    let rows = trials.map { cells in
      places.map { place -> Markup.Cell in
        guard place > 1 else { return Markup.Cell(cells[place]) }
        return Markup.Cell(number: Double(cells[place])) { value in
          Int(exactly: value).map { Decimals.count($0) } ?? NumberText.short(value)
        }
      }
    }
    return Markup.paragraph("The best again with other seeds: \(sweep.metric.name), \(better).")
      + Markup.table("The best with other seeds", places.map { head[$0].replacing("_", with: " ") }, rows)
  }
}
