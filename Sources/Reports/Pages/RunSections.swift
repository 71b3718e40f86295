import Files
import Networks
import Runs
import Specs
import Training

/// The parts of a page about one run.
struct RunSections {
  private let run: ReportRun
  private let summary: RunSummary

  init(_ run: ReportRun) { (self.run, summary) = (run, run.summary) }

  /// How it stands, in a line.
  var standing: String {
    let reason = summary.reason.map { ": \($0)" } ?? ""
    return "\(summary.status)\(reason), epoch \(summary.epoch), step \(Decimals.count(summary.step)) of "
      + Decimals.count(summary.steps)
  }

  /// What was found when the run ended, and what went wrong in training.
  func verdict(_ figures: inout FigureMarkup) -> String {
    var content = ""
    let problems = run.problems
    if !problems.isEmpty {
      content +=
        "<ul class=\"problems\">" + problems.map { "<li>\(Escaping.text($0))</li>" }.joined() + "</ul>"
    }
    if let verdicts = summary.verdicts, !verdicts.isEmpty {
      content +=
        "<ul class=\"verdicts\">"
        + verdicts.map { "<li><b>\(Escaping.text($0.subject)):</b> \(Escaping.text($0.sentence))</li>" }.joined()
        + "</ul>"
    } else {
      content += Markup.paragraph(
        summary.verdict == nil
          ? "Nothing was measured at the end of this run." : "The values say no more than the table.",
        class: "note")
    }
    content += health(&figures)
    return content + verdictTable
  }

  private var verdictTable: String {
    guard let verdict = summary.verdict else { return "" }
    // Behind the @ stands the network of features.
    let columns = Column.named(
      verdict.rows.map { String($0.metric.prefix { $0 != "@" }) }, recorded: run.record.columns ?? [])
    func number(_ value: Double) -> String { NumberText.short(value) }
    let rows = zip(verdict.rows, columns).map { row, column -> [Markup.Cell] in
      let samples = row.generated.flatMap { generated in
        row.real.map { "\(Decimals.count(generated)) v \(Decimals.count($0))" }
      }
      let better = column.direction == .none ? "–" : column.direction.rawValue
      return [
        Markup.Cell(row.metric), Markup.Cell(number: row.value, number), Markup.Cell(number: row.standardError, number),
        Markup.Cell(number: row.realData, number), Markup.Cell(better), Markup.Cell(samples ?? "–", isNumber: true),
      ]
    }
    return "<details open><summary>What was measured after step \(Decimals.count(verdict.step))</summary>"
      + Markup.table(
        "What was measured at the end",
        ["metric", "value", "standard error", "real data", "better", "samples, generated v real"], rows) + "</details>"
  }

  /// Symptoms in words, and when rows showed them.
  private func health(_ figures: inout FigureMarkup) -> String {
    guard let symptoms = summary.symptoms, !summary.last.isEmpty else { return "" }
    guard !symptoms.isEmpty else {
      return Markup.paragraph("Health: no row shows a symptom of bad training.", class: "good")
    }
    let items = symptoms.map { symptom in
      let steps =
        symptom.rows == 1
        ? "step \(Decimals.count(symptom.first))"
        : "\(Decimals.count(symptom.rows, "row")), steps \(Decimals.count(symptom.first)) to \(Decimals.count(symptom.last))"
      return "<li><b>\(Escaping.text(symptom.name))</b> <span class=\"note\">\(steps)</span><br>"
        + "\(Escaping.text(symptom.sentence))</li>"
    }
    return "<ul class=\"symptoms\">\(items.joined())</ul>" + timeline(symptoms, &figures)
  }

