import Compute

/// Shapes on a plane of pixels, y growing downwards: what a figure comes to, for any kind of file.
package struct Drawing: Sendable {
  /// What a shape is for, by which it gets its colour and its width.
  package enum Role: String, Sendable {
    case frame, grid, tick, title, label, line, faint, band, floor, dot, hollow, whisker, bar, zero, tile, disc, cross
  }

  /// Where a text begins, ends or has its middle.
  package enum Anchor: String, Sendable { case start, middle, end }

  /// A shape.
  package enum Shape: Sendable {
    /// Strokes through points, one after the other.
    case path([[Figure.Point]])
    /// A closed outline, filled.
    case area([[Figure.Point]])
    /// A circle, filled.
    case circle(Figure.Point, radius: Double)
    /// A text; turned a quarter to the left where it says so.
    case text(String, Figure.Point, Anchor, isTurned: Bool)
  }

  /// A shape with what it is for.
  package struct Mark: Sendable {
    package let shape: Shape
    package let role: Role
    package var ink: Ink?
    package var run: Int?
    /// What it says to who points at it.
    package var name: String?
    /// How much of its colour it has, where that says something; else nil.
    package var shade: Double?
  }

  package let width: Double
  package let height: Double
  package private(set) var marks: [Mark] = []
  /// Where values lie: left, top, width, height.
  package internal(set) var plot = (left: 0.0, top: 0.0, width: 0.0, height: 0.0)

  package init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

  /// Adds a shape above those that there are.
  mutating func add(
    _ shape: Shape, _ role: Role, _ ink: Ink? = nil, run: Int? = nil, name: String? = nil, shade: Double? = nil
  ) {
    marks.append(Mark(shape: shape, role: role, ink: ink, run: run, name: name, shade: shade))
  }

  /// Adds the shapes of another drawing, whose corner is put at a place.
  mutating func add(_ other: Drawing, at corner: Figure.Point) {
    func moved(_ point: Figure.Point) -> Figure.Point { Figure.Point(point.x + corner.x, point.y + corner.y) }
    for mark in other.marks {
      let shape: Shape =
        switch mark.shape {
        case .path(let pieces): .path(pieces.map { $0.map(moved) })
        case .area(let pieces): .area(pieces.map { $0.map(moved) })
        case .circle(let centre, let radius): .circle(moved(centre), radius: radius)
        case .text(let text, let point, let anchor, let isTurned): .text(text, moved(point), anchor, isTurned: isTurned)
        }
      add(shape, mark.role, mark.ink, run: mark.run, name: mark.name, shade: mark.shade)
    }
  }

  /// The stretches of points between those that are none.
  static func pieces(_ points: [Figure.Point?]) -> [[Figure.Point]] {
    points.split { $0 == nil }.map { $0.compactMap { $0 } }
  }

  /// Adds a straight stroke.
  mutating func stroke(_ a: Figure.Point, _ b: Figure.Point, _ role: Role, _ ink: Ink? = nil) {
    add(.path([[a, b]]), role, ink)
  }

  /// Adds a text.
  mutating func write(
    _ text: String, _ x: Double, _ y: Double, _ role: Role, _ anchor: Anchor = .start, isTurned: Bool = false
  ) {
    add(.text(text, Figure.Point(x, y), anchor, isTurned: isTurned), role)
  }

  /// Adds a marker around a point.
  mutating func mark(_ point: Figure.Point, _ radius: Double, _ role: Role, _ ink: Ink, name: String? = nil) {
    let outline = ink.marker.outline
    guard !outline.isEmpty else { return add(.circle(point, radius: radius), role, ink, name: name) }
    add(
      .area([outline.map { Figure.Point(point.x + $0.x * radius, point.y + $0.y * radius) }]), role, ink, name: name)
  }

  /// Adds a ring of dashes around a point.
  mutating func ring(_ centre: Figure.Point, _ radius: Double) {
    let corners = 36
    let points = (0...corners).map { corner -> Figure.Point in
      let angle = 2 * Double.pi * Double(corner % corners) / Double(corners)
      return Figure.Point(
        centre.x + radius * CorrectlyRounded.cosine(angle), centre.y + radius * CorrectlyRounded.sine(angle))
    }
    add(.path([points]), .floor)
  }

  /// Adds two strokes that cross in each of some points.
  mutating func cross(_ centres: [Figure.Point], _ reach: Double, _ ink: Ink) {
    add(.path(centres.flatMap { Drawing.cross($0, reach) }), .cross, ink)
  }

  private static func cross(_ centre: Figure.Point, _ reach: Double) -> [[Figure.Point]] {
    [1.0, -1].map { slope in
      [-reach, reach].map { Figure.Point(centre.x + $0, centre.y + slope * $0) }
    }
  }

  /// The width of a text of 11 pixels in a font without serifs: an estimate, that of its widest letters.
  static func width(of text: String) -> Double {
    text.reduce(0.0) { $0 + ("iljt.,:;'|![]() ".contains($1) ? 3.6 : "mwMW".contains($1) ? 9.2 : 6.4) }
  }
}
