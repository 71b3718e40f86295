import Files
import Networks
import Runs
import Statistics
import Training

/// The figures of columns by steps.
struct CurveFigures {
  /// Points that are drawn in a page, of which each line has its share.
  static let mostPoints = 140_000
  /// Points of means that are drawn in a page.
  private static let mostMeans = 20_000
  /// From which ratio of the greatest to the least on values stand by their logarithms.
  private static let wide = 1000.0

  private let groups: [ReportGroup]
  /// How many points a line has at most.
  private let pointsPerLine: Int
  /// How many points a mean has at most.
  private let pointsPerMean: Int

  init(_ groups: [ReportGroup]) {
    self.groups = groups
    let lines = groups.flatMap(\.runs).reduce(0) { $0 + $1.curves.count }
    pointsPerLine = min(2000, max(40, CurveFigures.mostPoints / max(1, lines)))
    let means = groups.filter { $0.runs.count > 1 }.reduce(0) { $0 + ($1.runs.map(\.curves.count).max() ?? 0) }
    pointsPerMean = min(400, max(40, CurveFigures.mostMeans / max(1, means)))
  }

  /// What the columns of several runs are, without those that only say how far a run is.
  static func columns(_ groups: [ReportGroup], _ curves: (ReportRun) -> [ReportCurve]) -> [Column] {
    Column.union(groups.flatMap(\.runs).map { curves($0).map(\.column) })
  }

  /// What a column is, for the line below its name.
  static func caption(_ column: Column) -> String {
    let better: String? =
      switch column.direction {
      case .lower: "lower is better"
      case .higher: "higher is better"
      case .none: nil
      }
    let unit = column.unit.isEmpty ? nil : "in \(column.unit)"
    return ([column.summary] + [unit, better].compactMap { $0 }).map(Escaping.text).joined(separator: "; ")
  }

  /// A figure with what stands around it.
  struct Card {
    let figure: Figure
    /// What stands below its title, as markup.
    let caption: String
    /// Steps that its table must have.
    let kept: [Double]
  }

  /// The figure of a column; nil where no run has a value.
  func figure(_ column: Column) -> Card? {
    let isAlone = groups.count == 1 && groups[0].runs.count == 1
    return isAlone ? single(column, groups[0].runs[0]) : several(column)
  }

  private func axes(_ column: Column, x: [Double], y: [Double]) -> (Figure.Axis, Figure.Axis) {
    let kind = Scale.kind(for: y, from: CurveFigures.wide)
    let words = [column.unit, kind == .logarithmic ? "log" : ""].filter { !$0.isEmpty }
    return (
      Figure.Axis("step", Scale(.linear, over: x, margin: 0.01)),
      Figure.Axis(words.joined(separator: ", "), Scale(kind, over: y))
    )
  }

  /// What real samples get, as far as runs that ended say it.
  private func floors(_ column: Column) -> [Figure.Floor] {
    let values = groups.flatMap(\.runs).compactMap { $0.judgement(of: column)?.realData }
    return values.isEmpty ? [] : [Figure.Floor("real data", Moments(of: values).mean)]
  }

  private func single(_ column: Column, _ run: ReportRun) -> Card? {
    guard let curve = run.curve(column.name), let places = curve.places else { return nil }
    let points = Thinning.extremes(curve.points, atMost: pointsPerLine)
    let floors = floors(column)
    let judged = run.judgement(of: column)
    var values = curve.values.filter(\.isFinite) + floors.map(\.value)
    var dots: [Figure.Dot] = []
    if let judged, let value = judged.value, let step = run.summary.verdict?.step {
      let interval = judged.standardError.map { (lower: value - 1.96 * $0, upper: value + 1.96 * $0) }
      dots.append(
        Figure.Dot(
          "at the end, with more samples", Ink(1), Figure.Point(Double(step), value), interval: interval,
          isLarge: true))
      values += [value] + (interval.map { [$0.lower, $0.upper] } ?? [])
    }
    let best = curve.best
    if let best {
      dots.append(
        Figure.Dot("best", Ink(0), Figure.Point(curve.steps[best], curve.values[best]), isHollow: true, isLarge: true))
    }
    let (x, y) = axes(column, x: curve.steps, y: values)
    var figure = Figure(column.name, summary: curve.sentence, x: x, y: y)
    figure.lines = [
      Figure.Line(
        column.name, Ink(0), points, hasMarkers: points.count <= 24, label: NumberText.short(curve.values[places.last]))
    ]
    (figure.floors, figure.dots) = (floors, dots)
    figure.hasLegend = !dots.isEmpty
    if figure.hasLegend { figure.height += 14 }
    if let floor = floors.first { figure.summary += " Real samples get \(NumberText.short(floor.value))." }
    if let judged, let value = judged.value {
      let error = judged.standardError.map { " ± \(NumberText.short($0))" } ?? ""
      figure.summary += " Measured at the end it is \(NumberText.short(value))\(error) (standard error)."
    }
    let thinned = points.count < curve.steps.count ? "; drawn are the extremes of \(points.count / 3) stretches" : ""
    return Card(
      figure: figure, caption: CurveFigures.caption(column) + thinned, kept: best.map { [curve.steps[$0]] } ?? [])
  }

