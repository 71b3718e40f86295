import Training

/// Panels on paper as one drawing: side by side or one above the other, with one legend.
package struct PaperPlot {
  /// Sizes and letters.
  package struct Manner: Sendable {
    /// Columns of a page that the plot spans, 1 or 2.
    package var span = 1
    /// nil for that of the columns.
    package var width: PaperLength?
    /// nil for what suits.
    package var height: PaperLength?
    /// Points.
    package var fontSize = 8.0
    package var font = PaperFont.sans
    /// What stands above; empty for nothing.
    package var title = ""

    package init() {}

    /// That of the file: a column of a page of letter or A4 has 3.25 inches, both have 6.75.
    fileprivate var points: Double { width?.points ?? 72 * (span == 1 ? 3.25 : 6.75) }
  }

  package let drawing: Drawing
  /// Points per pixel of the drawing: texts of 11 pixels get the size of the font.
  package let scale: Double
  /// The title and the names of groups that do not fit into its width.
  package let cutOff: [String]
  /// What panels, legend and title need from top to bottom.
  package let leastHeight: PaperLength
  private let manner: Manner
  private let summary: String
  private let name: String

  package init(_ panels: [PlotPanels.Panel], _ manner: Manner) {
    self.manner = manner
    let scale = manner.fontSize / 11
    self.scale = scale
    let width = manner.points / scale
    // Side by side as far as each is two inches wide.
    let row = max(1, min(panels.count, 3, Int(manner.points / 144)))
    let rows = (panels.count + row - 1) / row
    let gap = 10.0
    let own = (width - gap * Double(row - 1)) / Double(row)
    let entries = PaperPlot.entries(panels)
    let legend = Legend(entries, width: width - 16)
    cutOff =
      (Drawing.width(of: manner.title) > width ? [manner.title] : [])
      + entries.filter { $0.width > width - 4 }.map(\.name)
    let above = manner.title.isEmpty ? 0.0 : 18
    let below = legend.height == 0 ? 0 : legend.height + 6
    // The names of the sides have to fit beside the plots.
    let longest = panels.map { Drawing.width(of: $0.figure.y.title) }.max() ?? 0
    let height =
      manner.height.map { $0.points / scale } ?? above + below + Double(rows) * max(own * 0.66, longest + 56, 120)
    leastHeight = PaperLength(points: (above + below + Double(rows) * PaperPlot.leastPanel) * scale)
    var drawing = Drawing(width: width, height: height)
    let each = (height - above - below) / Double(rows)
    var figures = panels.map(\.figure)
    for number in figures.indices {
      (figures[number].width, figures[number].height, figures[number].hasLegend) = (own, each, false)
    }
    // Plots above each other begin at the same place.
    let lefts = figures.map(\.drawing.plot.left)
    for number in figures.indices {
      let column = stride(from: number % row, to: figures.count, by: row)
      figures[number].indentation = column.map { lefts[$0] }.max() ?? 0
      let corner = Figure.Point(Double(number % row) * (own + gap), above + Double(number / row) * each)
      drawing.add(figures[number].drawing, at: corner)
    }
    if !manner.title.isEmpty { drawing.write(manner.title, width / 2, 13, .label, .middle) }
    legend.draw(on: &drawing)
    self.drawing = drawing
    name = manner.title.isEmpty ? panels.map(\.column.name).joined(separator: ", ") : manner.title
    summary = panels.map(\.figure.summary).joined(separator: " ")
  }

  /// Pixels that a panel's ticks and title leave something of.
  private static let leastPanel = 90.0

  /// The groups with the runs that they have in any panel; none where a single run is all there is.
  private static func entries(_ panels: [PlotPanels.Panel]) -> [Legend.Entry] {
    var groups: [PlotPanels.Series] = []
    var counts: [String: ClosedRange<Int>] = [:]
    for one in panels.flatMap(\.series) {
      if let known = counts[one.group] {
        counts[one.group] =
          min(known.lowerBound, one.counts.lowerBound)...max(known.upperBound, one.counts.upperBound)
      } else {
        groups.append(one)
        counts[one.group] = one.counts
      }
    }
    guard groups.count > 1 || groups.contains(where: \.isOfSeveral) else { return [] }
    return groups.map { group in
      let name =
        group.isOfSeveral ? PlotPanels.Series.name(group.group, counts[group.group] ?? group.counts) : group.group
      return Legend.Entry(name: name, ink: group.ink, sign: .line)
    }
  }

  /// As SVG, whose texts are texts.
  package var svg: [UInt8] {
    [UInt8](
      SVG.text(
        of: drawing, title: name, summary: summary, id: "plot",
        as: SVG.File(scale: scale * 96 / 72, fonts: manner.font.names)
      ).utf8)
  }

  /// As PDF, with its fonts in it.
  package func pdf() throws(RunError) -> [UInt8] {
    try CairoPicture(drawing, manner.font, scale: scale).pdf(title: name)
  }

  /// As PNG.
  /// - Parameter density: pixels per inch.
  package func png(density: Double) throws(RunError) -> [UInt8] {
    try CairoPicture(drawing, manner.font, scale: scale).png(density: density)
  }
}
