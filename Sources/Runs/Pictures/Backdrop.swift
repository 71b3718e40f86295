import Files

/// Values all over a plane, which stand as colors behind its points.
package struct Backdrop: Sendable {
  /// What the values are.
  package enum Kind: String, CaseIterable, Sendable {
    /// How densely the samples lie.
    case density
    /// How densely the data lie.
    case data
    /// What scores each place.
    case score
  }

  /// Places along each side at which there is a value.
  package static let side = 240

  /// What the values are.
  package let kind: Kind
  /// The values [side, side], row by row from the top.
  package let values: [Double]
  /// The values at which colors are full; what lies beyond has them too.
  package let range: ClosedRange<Double>
  /// The value without color, at which there is a line; nil where there is none, and the least one is without.
  package let middle: Double?

  /// Describes what lies behind points.
  package init(_ kind: Kind, values: [Double], range: ClosedRange<Double>, middle: Double? = nil) {
    precondition(values.count == Backdrop.side * Backdrop.side, "values all over the plane")
    (self.kind, self.values, self.range, self.middle) = (kind, values, range, middle)
  }

  /// The middle of each cell of a grid over two axes [side, side, 2], row by row from the top.
  package static func places(_ across: Scale, _ up: Scale) -> [Double] {
    func middle(_ axis: Scale, _ cell: Int) -> Double {
      axis.least + (Double(cell) + 0.5) / Double(side) * (axis.greatest - axis.least)
    }
    return (0..<side).flatMap { row in
      (0..<side).flatMap { column in [middle(across, column), middle(up, side - 1 - row)] }
    }
  }

  /// What is written of it: the kind, and the values at both ends of the colors.
  var title: String {
    let name =
      switch kind {
      case .density: "density of samples"
      case .data: "density of data"
      case .score: "score"
      }
    return "\(name) \(Decimals.short(range.lowerBound)) to \(Decimals.short(range.upperBound))"
  }

  /// The color of a value: that of the ground at the middle, or at the least value where there is none.
  ///
  /// Of densities it grows with the root, so that the few samples between modes can be seen.
  func ink(_ value: Double, _ palette: Palette) -> Ink {
    func mixed(_ full: Ink, _ share: Double) -> Ink {
      palette.ground + (full - palette.ground) * Float(max(0, min(1, share)))
    }
    func share(_ first: Double, _ last: Double) -> Double { last == first ? 0 : (value - first) / (last - first) }
    switch kind {
    case .density: return mixed(palette.generated, share(range.lowerBound, range.upperBound).squareRoot())
    case .data: return mixed(palette.text, 0.8 * share(range.lowerBound, range.upperBound).squareRoot())
    case .score:
      guard let middle else { return mixed(palette.mode, 0.8 * share(range.lowerBound, range.upperBound)) }
      return value >= middle
        ? mixed(palette.mode, 0.8 * share(middle, range.upperBound))
        : mixed(palette.generated, 0.5 * share(middle, range.lowerBound))
    }
  }

  /// Paints a rectangle of a canvas, with a line where values pass the middle.
  func draw(x: Int, y: Int, width: Int, height: Int, _ palette: Palette, on canvas: inout Canvas) {
    let fine = (0..<height).map { row in
      (0..<width).map { column in
        value(at: (Double(column) + 0.5) / Double(width), (Double(row) + 0.5) / Double(height))
      }
    }
    func isAbove(_ row: Int, _ column: Int) -> Bool { middle.map { fine[row][column] >= $0 } ?? true }
    for row in 0..<height {
      for column in 0..<width {
        let isBorder =
          (row > 0 && isAbove(row, column) != isAbove(row - 1, column))
          || (column > 0 && isAbove(row, column) != isAbove(row, column - 1))
        canvas.paint(x + column, y + row, isBorder ? palette.frame : ink(fine[row][column], palette))
      }
    }
  }

  /// The value at a place, 0 to 1 from the left and from the top, between those of the nearest four.
  private func value(at across: Double, _ down: Double) -> Double {
    func neighbours(_ share: Double) -> (first: Int, second: Int, weight: Double) {
      let place = max(0, min(Double(Backdrop.side - 1), share * Double(Backdrop.side) - 0.5))
      let first = Int(place)
      return (first, min(first + 1, Backdrop.side - 1), place - Double(first))
    }
    let (column, row) = (neighbours(across), neighbours(down))
    func between(_ row: Int) -> Double {
      let (first, second) = (values[row * Backdrop.side + column.first], values[row * Backdrop.side + column.second])
      return first + column.weight * (second - first)
    }
    return between(row.first) + row.weight * (between(row.second) - between(row.first))
  }

  /// The width of the bar of colors in the legend, in units.
  static let barWidth = 40

  /// Draws the colors from the least to the greatest value.
  func drawBar(x: Int, y: Int, unit: Int, _ palette: Palette, on canvas: inout Canvas) {
    for column in 0..<(Backdrop.barWidth * unit) {
      let share = Double(column) / Double(Backdrop.barWidth * unit - 1)
      let value = range.lowerBound + share * (range.upperBound - range.lowerBound)
      canvas.fill(x: x + column, y: y, width: 1, height: 7 * unit, ink(value, palette))
    }
    canvas.frame(x: x, y: y, width: Backdrop.barWidth * unit, height: 7 * unit, palette.frame, thickness: unit)
  }
}
