import Files
import Reports
import Runs
import Specs

/// Panels as a terminal shows them, each as wide as it is, with what the groups have at the last shared step.
struct PlotAnswer {
  private let panels: [PlotPanels.Panel]
  private let title: String
  private let width: Int
  private let colors: TextFigure.Colors

  /// Lines of a panel's plot.
  private static let height = 14
  /// A wider one is no better to read.
  private static let widest = 160

  init(_ panels: [PlotPanels.Panel], title: String, width: Int = Terminal.proseWidth) {
    (self.panels, self.title) = (panels, title)
    self.width = min(width, PlotAnswer.widest)
    colors = Terminal.outputUsesColor ? .table : .none
  }

  /// All of it, without a line feed at its end.
  var text: String {
    let head = title.isEmpty ? [] : [Terminal.bold(DisplayText.printable(title), where: colors == .table), ""]
    return (head + [panels.map { lines(of: $0).joined(separator: "\n") }.joined(separator: "\n\n")])
      .joined(separator: "\n")
  }

  private func lines(of panel: PlotPanels.Panel) -> [String] {
    var figure = panel.figure
    let isOne = panel.series.count == 1
    // Bands are told in numbers: the lines have all the room.
    let values = figure.lines.flatMap { $0.points.map(\.y) } + figure.floors.map(\.value)
    figure.y.scale = Scale(figure.y.scale.kind, over: values)
    // A letter at the end of a line and before its name.
    for (place, series) in panel.series.enumerated() {
      guard let line = figure.lines.firstIndex(where: { !$0.isFaint && $0.name == series.name }) else { continue }
      figure.lines[line].label = isOne ? nil : GroupComparison.letter(place)
    }
    let name = figure.y.title + (figure.y.scale.kind == .logarithmic ? ", log" : "")
    let floor = figure.floors.first.map { "  (dotted: \($0.name) \(Decimals.short($0.value)))" } ?? ""
    let caption = Wrapping.shortened(DisplayText.printable(name + floor), width: width)
    var table = TextTable([.left, .left, .right, .left, .left])
    for (place, series) in panel.series.enumerated() {
      let last = series.last
      let interval = last.lower.flatMap { lower in
        last.upper.map { "95 % [\(Decimals.short(lower)), \(Decimals.short($0))]" }
      }
      table.add([
        GroupComparison.letter(place), series.name,
        Decimals.short(last.mean), interval ?? "", "at step \(Decimals.count(last.step))",
      ])
    }
    return [Terminal.bold(caption, where: colors == .table)]
      + TextFigure(figure, width: width, height: PlotAnswer.height, colors: colors).lines
      + zip(
        table.shortened(to: width, column: 1).without([], importance: [[4], [3]], width: width).text.split(
          separator: "\n"), panel.series
      ).map { line, series in
        // A single line needs no letter.
        isOne ? String(line.dropFirst(3)) : colors.painted(String(line.prefix(1)), series.ink) + line.dropFirst()
      }
  }
}