  /// When rows showed symptoms, a line of dots each.
  private func timeline(_ symptoms: [SymptomSpan], _ figures: inout FigureMarkup) -> String {
    guard let table = try? CSVTable(path: run.folder.health), let steps = table.numbers(Column.step.name),
      let first = steps.compactMap({ $0 }).first, let last = steps.compactMap({ $0 }).last, first < last
    else { return "" }
    let names = symptoms.map(\.name)
    var figure = Figure(
      "When rows showed symptoms",
      summary: symptoms.map {
        "\($0.name): \(Decimals.count($0.rows, "row")) from step \(Decimals.count($0.first)) to \(Decimals.count($0.last))."
      }.joined(separator: " "),
      x: Figure.Axis("step", Scale(.linear, over: [first, last], margin: 0.01)),
      y: Figure.Axis("", Scale(.linear, Double(names.count) - 0.5, -0.5), categories: names))
    for (place, name) in names.enumerated() {
      let shown = zip(steps, table.numbers(name) ?? []).compactMap { step, value in value == 1 ? step : nil }
      for index in Thinning.even(shown.count, atMost: 300) {
        figure.dots.append(Figure.Dot("", Ink(1), Figure.Point(shown[index], Double(place))))
      }
    }
    (figure.width, figure.height) = (760, 60 + 26 * Double(names.count))
    let rows = symptoms.map { symptom -> [Markup.Cell] in
      [
        Markup.Cell(symptom.name), Markup.Cell(number: Double(symptom.rows)) { Decimals.count(Int($0)) },
        Markup.Cell(number: Double(symptom.first)) { Decimals.count(Int($0)) },
        Markup.Cell(number: Double(symptom.last)) { Decimals.count(Int($0)) },
      ]
    }
    return figures.markup(
      figure, caption: "", classes: "wide",
      table: Markup.table("Symptoms", ["symptom", "rows", "first step", "last step"], rows))
  }

  /// Generated images over the training images that are nearest to them.
  var neighbours: String {
    guard let path = summary.neighbours, let bytes = try? DurableFile.read(path), let size = SheetStrips.size(bytes)
    else {
      return ""
    }
    guard bytes.count <= SheetStrips.mostBytes / 2 else {
      return Markup.paragraph(
        "The picture of \(ByteCount.text(bytes.count)) is too large for a page: \(path)", class: "note")
    }
    return Markup.paragraph(
      "Generated images over the training images that are nearest to them. A copy would look the same as what is below it."
    )
      + "<figure class=\"card wide\"><img class=\"picture\" src=\"\(Markup.dataAddress(bytes, type: "image/png"))\" width=\"\(size.width)\" "
      + "height=\"\(size.height)\" alt=\"Rows of generated images, each over the nearest training images\"></figure>"
  }

  /// How often each class was taken for each.
  var confusion: String {
    guard let counts = summary.confusion, !counts.isEmpty else { return "" }
    let most = Double(
      counts.enumerated().flatMap { row, cells in cells.enumerated().map { $0 == row ? 0 : $1 } }.max() ?? 0)
    let rows = counts.enumerated().map { row, cells -> (cells: [Markup.Cell], attributes: String) in
      let own = cells.enumerated().map { column, count -> Markup.Cell in
        let level = row == column ? 0 : most > 0 ? Int((5 * Double(count) / most).rounded(.up)) : 0
        let kind = row == column ? "own" : "heat\(level)"
        return Markup.Cell(markup: "<span class=\"cell \(kind)\">\(Decimals.count(count))</span>", key: "\(count)")
      }
      return ([Markup.Cell("\(row)", isNumber: true)] + own, "")
    }
    let head = [Markup.Head("class", isNumber: true)] + counts.indices.map { Markup.Head("\($0)", isNumber: true) }
    return Markup.paragraph(
      "Validation samples of each class, by the class that they were taken for. The more of them were mistaken, the stronger the colour."
    )
      + Markup.table("Confusion matrix", head, rows)
  }

