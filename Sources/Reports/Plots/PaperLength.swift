import Files

/// A length on paper, as a person writes it: `8.5cm`, `85mm`, `3.25in`, `234pt`.
package struct PaperLength: Sendable, Equatable {
  /// Points, of which 72 are an inch.
  package let points: Double

  package init(points: Double) { self.points = points }

  /// In centimetres, rounded up to a tenth.
  package var text: String { "\(Decimals.text((points / 72 * 25.4).rounded(.up) / 10, 1))cm" }

  private static let units = [("cm", 72 / 2.54), ("mm", 7.2 / 2.54), ("in", 72.0), ("pt", 1.0)]

  /// Reads a number with its unit; nil where it is none, or not from 1 cm to 1 m.
  package init?(_ text: String) {
    guard let (name, factor) = PaperLength.units.first(where: { text.hasSuffix($0.0) }) else { return nil }
    guard let number = Double(text.dropLast(name.count)), number.isFinite else { return nil }
    points = number * factor
    guard (28.3...2834.7).contains(points) else { return nil }
  }
}
