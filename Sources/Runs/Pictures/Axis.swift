import Files

/// A range of values along a side of a plot, with round numbers at which it has ticks.
package struct Axis: Sendable, Equatable {
  package let least: Double
  package let greatest: Double

  /// The axis over some values, a share of their extent wider on both sides; values that are not finite do not count.
  package init(over values: some Sequence<Double>, margin: Double) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite { (least, greatest) = (min(least, value), max(greatest, value)) }
    if least > greatest { (least, greatest) = (-1, 1) }
    let extent = greatest - least
    // Values that are all the same lie in the middle.
    let more = extent > 0 ? extent * margin : max(abs(least) * 0.1, 0.5)
    self.init(least - more, greatest + more)
  }

  package init(_ least: Double, _ greatest: Double) { (self.least, self.greatest) = (least, greatest) }

  /// Where a value lies: 0 at the least, 1 at the greatest.
  package func place(_ value: Double) -> Double { (value - least) / (greatest - least) }

  /// Whether a value lies on the axis; one that is not a number does not.
  package func contains(_ value: Double) -> Bool { value >= least && value <= greatest }

  /// At most so many multiples of 1, 2 or 5 times a power of ten, with their texts.
  package func ticks(atMost count: Int) -> [(value: Double, text: String)] {
    let extent = greatest - least
    guard extent > 0, extent.isFinite, count > 0 else { return [] }
    // The greatest power of ten that is not above the extent.
    var (unit, exponent) = (1.0, 0)
    while unit > extent { (unit, exponent) = (unit / 10, exponent - 1) }
    while unit * 10 <= extent { (unit, exponent) = (unit * 10, exponent + 1) }
    let steps: [(factor: Double, places: Int)] = [
      (0.1, 1), (0.2, 1), (0.5, 1), (1, 0), (2, 0), (5, 0), (10, -1), (20, -1),
    ]
    for step in steps {
      let width = unit * step.factor
      // Ends that are multiples themselves are so in spite of rounding.
      let (first, last) = ((least / width - 1e-9).rounded(.up), (greatest / width + 1e-9).rounded(.down))
      guard last - first < Double(count), first <= last, first.magnitude < 1e9, last.magnitude < 1e9 else { continue }
      let places = step.places - exponent
      return (Int(first)...Int(last)).map { (Double($0) * width, Axis.text(Double($0) * width, places: places)) }
    }
    return []
  }

  private static func text(_ value: Double, places: Int) -> String {
    if places > 4 || value.magnitude >= 1e6 { return value == 0 ? "0" : "\(Float(value))" }
    return Decimals.text(value, max(0, places))
  }
}
