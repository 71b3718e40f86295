import Files

/// How shapes of a role are painted: the same in pages, files and on paper.
///
/// Lengths are pixels beside texts of 11 pixels.
package struct Paint: Sendable, Equatable {
  /// A colour by its part in the scheme.
  package enum Color: String, Sendable {
    /// That of the series.
    case ink
    case text, quiet, rule, ground
  }

  /// What is filled; nil for nothing.
  package var fill: Color?
  /// What is stroked; nil for nothing.
  package var stroke: Color?
  package var width = 0.0
  /// Lengths of strokes and gaps; nil for those of the series.
  package var dashes: [Double]? = []
  package var opacity = 1.0

  private init(fill: Color? = nil) { self.fill = fill }

  private init(stroke: Color, _ width: Double, dashes: [Double]? = [], opacity: Double = 1, fill: Color? = nil) {
    (self.stroke, self.width, self.dashes, self.opacity, self.fill) = (stroke, width, dashes, opacity, fill)
  }

  /// The paint of a role.
  package init(_ role: Drawing.Role) {
    switch role {
    case .frame, .zero: self.init(stroke: .quiet, 1)
    case .grid: self.init(stroke: .rule, 0.8)
    case .tick, .title: self.init(fill: .quiet)
    case .label: self.init(fill: .text)
    case .line: self.init(stroke: .ink, 1.7, dashes: nil)
    case .faint: self.init(stroke: .ink, 0.9, opacity: 0.38)
    case .band:
      self.init(fill: .ink)
      opacity = 0.17
    case .floor: self.init(stroke: .text, 1.1, dashes: [2, 2.5])
    case .dot, .bar, .tile: self.init(fill: .ink)
    case .disc:
      self.init(fill: .ink)
      opacity = 0.72
    case .cross: self.init(stroke: .ink, 1.8)
    case .hollow: self.init(stroke: .ink, 1.5, fill: .ground)
    case .whisker: self.init(stroke: .ink, 1.6)
    }
  }

  /// A colour on a light ground, as in CSS.
  package static func light(_ color: Color, _ ink: Ink?) -> String {
    switch color {
    case .ink: Ink.light[ink?.number ?? 6]
    case .text: "#1b1f24"
    case .quiet: "#59626e"
    case .rule: "#dde1e6"
    case .ground: "#ffffff"
    }
  }
}