  private func several(_ column: Column) -> Card? {
    var lines: [Figure.Line] = []
    var bands: [Figure.Band] = []
    var steps: [Double] = []
    var values: [Double] = []
    var sentences: [String] = []
    var number = 0
    var isThinned = false
    let hasLabels = groups.count <= 8
    for (place, group) in groups.enumerated() {
      let ink = Ink(place)
      for run in group.runs {
        defer { number += 1 }
        guard let curve = run.curve(column.name), curve.places != nil else { continue }
        let points = Thinning.extremes(curve.points, atMost: pointsPerLine)
        isThinned = isThinned || points.count < curve.steps.count
        steps += [curve.steps.first, curve.steps.last].compactMap { $0 }
        values += curve.values.filter(\.isFinite)
        let isAlone = group.runs.count == 1
        let name = isAlone ? "\(group.letter)" : "\(group.letter), seed \(run.summary.seed)"
        lines.append(
          Figure.Line(
            name, ink, points, isFaint: !isAlone || groups.count > 8, label: isAlone && hasLabels ? group.letter : nil,
            run: number))
        if isAlone { sentences.append("\(group.letter): \(curve.sentence)") }
      }
      guard group.runs.count > 1 else { continue }
      let means = group.mean(column).points
      guard let last = means.last, let first = means.first, first.count > 1 else { continue }
      let shown = Thinning.even(means.count, atMost: pointsPerMean).map { means[$0] }
      let counts = means.map(\.count)
      let (most, fewest) = (counts.max() ?? 0, counts.min() ?? 0)
      let name = "\(group.letter), mean of \(most == fewest ? "\(most)" : "\(most) to \(fewest)") runs"
      lines.append(
        Figure.Line(
          name, ink, shown.map { Figure.Point(Double($0.step), $0.mean) }, hasMarkers: shown.count <= 24,
          label: hasLabels ? group.letter : nil))
      let band = shown.compactMap { mean in
        mean.lower.flatMap { lower in mean.upper.map { (x: Double(mean.step), lower: lower, upper: $0) } }
      }
      if !band.isEmpty { bands.append(Figure.Band("\(group.letter), 95 %", ink, band)) }
      sentences.append(
        "\(group.letter): the mean of \(most) runs goes from \(NumberText.short(first.mean)) at step "
          + "\(Decimals.count(first.step)) to \(NumberText.short(last.mean)) at step \(Decimals.count(last.step)).")
    }
    guard !lines.isEmpty else { return nil }
    let floors = floors(column)
    let core = CurveFigures.core(values)
    let (x, y) = axes(column, x: steps, y: core + floors.map(\.value))
    var figure = Figure(
      column.name, summary: sentences.isEmpty ? "\(lines.count) runs." : sentences.prefix(8).joined(separator: " "),
      x: x,
      y: y)
    (figure.lines, figure.bands, figure.floors) = (lines, bands, floors)
    figure.hasLegend = groups.count <= 8
    let thinned = isThinned ? "; of long runs the extremes of stretches are drawn" : ""
    let cut = core.count < values.count ? "; a few values beyond the edge are drawn on it" : ""
    return Card(figure: figure, caption: CurveFigures.caption(column) + thinned + cut, kept: [])
  }

  /// Values without those that would press all others flat: beyond three times the extent between the 2nd and the 98th percentile.
  private static func core(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    guard sorted.count > 20 else { return sorted }
    let (low, high) = (sorted[sorted.count / 50], sorted[sorted.count - 1 - sorted.count / 50])
    let room = 3 * (high - low)
    return room > 0 ? sorted.filter { $0 >= low - room && $0 <= high + room } : sorted
  }
}
