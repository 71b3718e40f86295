import Compute

/// The bootstrap of a statistic of one or several independent groups (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
///
/// A resample draws as many values of each group as it has, with replacement: word i of the stream at the resample's number, from 0,
/// is the index below the group's size of its place i, the groups one after the other.
package struct Bootstrap: Sendable {
  /// The stream of resamples.
  package static let stream = "statistics/bootstrap"
  /// The resamples of an interval.
  package static let resamples = 9999

  /// The statistic of the values themselves.
  package let observed: Double
  /// The statistic of each resample, in ascending order.
  package let resampled: [Double]
  /// BCa's acceleration: a = sum_j sum_i U_ji^3 / n_j^3 / (6 (sum_j sum_i U_ji^2 / n_j^2)^(3/2)), where U_ji = (n_j - 1) (mean_i
  /// theta_ji - theta_ji) and theta_ji is the statistic without value i of group j.
  package let acceleration: Double

  /// Resamples groups of at least two values.
  package init(
    of groups: [[Double]], resamples: Int = Bootstrap.resamples, random: Random,
    statistic: ([[Double]]) -> Double
  ) {
    observed = statistic(groups)
    acceleration = Bootstrap.acceleration(of: groups, statistic: statistic)
    let count = groups.reduce(0) { $0 + $1.count }
    var drawn = groups
    var resampled: [Double] = []
    resampled.reserveCapacity(resamples)
    for resample in 0..<resamples {
      let words = random.bits(stream: Bootstrap.stream, step: UInt32(resample), count: count)
      var place = 0
      for (j, group) in groups.enumerated() {
        for i in group.indices {
          drawn[j][i] = group[Random.index(of: words[place], below: group.count)]
          place += 1
        }
      }
      resampled.append(statistic(drawn))
    }
    self.resampled = resampled.sorted()
  }

  /// BCa's acceleration by the jackknife.
  private static func acceleration(of groups: [[Double]], statistic: ([[Double]]) -> Double) -> Double {
    var (cubes, squares) = (0.0, 0.0)
    for (j, group) in groups.enumerated() {
      let n = Double(group.count)
      let without = group.indices.map { i in
        var left = groups
        left[j].remove(at: i)
        return statistic(left)
      }
      let mean = without.reduce(0, +) / n
      for value in without {
        let influence = (n - 1) * (mean - value) / n
        squares += influence * influence
        cubes += influence * influence * influence
      }
    }
    return cubes / (6 * squares * squares.squareRoot())
  }

  /// The interval between percentiles of the resamples, interpolated.
  ///
  /// It covers too little of few runs: use it beside another only.
  package func percentile(level: Double = 0.95) -> IntervalResult {
    guard let first = resampled.first, first != resampled.last else { return .none(.noSpread) }
    return .interval(Interval(lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2)))
  }

  /// The bias-corrected and accelerated interval, BCa (Efron, "Better Bootstrap Confidence Intervals", 1987): percentiles at alpha =
  /// Phi(z0 + (z0 + z) / (1 - a (z0 + z))), z0 being the normal quantile of the share of resamples below the statistic, those
  /// that are equal within rounding counted half.
  package func accelerated(level: Double = 0.95) -> IntervalResult {
    // Sums in another order round otherwise.
    var sides = Sides(observed: observed, magnitude: abs(observed))
    for value in resampled { sides.count(value) }
    let count = Double(resampled.count)
    let below = (sides.low + count - sides.high) / (2 * count)
    guard below > 0, below < 1, acceleration.isFinite else { return .none(.noSpread) }
    guard resampled.first != resampled.last else { return .none(.noSpread) }
    let bias = NormalDistribution.quantile(below)
    let z = NormalDistribution.quantile(upper: (1 - level) / 2)
    func end(_ z: Double) -> Double {
      let sum = bias + z
      return quantile(NormalDistribution.cumulative(bias + sum / (1 - acceleration * sum)))
    }
    let (lower, upper) = (end(-z), end(z))
    return lower < upper ? .interval(Interval(lower: lower, upper: upper)) : .none(.noSpread)
  }

  /// The resample at a share of the way from the first to the last, interpolated.
  private func quantile(_ share: Double) -> Double { Quantile.value(share, ofSorted: resampled) }
}

/// The quantile of values with linear interpolation (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996).
enum Quantile {
  /// Of values in ascending order, at least one: at place p (n - 1), from 0.
  static func value(_ p: Double, ofSorted values: [Double]) -> Double {
    let place = p * Double(values.count - 1)
    let low = Int(place)
    let high = min(low + 1, values.count - 1)
    return values[low] + (values[high] - values[low]) * (place - Double(low))
  }
}
