/// What tells a series from others: a colour, dashes and a marker, so that no one of them has to.
///
/// Colours are those of Okabe and Ito, "Color Universal Design", 2008, which people with any kind of colour vision tell apart; on a
/// light ground the bright ones are darkened, and on a dark one the dark ones brightened, to a contrast of 3 at least.
package struct Ink: Sendable, Equatable {
  /// Its place among the inks.
  package let number: Int

  /// The ink of a series, by its place; after eight they come again.
  package init(_ number: Int) { self.number = number % Ink.light.count }

  /// Colours on a light ground, as in CSS.
  package static let light = [
    "#0072b2", "#d55e00", "#00845f", "#b05a8c", "#9a6b00", "#3a85b5", "#111111", "#7d7400",
  ]
  /// Colours on a dark ground.
  package static let dark = [
    "#56b4e9", "#e8703a", "#1fbf92", "#dd8fbb", "#e69f00", "#3d93cf", "#f4f4f4", "#f0e442",
  ]

  /// The lengths of strokes and gaps, in pixels; none of a solid line.
  package var dashes: [Int] {
    [[], [7, 3], [2, 3], [9, 3, 2, 3], [5, 2, 1, 2], [12, 4], [3, 2], [10, 2, 4, 2]][number]
  }

  /// The marker at single points.
  package var marker: Marker { Marker.allCases[number % Marker.allCases.count] }

  /// A shape around a point.
  package enum Marker: String, CaseIterable, Sendable {
    case circle, square, triangle, diamond, cross

    /// Its outline on the square from -1 to 1; none of the circle.
    var outline: [(x: Double, y: Double)] {
      switch self {
      case .circle: []
      case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
      case .triangle: [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)]
      case .diamond: [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)]
      case .cross:
        [
          (-1.1, -0.4), (-0.4, -0.4), (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
          (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4),
        ]
      }
    }
  }
}
