import Compute
import Statistics

/// Normal numbers, or numbers whose logarithm is normal (log-normal), maybe rounded to multiples of a step.
///
/// The value at u is m + s z, or exp(m + s z), z being the quantile of the standard normal distribution at u, and at least that
/// of 2^-53.
package struct NormalValues: Sendable, Equatable {
  /// The mean m, of the logarithm where that is normal.
  package let mean: Double
  /// The standard deviation s, above 0, likewise.
  package let deviation: Double
  /// Whether the logarithm is normal.
  package let isLogarithmic: Bool
  /// Of what values are multiples; nil where they are all numbers.
  package let step: Double?

  /// Makes a distribution.
  package init(mean: Double, deviation: Double, isLogarithmic: Bool = false, step: Double? = nil) {
    (self.mean, self.deviation) = (mean, deviation)
    (self.isLogarithmic, self.step) = (isLogarithmic, step)
  }

  /// The value at u in [0, 1).
  package func value(at u: Double) -> Double {
    let value = mean + deviation * NormalDistribution.quantile(max(u, 0x1p-53))
    return rounded(isLogarithmic ? CorrectlyRounded.exponential(value) : value)
  }

  /// The nearest multiple of the step; of two that with an even factor.
  func rounded(_ value: Double) -> Double {
    guard let step else { return value }
    return NumberInterval.tidy((value / step).rounded(.toNearestOrEven) * step, step: step)
  }
}
