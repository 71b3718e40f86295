import Files
import Networks
import Runs
import Specs
import Statistics
import Training

/// Columns of runs and groups as figures for paper and terminal: a line a group, the mean over its runs with its 95 % t band at the
/// steps that they share.
package struct PlotPanels: Sendable {
  /// What is drawn, and how.
  package struct Manner: Sendable {
    /// The columns; empty for those that say most.
    package var columns: [String] = []
    /// What lies along the other side: `step`, `epoch` or a column.
    package var across = Column.step.name
    /// What the columns are called; empty for their own names.
    package var labels: [String] = []
    /// What the groups are called; empty for their own names.
    package var names: [String] = []
    /// The sides by logarithms; nil where the values decide for y.
    package var logarithmic: Set<Side>?
    /// Whether each run of a group is a thin line too.
    package var showsRuns = false

    package init() {}
  }

  /// A side of a plot.
  package enum Side: String, CaseIterable, Sendable { case x, y }

  /// A group in a panel, in numbers.
  package struct Series: Sendable {
    /// What it is called without the number of its runs.
    package let group: String
    package let ink: Ink
    /// Whether it is of several runs, even where one alone has the column.
    package let isOfSeveral: Bool
    /// How many runs the points are over.
    package let counts: ClosedRange<Int>
    package let last: GroupCurve.Point

    /// What it is called.
    package var name: String { isOfSeveral ? Series.name(group, counts) : group }

    /// A group with the number of its runs.
    package static func name(_ group: String, _ counts: ClosedRange<Int>) -> String {
      let (fewest, most) = (counts.lowerBound, counts.upperBound)
      return "\(group) (n = \(fewest == most ? "\(most)" : "\(fewest) to \(most)"))"
    }
  }

  /// A column.
  package struct Panel: Sendable {
    package let column: Column
    package let figure: Figure
    package let series: [Series]
  }

  package let panels: [Panel]

  private let groups: [ReportGroup]
  private let names: [String]
  private let manner: Manner

  /// From which ratio of the greatest to the least on values stand by their logarithms.
  private static let wide = 1000.0

  /// The panels of what was read.
  /// - Parameter note: is told of each group that is in some panels only.
  /// - Throws: `RunError` (64) for a name that is no column, or where nothing can be drawn, with what there is.
  package init(_ material: ReportMaterial, _ manner: Manner, note: (String) -> Void) throws(RunError) {
    groups = material.groups
    self.manner = manner
    let runs = groups.flatMap(\.runs)
    guard !runs.isEmpty else {
      throw RunError("there is no run to plot", remedy: "train one with gan-exp run", exitCode: 65)
    }
    for run in runs { for problem in run.problems { note(problem) } }
    let columns = Column.union(runs.map { $0.curves.map(\.column) })
    guard runs.contains(where: { $0.curves.contains { $0.places != nil } }) else {
      let one = runs.count == 1
      throw RunError(
        "\(one ? "\(runs[0].folder.path) has" : "these \(runs.count) runs have") no row yet",
        remedy: "metrics.csv gets one every record.metrics_every steps", exitCode: 65)
    }
    let own = ShortPaths.shortened(groups.map(\.name)).names
    guard manner.names.isEmpty || manner.names.count == own.count else {
      throw RunError(
        "--names has \(Decimals.count(manner.names.count, "name")) for \(Decimals.count(own.count, "group"))",
        remedy: "in this order: \(own.joined(separator: ", "))", exitCode: 64)
    }
    names = manner.names.isEmpty ? own : manner.names
    let asked = manner.columns.isEmpty ? PlotPanels.usual(runs) : manner.columns
    guard manner.labels.isEmpty || manner.labels.count == asked.count else {
      throw RunError(
        "--labels has \(Decimals.count(manner.labels.count, "label")) for \(Decimals.count(asked.count, "column"))",
        remedy: "in this order: \(asked.joined(separator: ", "))", exitCode: 64)
    }
    var panels: [Panel] = []
    let isCount = [Column.step.name, Column.epoch.name].contains(manner.across)
    let across = try PlotPanels.column(
      manner.across, among: [.step, .epoch] + (isCount ? [] : columns), option: "-x")
    for (number, name) in asked.enumerated() {
      let column = try PlotPanels.column(name, among: columns, option: "--y")
      let label = manner.labels.isEmpty ? nil : manner.labels[number]
      panels.append(try PlotPanels.panel(column, label, across, groups, names, manner, note: note))
    }
    self.panels = panels
  }

  /// The column of a name, which need not say by which features it was measured where only one is so called.
  private static func column(_ name: String, among columns: [Column], option: String) throws(RunError) -> Column {
    if let column = columns.first(where: { $0.name == name }) { return column }
    let measured = columns.filter { $0.name.hasPrefix(name + "@") }
    if measured.count == 1 { return measured[0] }
    let names = (measured.isEmpty ? columns : measured).map(\.name)
    let near = measured.isEmpty ? Suggestion.nearest(to: name, among: names) : nil
    throw RunError(
      name.isEmpty
        ? "\(option) has an empty name"
        : measured.isEmpty ? "no run has a column \(name)" : "\(name) can be any of \(measured.count) columns",
      remedy: (near.map { "did you mean \($0)? there are " } ?? "there are ") + names.joined(separator: ", "),
      exitCode: 64)
  }

  /// The columns that say most: the measured ones with a direction, else those of the task.
  private static func usual(_ runs: [ReportRun]) -> [String] {
    let measured = Column.union(runs.map { $0.evaluation.map(\.column) }).filter { column in
      column.direction != .none && runs.contains { $0.curve(column.name)?.places != nil }
    }
    if let first = measured.first { return [first.name] }
    let headline = runs.flatMap { $0.summary.headline.map(\.column.name) }
    let metrics = Column.union(runs.map { $0.metrics.map(\.column) }).map(\.name)
    let known = metrics.filter(headline.contains)
    return Array((known.isEmpty ? metrics : known).prefix(2))
  }

  /// The curve of a side: nil of a run that does not have it.
  private static func curve(_ column: Column, of run: ReportRun, like other: ReportCurve) -> ReportCurve? {
    if column.name == Column.step.name { return ReportCurve(column, steps: other.steps, values: other.steps) }
    guard column.name == Column.epoch.name else { return run.curve(column.name) }
    // The file counts whole epochs; between them lies a share of one.
    guard let share = run.epochsPerStep else { return nil }
    return ReportCurve(column, steps: other.steps, values: other.steps.map { $0 * share })
  }

  private static func panel(
    _ column: Column, _ label: String?, _ across: Column, _ groups: [ReportGroup], _ names: [String], _ manner: Manner,
    note: (String) -> Void
  ) throws(RunError) -> Panel {
    var lines: [Figure.Line] = []
    var bands: [Figure.Band] = []
    var series: [Series] = []
    var problems: [String] = []
    for (place, group) in groups.enumerated() {
      let ink = Ink(place)
      let own = group.runs.filter { $0.curve(column.name)?.places != nil }
      let curves = own.compactMap { run in
        run.curve(column.name).flatMap { y in curve(across, of: run, like: y).map { (x: $0, y: y) } }
      }
      guard !curves.isEmpty else {
        problems.append("\(names[place]) has no value of \(own.isEmpty ? column.name : across.name)")
        continue
      }
      let found = GroupCurve(curves.map(\.y), of: column).points
      let places = GroupCurve(curves.map(\.x), of: across).points
      let x = Dictionary(places.map { ($0.step, $0.mean) }) { first, _ in first }
      let shared = found.filter { x[$0.step] != nil }
      guard let last = shared.last else {
        problems.append(
          curves.count == 1
            ? "\(names[place]) has no value of \(column.name)"
            : "the \(curves.count) runs of \(names[place]) share no step with a value of \(column.name)")
        continue
      }
      let counts = shared.map(\.count)
      let one = Series(
        group: names[place], ink: ink, isOfSeveral: group.runs.count > 1,
        counts: (counts.min() ?? 1)...(counts.max() ?? 1), last: last)
      series.append(one)
      if manner.showsRuns, curves.count > 1 {
        for curve in curves {
          let points = PlotPanels.points(curve.x, curve.y)
          lines.append(Figure.Line("", ink, Thinning.extremes(points, atMost: mostPoints), isFaint: true))
        }
      }
      // A single run may have gaps, which a mean has not.
      let means = shared.map { Figure.Point(x[$0.step] ?? .nan, $0.mean) }
      let points = curves.count == 1 ? PlotPanels.points(curves[0].x, curves[0].y) : means
      let band = shared.compactMap { mean in
        mean.lower.flatMap { lower in
          mean.upper.map { (x: x[mean.step] ?? .nan, lower: lower, upper: $0) }
        }
      }
      lines.append(
        Figure.Line(one.name, ink, Thinning.extremes(points, atMost: mostPoints), hasMarkers: points.count <= 24))
      if !band.isEmpty {
        bands.append(Figure.Band("", ink, Thinning.even(band.count, atMost: mostPoints).map { band[$0] }))
      }
    }
    guard !series.isEmpty else {
      throw RunError(
        "nothing of \(column.name) can be drawn over \(across.name): \(problems.joined(separator: "; "))",
        remedy: across.name != Column.step.name
          ? "give -x step"
          : groups.contains { $0.runs.count > 1 }
            ? "runs share steps where record.metrics_every and evaluation.every of their specs are the same"
            : "give --y a column with values", exitCode: 64)
    }
    for problem in problems { note(problem) }
    let floors = groups.flatMap(\.runs).compactMap { $0.judgement(of: column)?.realData }
    var figure = Figure(
      column.name, summary: PlotPanels.summary(column, series),
      x: axis(
        across, nil, lines.flatMap { $0.points.map(\.x) }, manner.logarithmic?.contains(.x) ?? false, margin: 0.01),
      y: axis(
        column, label,
        lines.flatMap { $0.points.map(\.y) } + bands.flatMap { $0.points.flatMap { [$0.lower, $0.upper] } } + floors,
        manner.logarithmic?.contains(.y), margin: 0.05))
    (figure.lines, figure.bands) = (lines, bands)
    if !floors.isEmpty { figure.floors = [Figure.Floor("real data", Moments(of: floors).mean)] }
    for (side, axis) in [("x", figure.x), ("y", figure.y)] where axis.scale.kind == .logarithmic {
      guard lines.contains(where: { $0.points.contains { (side == "x" ? $0.x : $0.y) > 0 } }) else {
        throw RunError(
          "no value of \(side == "x" ? across.name : column.name) is above 0, as logarithms need",
          remedy: "leave \(side) out of --log, or give --log none", exitCode: 64)
      }
    }
    return Panel(column: column, figure: figure, series: series)
  }

  /// The points of a run at the steps that both curves have.
  private static func points(_ x: ReportCurve, _ y: ReportCurve) -> [Figure.Point] {
    let at = Dictionary(zip(x.steps, x.values)) { first, _ in first }
    return zip(y.steps, y.values).compactMap { step, value in at[step].map { Figure.Point($0, value) } }
  }

  /// Points of a line at most.
  private static let mostPoints = 2000

  /// A side, named with unit and direction.
  private static func axis(
    _ column: Column, _ label: String?, _ values: [Double], _ isLogarithmic: Bool?, margin: Double
  ) -> Figure.Axis {
    let kind: Scale.Kind =
      isLogarithmic.map { $0 ? .logarithmic : .linear } ?? Scale.kind(for: values, from: wide)
    let counts = [Column.step.name, Column.epoch.name].contains(column.name)
    // A share and a number of modes say so in their names.
    let isNamed = column.unit.isEmpty || column.name.hasSuffix(column.unit)
    let unit = isNamed || counts || label != nil ? "" : " (\(column.unit))"
    let arrow = label != nil ? "" : [.higher: " ↑", .lower: " ↓"][column.direction] ?? ""
    return Figure.Axis(
      (label ?? column.name) + unit + arrow, Scale(kind, over: values, margin: margin))
  }

  /// What is to be seen, in sentences.
  private static func summary(_ column: Column, _ series: [Series]) -> String {
    series.map { one in
      let interval = one.last.lower.flatMap { lower in
        one.last.upper.map { ", 95 % [\(NumberText.short(lower)), \(NumberText.short($0))]" }
      }
      return "\(one.name): \(column.name) \(NumberText.short(one.last.mean))\(interval ?? "") at step "
        + "\(Decimals.count(one.last.step))."
    }.joined(separator: " ")
  }
}
