import Files

/// How values are spread: `HistogramProto` of TensorBoard, 30 intervals of equal width from the least to the largest value.
package struct EventHistogram: Sendable, Equatable {
  private static let intervals = 30

  package let minimum: Double
  package let maximum: Double
  package let count: Int
  package let sum: Double
  package let squares: Double
  /// The upper end of each interval; a value at it belongs to the next, but in the last one.
  package let limits: [Double]
  /// The values in each.
  package let counts: [Double]

  /// Counts values; those that are not finite are left out.
  package init(_ values: [Float]) {
    let values = values.lazy.filter(\.isFinite).map { Double($0) }
    var (low, high, sum, squares, count) = (Double.infinity, -Double.infinity, 0.0, 0.0, 0)
    for value in values {
      (low, high) = (min(low, value), max(high, value))
      sum += value
      squares += value * value
      count += 1
    }
    if count == 0 { (low, high) = (0, 0) }
    (minimum, maximum, self.sum, self.squares, self.count) = (low, high, sum, squares, count)
    // Equal values have one interval.
    guard high > low else {
      (limits, counts) = ([high], [Double(count)])
      return
    }
    let width = (high - low) / Double(EventHistogram.intervals)
    limits = (1...EventHistogram.intervals).map { $0 == EventHistogram.intervals ? high : low + width * Double($0) }
    var counts = [Double](repeating: 0, count: EventHistogram.intervals)
    for value in values { counts[min(EventHistogram.intervals - 1, Int((value - low) / width))] += 1 }
    self.counts = counts
  }

  func write(to message: inout ProtobufMessage) {
    message.add(1, double: minimum)
    message.add(2, double: maximum)
    message.add(3, double: Double(count))
    message.add(4, double: sum)
    message.add(5, double: squares)
    message.add(6, doubles: limits)
    message.add(7, doubles: counts)
  }
}
