import Testing

/// Holds a value to another program's: both equal, or within a share of it.
func expect(
  _ value: Double?, _ expected: Double, within tolerance: Double = 1e-10, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let value = value ?? .nan
  #expect(
    value == expected || abs(value - expected) <= tolerance * abs(expected), "\(what) \(value), not \(expected)",
    sourceLocation: sourceLocation)
}
