/// The median and the median absolute deviation (MAD) from it.
package enum Median {
  /// The middle value, or the mean of the two middle ones; NaN of none.
  package static func value(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return .nan }
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    return low == high ? low : high == .infinity || low == -.infinity ? last : low + (high - low) / 2
  }

  /// The median of |x - median|, in the values' unit and not scaled to a standard deviation.
  package static func absoluteDeviation(_ values: [Double]) -> Double {
    let median = value(values)
    return value(values.map { abs($0 - median) })
  }
}
