/// The values of a column so far: the first ones, the last ones and the extremes.
struct Series: Sendable {
  /// How many of the first and of the last values are kept.
  static let kept = 10

  /// How many there were.
  private(set) var count = 0
  private(set) var early: [Double] = []
  /// The last ones, the newest last.
  private(set) var recent: [Double] = []
  /// The least and the largest so far; infinite before the first.
  private(set) var (least, most) = (Double.infinity, -Double.infinity)

  /// The newest; nil before the first.
  var last: Double? { recent.last }

  /// Takes the next value; what is no number is none.
  mutating func add(_ value: Double) {
    guard !value.isNaN else { return }
    count += 1
    if early.count < Series.kept { early.append(value) }
    if recent.count == Series.kept { recent.removeFirst() }
    recent.append(value)
    (least, most) = (min(least, value), max(most, value))
  }

  /// The last so many, the newest last; nil where there are fewer.
  func last(_ count: Int) -> ArraySlice<Double>? { recent.count >= count ? recent.suffix(count) : nil }

  /// The middle of the first values, of an even number the upper one; nil before there are so many as are kept.
  var earlyMedian: Double? { early.count == Series.kept ? early.sorted()[Series.kept / 2] : nil }
}
