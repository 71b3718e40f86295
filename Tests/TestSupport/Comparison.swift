/// How far Floats are from the Doubles they should be.
package enum Comparison {
  /// The largest difference, relative to the largest magnitude of the reference; infinite where one is not finite and
  /// the other is.
  package static func largestError(of values: [Float], from reference: [Double]) -> Double {
    guard values.count == reference.count else { return .infinity }
    let scale = reference.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    var largest = 0.0
    for (value, exact) in zip(values, reference) {
      if value.isNaN && exact.isNaN || Double(value) == exact || value == Float(exact) { continue }
      let error = abs(Double(value) - exact)
      largest = max(largest, error.isNaN || !exact.isFinite ? .infinity : error / max(scale, 1e-30))
    }
    return largest
  }

  /// The distance from the exact result in units of its last place, denormals counting as zero.
  package static func unitsInLastPlace(_ value: Float, _ exact: Double) -> Double {
    if value.isNaN || exact.isNaN { return value.isNaN && exact.isNaN ? 0 : .infinity }
    if abs(exact) < Double(Float.leastNormalMagnitude) {
      // Flushed results: nothing, or the least normal number, for what is below it.
      return abs(value) <= Float.leastNormalMagnitude ? 0 : .infinity
    }
    let rounded = Float(exact)
    if value == rounded { return 0 }
    guard value.isFinite, rounded.isFinite else {
      // Beyond the largest number infinity and that number are neighbours.
      let top = Double(Float.greatestFiniteMagnitude)
      return abs(exact) >= top * (1 - 1e-6) && abs(Double(value)) >= top * (1 - 1e-6) ? 0 : .infinity
    }
    // In Double, since a session leaves its thread flushing denormals, as the unit of a small number is one.
    return abs(Double(value) - exact)
      / Double(sign: .plus, exponent: Int(rounded.exponent) - 23, significand: 1)
  }

  /// Whether two arrays are the same bits.
  package static func areSameBits(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern }
  }
}
