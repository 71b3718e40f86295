import Runs

/// What a figure shows, however it is drawn: axes, and on them series, bands, floors and dots.
package struct Figure: Sendable {
  /// A side of a figure.
  package struct Axis: Sendable {
    /// What its values are, with their unit.
    package var title: String
    package var scale: Scale
    /// Names at the values 0, 1 and so on in place of numbers, or nothing; nil where values are numbers.
    package var categories: [String]?

    package init(_ title: String, _ scale: Scale, categories: [String]? = nil) {
      (self.title, self.scale, self.categories) = (title, scale, categories)
    }

    /// Its names, or at most so many round numbers.
    func ticks(atMost count: Int) -> [Scale.Tick] {
      categories.map { names in
        names.enumerated().filter { !$1.isEmpty }.map { Scale.Tick(value: Double($0), text: $1) }
      }
        ?? scale.ticks(atMost: count)
    }
  }

  /// A point, in values of the axes.
  package struct Point: Sendable, Equatable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  /// A series as a line, with a gap where a value is none.
  package struct Line: Sendable {
    /// What it is called in the legend and in tables; empty for what stands there already.
    package var name: String
    package var ink: Ink
    package var points: [Point]
    /// Whether it is one of many behind the others.
    package var isFaint = false
    /// Whether its points are marked.
    package var hasMarkers = false
    /// A word at its end.
    package var label: String?
    /// The number of the run that it is of, for what a page hides and shows.
    package var run: Int?

    package init(
      _ name: String, _ ink: Ink, _ points: [Point], isFaint: Bool = false, hasMarkers: Bool = false,
      label: String? = nil, run: Int? = nil
    ) {
      (self.name, self.ink, self.points) = (name, ink, points)
      (self.isFaint, self.hasMarkers, self.label, self.run) = (isFaint, hasMarkers, label, run)
    }
  }

  /// The place between two curves.
  package struct Band: Sendable {
    package var name: String
    package var ink: Ink
    package var points: [(x: Double, lower: Double, upper: Double)]

    package init(_ name: String, _ ink: Ink, _ points: [(x: Double, lower: Double, upper: Double)]) {
      (self.name, self.ink, self.points) = (name, ink, points)
    }
  }

  /// A value along the whole width, such as what real samples get.
  package struct Floor: Sendable {
    package var name: String
    package var value: Double
    /// Whether it is one of x, along the whole height.
    package var isUpright = false

    package init(_ name: String, _ value: Double, isUpright: Bool = false) {
      (self.name, self.value, self.isUpright) = (name, value, isUpright)
    }
  }

  /// A marked point, with an interval where it has one.
  package struct Dot: Sendable {
    package var name: String
    package var ink: Ink
    package var point: Point
    package var interval: (lower: Double, upper: Double)?
    /// Whether it is an outline alone.
    package var isHollow = false
    /// Whether it is a little larger than others.
    package var isLarge = false
    /// Whether its values lie along the other side: the interval is of x.
    package var isSideways = false

    package init(
      _ name: String, _ ink: Ink, _ point: Point, interval: (lower: Double, upper: Double)? = nil,
      isHollow: Bool = false, isLarge: Bool = false, isSideways: Bool = false
    ) {
      (self.name, self.ink, self.point, self.interval) = (name, ink, point, interval)
      (self.isHollow, self.isLarge, self.isSideways) = (isHollow, isLarge, isSideways)
    }
  }

  /// A bar from 0.
  package struct Bar: Sendable {
    package var name: String
    package var ink: Ink
    /// Its place on y.
    package var place: Double
    /// Its length on x.
    package var length: Double
    /// What stands behind it.
    package var label: String
    /// The value behind which that stands, where something else is drawn behind the bar.
    package var clearance = 0.0

    package init(_ name: String, _ ink: Ink, place: Double, length: Double, label: String) {
      (self.name, self.ink, self.place, self.length, self.label) = (name, ink, place, length, label)
    }
  }

  /// A rectangle whose shade says how much there is.
  package struct Tile: Sendable {
    package var name: String
    package var ink: Ink
    package var x: ClosedRange<Double>
    package var y: ClosedRange<Double>
    /// From 0, nothing, to 1.
    package var shade: Double
    /// Whether it is crossed: there is nothing where something should be.
    package var isCrossed = false

    package init(
      _ name: String, _ ink: Ink, x: ClosedRange<Double>, y: ClosedRange<Double>, shade: Double, isCrossed: Bool = false
    ) {
      (self.name, self.ink, self.x, self.y, self.shade, self.isCrossed) = (name, ink, x, y, shade, isCrossed)
    }
  }

  /// A disc whose area says how much there is, within a ring of the area that there should be.
  package struct Disc: Sendable {
    package var name: String
    package var ink: Ink
    package var point: Point
    /// Its area, by that of the ring; a cross stands in the ring where it is 0.
    package var size: Double
    /// A word beside it.
    package var label: String

    package init(_ name: String, _ ink: Ink, _ point: Point, size: Double, label: String) {
      (self.name, self.ink, self.point, self.size, self.label) = (name, ink, point, size, label)
    }
  }

  /// What it is, in a few words.
  package var title: String
  /// What is to be seen in it, in sentences, for those who do not see it.
  package var summary: String
  package var x: Axis
  package var y: Axis
  package var bands: [Band] = []
  package var lines: [Line] = []
  package var floors: [Floor] = []
  package var dots: [Dot] = []
  package var bars: [Bar] = []
  package var tiles: [Tile] = []
  package var discs: [Disc] = []
  /// Whether a unit is as long on y as on x.
  package var hasEqualUnits = false
  /// What else stands in the legend.
  var signs: [Legend.Entry] = []
  /// Whether the names of series stand below.
  package var hasLegend = false
  /// Pixels from the left edge to the plot at least, for figures below each other.
  package var indentation = 0.0
  /// Pixels.
  package var width = 380.0
  package var height = 226.0

  package init(_ title: String, summary: String, x: Axis, y: Axis) {
    (self.title, self.summary, self.x, self.y) = (title, summary, x, y)
  }
}
