import Runs

/// Trials as lines across several upright axes, one a parameter and the last that of what came of it.
package struct ParallelCoordinates: Sendable {
  /// A trial.
  package struct Line: Sendable {
    package let name: String
    /// A value on each axis; nil where it has none.
    package let values: [Double?]
    /// Whether it is one of the best.
    package let isGood: Bool

    package init(_ name: String, _ values: [Double?], isGood: Bool) {
      (self.name, self.values, self.isGood) = (name, values, isGood)
    }
  }

  /// Upright axes.
  package let axes: [Figure.Axis]
  package let lines: [Line]
  package var width = 760.0
  package var height = 330.0

  package init(_ axes: [Figure.Axis], _ lines: [Line]) { (self.axes, self.lines) = (axes, lines) }

  /// The shapes that show it; of the lines the good ones lie above.
  package var drawing: Drawing {
    var drawing = Drawing(width: width, height: height)
    let (top, bottom) = (34.0, height - 14)
    let (left, right) = (74.0, width - 44)
    let gap = axes.count > 1 ? (right - left) / Double(axes.count - 1) : 0
    drawing.plot = (left, top, right - left, bottom - top)
    func x(_ place: Int) -> Double { left + gap * Double(place) }
    for (number, line) in lines.enumerated().filter({ !$1.isGood }) + lines.enumerated().filter({ $1.isGood }) {
      let pieces = Drawing.pieces(
        axes.enumerated().map { place, axis in
          line.values[place].flatMap { axis.scale.place($0) }.map {
            Figure.Point(x(place), bottom - $0 * (bottom - top))
          }
        })
      let drawn = pieces.filter { $0.count > 1 }
      guard !drawn.isEmpty else { continue }
      drawing.add(.path(drawn), line.isGood ? .line : .faint, Ink(line.isGood ? 0 : 6), run: number, name: line.name)
    }
    for (place, axis) in axes.enumerated() {
      let isLast = place == axes.count - 1
      drawing.stroke(Figure.Point(x(place), top), Figure.Point(x(place), bottom), .frame)
      for tick in axis.ticks(atMost: 6) {
        guard let share = axis.scale.place(tick.value), share >= -1e-9, share <= 1 + 1e-9 else { continue }
        let y = bottom - share * (bottom - top)
        drawing.stroke(Figure.Point(x(place) - 3, y), Figure.Point(x(place) + 3, y), .frame)
        drawing.write(
          ParallelCoordinates.fitted(tick.text, isLast ? 40 : place == 0 ? 66 : gap - 14), x(place) + (isLast ? 6 : -6),
          y + 4, .tick,
          isLast ? .start : .end)
      }
      // Names of neighbours stand in two lines.
      drawing.write(
        ParallelCoordinates.fitted(axis.title, place == 0 || isLast ? gap + 60 : 2 * gap - 8),
        place == 0 ? 4 : isLast ? width - 4 : x(place),
        place % 2 == 0 ? 12 : 26, .label, place == 0 ? .start : isLast ? .end : .middle)
    }
    return drawing
  }

  /// A text that is cut where there is less room.
  private static func fitted(_ text: String, _ room: Double) -> String {
    guard Drawing.width(of: text) > room else { return text }
    var text = text
    while !text.isEmpty, Drawing.width(of: text) + 8 > room { text.removeLast() }
    return text + "…"
  }
}
