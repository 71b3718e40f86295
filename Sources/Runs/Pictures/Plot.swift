/// A rectangle of a canvas with two axes.
struct Plot {
  let x: Int
  let y: Int
  let width: Int
  let height: Int
  let across: Scale
  let up: Scale
  let palette: Palette
  /// How many pixels the lines are wide, and a pixel of a letter.
  let unit: Int

  /// How far numbers below and beside the frame reach.
  static func margins(_ unit: Int) -> (left: Int, below: Int) { (50 * unit, 20 * unit) }

  private func place(_ first: Double, _ second: Double) -> (x: Int, y: Int) {
    (
      x + Int(((across.place(first) ?? 0) * Double(width - 1)).rounded()),
      y + Int(((1 - (up.place(second) ?? 0)) * Double(height - 1)).rounded())
    )
  }

  /// Draws the frame; ticks and their numbers where they are asked for.
  func drawFrame(on canvas: inout Canvas, numbersBelow: Bool = true, numbersLeft: Bool = true) {
    canvas.frame(x: x, y: y, width: width, height: height, palette.frame, thickness: unit)
    let length = 4 * unit
    // Beyond the marks of what lies outside.
    let reach = 9 * unit
    if numbersBelow {
      for tick in across.ticks(atMost: max(2, width / (60 * unit) + 1)) {
        let column = place(tick.value, up.least).x
        canvas.fill(x: column - unit / 2, y: y + height, width: unit, height: length, palette.frame)
        canvas.write(
          tick.text, x: column - BitmapFont.width(tick.text) * unit / 2, y: y + height + reach, palette.text,
          scale: unit)
      }
    }
    if numbersLeft {
      for tick in up.ticks(atMost: max(2, height / (40 * unit) + 1)) {
        let row = place(across.least, tick.value).y
        canvas.fill(x: x - length, y: row - unit / 2, width: length, height: unit, palette.frame)
        canvas.write(
          tick.text, x: x - reach - BitmapFont.width(tick.text) * unit, y: row - 3 * unit, palette.text, scale: unit)
      }
    }
  }

  /// Draws points as dots, and a mark outside the frame where one lies outside.
  /// - Parameter marksOutside: whether there are such marks.
  func draw(
    _ points: [(Double, Double)], _ ink: Ink, isFine: Bool, marksOutside: Bool = true, on canvas: inout Canvas
  ) {
    for (first, second) in points {
      if across.contains(first), up.contains(second) {
        dot(place(first, second), ink, isFine: isFine, on: &canvas)
      } else if marksOutside, !first.isNaN, !second.isNaN {
        mark(first, second, on: &canvas)
      }
    }
  }

  private func dot(_ centre: (x: Int, y: Int), _ ink: Ink, isFine: Bool, on canvas: inout Canvas) {
    for dy in -unit...unit {
      for dx in -unit...unit {
        // The frame is no place for dots.
        guard (x..<(x + width)).contains(centre.x + dx), (y..<(y + height)).contains(centre.y + dy) else { continue }
        let strength: Float = dx == 0 && dy == 0 ? 0.8 : dx == 0 || dy == 0 ? 0.45 : 0.2
        guard !isFine || dx == 0 || dy == 0 else { continue }
        canvas.paint(centre.x + dx, centre.y + dy, ink, strength: isFine ? strength * 0.9 : strength)
      }
    }
  }

  /// A bar at the side of the frame beyond which a point lies.
  private func mark(_ first: Double, _ second: Double, on canvas: inout Canvas) {
    let inside = place(min(max(first, across.least), across.greatest), min(max(second, up.least), up.greatest))
    let length = 5 * unit
    let gap = 2 * unit
    if !across.contains(first) {
      canvas.fill(
        x: first < across.least ? x - gap - length : x + width + gap, y: inside.y - unit / 2, width: length,
        height: unit, palette.warning)
    }
    if !up.contains(second) {
      canvas.fill(
        x: inside.x - unit / 2, y: second < up.least ? y + height + gap : y - gap - length, width: unit,
        height: length, palette.warning)
    }
  }

  /// Draws a circle around a place, as runs' own sheets have around modes.
  func drawCircle(_ first: Double, _ second: Double, radius: Double, on canvas: inout Canvas) {
    let centre = place(first, second)
    let reach = Int(radius) + 1
    for dy in -reach...reach {
      for dx in -reach...reach {
        let distance = Double(dx * dx + dy * dy).squareRoot()
        let strength = 1 - abs(distance - radius) / Double(unit)
        if strength > 0 { canvas.paint(centre.x + dx, centre.y + dy, palette.mode, strength: Float(strength)) }
      }
    }
  }

  /// Draws how often values lie in each of equal parts of the axis, as shares: the data filled, samples as a line.
  ///
  /// `up` goes from 0 to a little more than the greatest share.
  func drawHistogram(real: [Double]?, generated: [Double], bins: Int, on canvas: inout Canvas) {
    func column(_ bin: Int) -> Int { x + bin * (width - 1) / bins }
    func row(_ share: Double) -> Int { place(across.least, share).y }
    let bottom = y + height - unit
    if let real {
      for (bin, share) in Plot.shares(real, across, bins: bins).enumerated() where share > 0 {
        canvas.fill(
          x: column(bin), y: row(share), width: column(bin + 1) - column(bin), height: bottom - row(share), palette.real
        )
      }
    }
    var last = bottom
    for (bin, share) in Plot.shares(generated, across, bins: bins).enumerated() {
      let level = share > 0 ? row(share) : bottom
      canvas.fill(
        x: column(bin), y: min(last, level), width: unit, height: abs(last - level) + unit, palette.generated)
      if share > 0 {
        canvas.fill(
          x: column(bin), y: level, width: column(bin + 1) - column(bin) + unit, height: unit, palette.generated)
      }
      last = level
    }
    canvas.fill(
      x: column(bins), y: last, width: unit, height: bottom - last + unit, palette.generated)
  }

  /// The share of all values that each of `bins` equal parts of an axis holds.
  static func shares(_ values: [Double], _ axis: Scale, bins: Int) -> [Double] {
    var counts = [Int](repeating: 0, count: bins)
    for value in values where axis.contains(value) {
      counts[min(bins - 1, Int((axis.place(value) ?? 0) * Double(bins)))] += 1
    }
    return counts.map { Double($0) / Double(max(values.count, 1)) }
  }
}
