import Files
import Networks
import Runs
import Training

/// A report as one file of HTML, that needs nothing beside itself.
///
/// It is complete without scripts and on paper. A policy in it forbids every request, so that the browser itself holds that it is
/// offline. The same files give the same bytes.
package struct ReportPage {
  private let material: ReportMaterial
  /// Whether the page is written again while runs go on.
  private let isLive: Bool

  /// The site that the page is one of; nil of a file.
  private let site: RunSite?

  /// Of what was read.
  package init(_ material: ReportMaterial, isLive: Bool = false, in site: RunSite? = nil) {
    (self.material, self.isLive, self.site) = (material, isLive, site)
  }

  /// Bytes of rows that a page has in it to be downloaded.
  private static let mostRows = 400_000

  private typealias Part = PageShell.Part

  /// The text of the file.
  package var text: String {
    let (title, lines) = head
    return PageShell(
      title: title,
      lines: (site == nil ? [] : ["<a href=\"/\">All runs</a>"]) + lines + material.leftOut.map(Escaping.text),
      parts: parts,
      footer: site == nil
        ? "Made by gan-exp report from files alone; it needs no network. The CSV files in the runs' folders have every number."
        : "Made by gan-exp serve from files alone. The CSV files in the runs' folders have every number.",
      isLive: isLive, isServed: site != nil
    ).text
  }

  private var head: (title: String, lines: [String]) {
    if let run = material.run {
      return (
        "\(run.summary.name), seed \(run.summary.seed)",
        [
          "<span class=\"status \(run.summary.status)\">\(Escaping.text(RunSections(run).standing))</span>",
          Escaping.text(run.folder.path),
        ]
      )
    }
    let runs = material.groups.flatMap(\.runs)
    let failed = runs.count(where: \.hasFailed)
    let counted =
      "\(Decimals.count(runs.count, "run")) in \(Decimals.count(material.groups.count, "group"))"
      + (failed > 0 ? ", \(failed) failed" : "")
    if let sweep = material.sweeps.first {
      return (
        material.sweeps.map(\.name).joined(separator: ", "),
        [
          Escaping.text(
            "sweep, \(Decimals.count(material.sweeps.reduce(0) { $0 + $1.trials.count }, "trial")), \(sweep.metric.name)"
          ),
          runs.isEmpty ? "" : Escaping.text("with \(counted), of the best trials"),
        ].filter { !$0.isEmpty }
      )
    }
    let names = ShortPaths.shortened(material.groups.map(\.name))
    let shown = names.names.prefix(4).joined(separator: ", ") + (names.names.count > 4 ? " and others" : "")
    return (shown, [Escaping.text(counted), Escaping.text(names.folder)].filter { !$0.isEmpty })
  }

  private var parts: [Part] {
    var figures = FigureMarkup()
    var parts: [Part] = []
    for (number, sweep) in material.sweeps.enumerated() { parts += self.parts(sweep, number, &figures) }
    if let run = material.run { return parts + self.parts(run, &figures) }
    guard !material.groups.isEmpty else { return parts }
    return parts + self.parts(material.groups, &figures)
  }

  private func parts(_ run: ReportRun, _ figures: inout FigureMarkup) -> [Part] {
    let sections = RunSections(run)
    let groups = material.groups
    let counts = CountSections(groups)
    return [
      Part(id: "verdict", title: "Verdict and health", content: sections.verdict(&figures)),
      Part(id: "samples", title: "Samples", content: SheetStrips(groups).markup()),
      Part(
        id: "evaluation", title: "Evaluation",
        content: curves(CurveFigures.columns(groups, \.evaluation), &figures, hasSmoothing: false)),
      Part(
        id: "classes", title: counts.title ?? "Classes", content: sections.confusion + counts.content(&figures)),
      Part(
        id: "training", title: "Training",
        content: curves(CurveFigures.columns(groups, \.metrics), &figures, hasSmoothing: true) + rows(of: [run])),
      Part(id: "neighbours", title: "Nearest neighbours", content: sections.neighbours),
      Part(id: "spec", title: "Spec", content: sections.spec),
      Part(id: "timing", title: "Timing", content: sections.timing(&figures)),
      Part(id: "provenance", title: "Provenance", content: sections.provenance),
    ]
  }

  private func parts(_ groups: [ReportGroup], _ figures: inout FigureMarkup) -> [Part] {
    let sections = ComparisonSections(groups, material.comparison, in: site)
    let problem = material.comparisonProblem.map { Markup.paragraph("No statistics: \($0).", class: "note") } ?? ""
    let counts = CountSections(groups)
    let isSweep = !material.sweeps.isEmpty
    let found = sections.statistics(&figures)
    return [
      Part(
        id: "groups", title: isSweep ? "The best trials" : "Groups",
        content: found + problem + (found.isEmpty ? sections.legend : "")),
      Part(id: "runs", title: "Runs", content: sections.table),
      Part(id: "samples", title: "Samples", content: SheetStrips(groups).markup()),
      Part(
        id: "evaluation", title: "Evaluation",
        content: curves(CurveFigures.columns(groups, \.evaluation), &figures, hasSmoothing: false)),
      Part(id: "classes", title: counts.title ?? "Classes", content: counts.content(&figures)),
      Part(
        id: "training", title: "Training",
        content: curves(CurveFigures.columns(groups, \.metrics), &figures, hasSmoothing: true)
          + rows(of: groups.flatMap(\.runs))),
      Part(id: "specs", title: "Specs", content: sections.specs),
      Part(id: "provenance", title: "Provenance", content: sections.provenance),
    ]
  }

  private func parts(_ sweep: ReportSweep, _ number: Int, _ figures: inout FigureMarkup) -> [Part] {
    let sections = SweepSections(sweep, isFirst: number == 0)
    let name = material.sweeps.count > 1 ? " of \(sweep.name)" : ""
    let ending = number == 0 ? "" : "-\(number + 1)"
    return [
      Part(id: "found\(ending)", title: "What was found\(name)", content: sections.verdict + sections.finale),
      Part(
        id: "parameters\(ending)", title: "Parameters\(name)",
        content: sections.coordinates(&figures) + sections.importance(&figures)),
      Part(id: "leaderboard\(ending)", title: "Leaderboard\(name)", content: sections.leaderboard),
      Part(id: "budget\(ending)", title: "Budget\(name)", content: sections.budget(&figures)),
    ]
  }

  /// A figure of each column.
  private func curves(_ columns: [Column], _ figures: inout FigureMarkup, hasSmoothing: Bool) -> String {
    let work = CurveFigures(material.groups)
    let cards = columns.compactMap { column in
      work.figure(column).map { figures.markup($0.figure, caption: $0.caption, keeping: $0.kept) }
    }
    guard !cards.isEmpty else { return "" }
    let slider =
      "<div class=\"controls\" hidden><label>Smoothing <input type=\"range\" id=\"smoothing\" min=\"0\" max=\"0.99\" step=\"0.01\" "
      + "value=\"0\"></label><output id=\"weight\" for=\"smoothing\">off</output></div>"
    let several = !hasSmoothing && material.groups.contains { $0.runs.count > 1 }
    let note =
      several
      ? Markup.paragraph(
        "Thin lines are runs. Thick ones are means over the runs of a group that had come so far, with the 95 % t band, only at the steps that all of these have.",
        class: "note") : ""
    return (hasSmoothing ? slider : "") + note
      + "<div class=\"grid curves\">\(cards.joined())</div>"
  }

  /// All rows as CSV, to be downloaded; nothing where they are too many.
  private func rows(of runs: [ReportRun]) -> String {
    let size = runs.reduce(0) { sum, run in
      sum + (FileBytes.size(run.folder.metrics) ?? 0) + (FileBytes.size(run.folder.evaluation) ?? 0)
    }
    guard size > 0, size <= ReportPage.mostRows,
      let text = try? Comparison.joinedCSV(runs.map(\.folder.path), problem: { _ in })
    else { return "" }
    return
      "<div class=\"controls\" hidden><button type=\"button\" id=\"download\" data-name=\"runs.csv\">All rows as CSV</button></div>"
      + "<pre id=\"csv\" hidden>\(Escaping.text(text))</pre>"
  }
}
