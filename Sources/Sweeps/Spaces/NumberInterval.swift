import Compute
import Specs

/// Numbers between two ends: all of them, those of a step, or so many points, on a linear or a logarithmic scale.
///
/// | values | value at u |
/// |---|---|
/// | all, linear | a + u (b - a) |
/// | all, logarithmic | a (b / a)^u |
/// | n of a step q, linear | a + q floor(n u) |
/// | n of a step q, logarithmic | a + q floor((x - a) / q), x logarithmic between a and the last value + q |
/// | n points | point floor(n u) |
///
/// Integers are numbers of the step 1, or of a multiple.
package struct NumberInterval: Sendable, Equatable {
  /// The least value.
  package let low: Double
  /// The largest value; where there is a step, the last one that it reaches.
  package let high: Double
  /// Whether logarithms are uniform.
  package let isLogarithmic: Bool
  /// Whether values are integers.
  package let isInteger: Bool
  /// The distance of neighbouring values; nil where all numbers are values.
  package let step: Double?
  /// The points, in increasing order, where the interval is a number of them.
  package let points: [Double]?

  /// Makes an interval.
  /// - Parameters:
  ///   - step: the distance of values, at most high - low; integers have 1.
  ///   - points: how many points, both ends included and equally spaced on the scale; integers are rounded, and each is taken
  ///     once.
  package init(
    _ low: Double, _ high: Double, isLogarithmic: Bool = false, isInteger: Bool = false, step: Double? = nil,
    points: Int? = nil
  ) {
    let step = points == nil ? step ?? (isInteger ? 1 : nil) : nil
    self.low = low
    self.high = step.map { NumberInterval.tidy(low + $0 * ((high - low) / $0 + 1e-9).rounded(.down), step: $0) } ?? high
    self.isLogarithmic = isLogarithmic
    self.isInteger = isInteger
    self.step = step
    self.points = points.map { count in
      var values: [Double] = []
      for place in 0..<count {
        let value =
          place == count - 1
          ? high : NumberInterval.between(low, high, Double(place) / Double(count - 1), isLogarithmic: isLogarithmic)
        let rounded = isInteger ? value.rounded(.toNearestOrEven) : value
        if values.last.map({ $0 < rounded }) ?? true { values.append(rounded) }
      }
      return values
    }
  }

  /// How many values there are; nil where they are all numbers between the ends.
  package var count: Int? { points?.count ?? step.map { Int(((high - low) / $0).rounded()) + 1 } }

  /// The most values that are listed.
  package static let listLimit = 100_000

  /// All values, where they are at most 100 000.
  package var values: [Double]? {
    guard let count, count <= NumberInterval.listLimit else { return nil }
    return points ?? (0..<count).map(value(number:))
  }

  /// The value at u in [0, 1).
  package func value(at u: Double) -> Double {
    if let points { return points[Distribution.place(of: u, among: points.count)] }
    guard let step, let count else { return NumberInterval.between(low, high, u, isLogarithmic: isLogarithmic) }
    guard isLogarithmic else { return value(number: Distribution.place(of: u, among: count)) }
    let x = NumberInterval.between(low, high + step, u, isLogarithmic: true)
    return value(number: min(max(0, Int(((x - low) / step).rounded(.down))), count - 1))
  }

  /// The value of a number, from 0, where there is a step.
  func value(number: Int) -> Double { NumberInterval.tidy(low + (step ?? 0) * Double(number), step: step ?? 0) }

  /// A value as specs have it.
  func node(_ value: Double) -> Node { isInteger ? .integer(Int(value)) : .number(value) }

  /// The number nearest to a value that has 12 places behind the point, since 3 · 0.1 is meant to be 0.3; values of a step that is
  /// finer than a millionth, or too large for that, stay.
  static func tidy(_ value: Double, step: Double) -> Double {
    step >= 1e-6 && abs(value) < 9000 ? (value * 1e12).rounded(.toNearestOrEven) / 1e12 : value
  }

  private static func between(_ low: Double, _ high: Double, _ u: Double, isLogarithmic: Bool) -> Double {
    let value = isLogarithmic ? low * CorrectlyRounded.power(high / low, u) : low + u * (high - low)
    return min(max(low, value), high)
  }
}