  /// Every value of the spec, those that differ from defaults marked.
  var spec: String {
    guard run.spec != nil else { return "" }
    let defaults = SpecDefaults(run)
    let rows = defaults.rows.map { row -> (cells: [Markup.Cell], attributes: String) in
      let standard = row.standard ?? "must be given"
      let value = row.isDifferent ? "<mark>\(Escaping.text(row.value))</mark>" : Escaping.text(row.value)
      return (
        [
          Markup.Cell(row.path), Markup.Cell(markup: value, key: row.value),
          Markup.Cell(!defaults.isKnown ? "unknown" : row.isDifferent ? standard : "the default"),
        ], row.isDifferent || !defaults.isKnown ? "" : " class=\"standard\""
      )
    }
    let overrides = summary.overrides ?? []
    let said =
      overrides.isEmpty ? "" : Markup.paragraph("Changed on the command line: \(overrides.joined(separator: ", "))")
    return said
      + Markup.paragraph(count(defaults), class: "note")
      + "<div class=\"controls\" hidden><label><input type=\"checkbox\" id=\"defaults\"> Show defaults too</label></div>"
      + Markup.table(
        "Resolved spec", [Markup.Head("key"), Markup.Head("value"), Markup.Head("default")], rows, id: "spec-table")
  }

  private func count(_ defaults: SpecDefaults) -> String {
    defaults.isKnown
      ? "\(defaults.rows.count(where: \.isDifferent)) of \(defaults.rows.count) values are marked: they differ from the default, or have none."
      : "Which values are defaults is not known: the record of the run does not say what its data were like."
  }

  /// How fast it was.
  func timing(_ figures: inout FigureMarkup) -> String {
    var content = ""
    if !run.isRunning, let seconds = summary.seconds {
      content += Markup.paragraph(
        "It took \(Decimals.duration(seconds))"
          + (summary.sessions > 1 ? " in \(Decimals.count(summary.sessions, "session"))" : "") + ".")
    }
    guard let table = run.timing else { return content }
    let steps = (table.numbers(Column.step.name) ?? []).map { $0 ?? .nan }
    for column in Runner.timing where ["steps_per_second", "gflop_per_second"].contains(column.name) {
      let curve = ReportCurve(column, steps: steps, values: (table.numbers(column.name) ?? []).map { $0 ?? .nan })
      guard let places = curve.places else { continue }
      var figure = Figure(
        column.name, summary: curve.sentence, x: Figure.Axis("step", Scale(.linear, over: steps, margin: 0.01)),
        y: Figure.Axis(column.unit, Scale(.linear, over: curve.values + [0], margin: 0.05)))
      figure.lines = [
        Figure.Line(
          column.name, Ink(2), Thinning.extremes(curve.points, atMost: 600), hasMarkers: steps.count <= 24,
          label: NumberText.short(curve.values[places.last]))
      ]
      content += figures.markup(figure, caption: CurveFigures.caption(column))
    }
    return content.contains("<figure") ? "<div class=\"grid\">\(content)</div>" : content
  }

  /// Of what and by what it was made.
  var provenance: String {
    let record = run.record
    var rows: [(name: String, text: String)] = [
      ("run", summary.path), ("experiment", summary.name), ("seed", "\(summary.seed)"),
    ]
    if let command = summary.command { rows.append(("command", command)) }
    rows.append(
      ("data", "\(summary.data.name), \(Decimals.count(summary.data.count, "sample")), \(summary.data.origin)"))
    rows.append(("data, SHA-256", summary.data.digest))
    rows.append(("spec.yaml, SHA-256", record.specDigest))
    if let digest = record.resolvedDigest { rows.append(("resolved.yaml, SHA-256", digest)) }
    if let features = record.features { rows.append(("features", "\(features.name), SHA-256 \(features.digest)")) }
    for (number, session) in record.sessions.enumerated() {
      let lanes = session.lanes.map { ", \($0) lanes" } ?? ""
      rows.append(
        (
          record.sessions.count == 1 ? "session" : "session \(number + 1)",
          "gan-exp \(session.version), arithmetic \(session.arithmeticText), from step \(Decimals.count(session.fromStep)), "
            + "\(session.started) to \(session.ended ?? "?"), \(Decimals.count(session.threads, "thread"))\(lanes), "
            + "\(session.machine.cpu), host \(session.machine.host)"
        ))
    }
    return Markup.list(rows)
  }
}
