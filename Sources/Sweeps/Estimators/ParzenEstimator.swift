import Compute

/// A Parzen estimator: a mixture of products of kernels over all axes, one component an observation, and a last one that knows
/// nothing.
///
/// p(x) = sum_i w_i prod_j k_ij(x_j). (Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", 2011;
/// products over all axes: Falkner, Klein and Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", 2018.)
package struct ParzenEstimator: Sendable {
  /// The weight of each component; their sum is 1.
  package let weights: [Double]
  private let logWeights: [Double]
  private let kernels: [Kernels]

  /// The estimator of observations, the oldest first, each with a position on every axis.
  package init(of observations: [[Double]], on axes: [Axis]) {
    let raw = ParzenEstimator.weights(of: observations.count) + [1]
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
    logWeights = weights.map { CorrectlyRounded.logarithm($0) }
    kernels = axes.enumerated().map { place, axis in Kernels(axis, around: observations.map { $0[place] }) }
  }

  /// The weights of n observations, the oldest first: 1, or, of 25 and more, a ramp from 1/n to 1 before the last 25.
  package static func weights(of count: Int) -> [Double] {
    guard count >= 25 else { return [Double](repeating: 1, count: count) }
    let ramp = count - 25
    let first = 1 / Double(count)
    let slope = (1 - first) / Double(max(ramp - 1, 1))
    return (0..<ramp).map { $0 == ramp - 1 && ramp > 1 ? 1 : first + Double($0) * slope }
      + [Double](repeating: 1, count: 25)
  }

  /// ln p at a position on every axis.
  package func logDensity(at positions: [Double]) -> Double {
    var sums = logWeights
    for (axis, position) in zip(kernels, positions) { axis.addLogDensities(at: position, to: &sums) }
    return Exponentials.logSum(sums[...])
  }

  /// The component at u in [0, 1): the first whose sum of weights is above u.
  package func component(at u: Double) -> Int {
    var sum = 0.0
    for (place, weight) in weights.enumerated() {
      sum += weight
      if sum > u { return place }
    }
    return weights.count - 1
  }

  /// The positions of a component at a number in [0, 1) an axis.
  package func positions(of component: Int, at point: [Double]) -> [Double] {
    zip(kernels, point).map { axis, u in axis.position(of: component, at: u) }
  }
}
