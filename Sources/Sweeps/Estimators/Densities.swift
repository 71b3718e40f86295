import Specs

/// The densities of good and of other trials over the parameters of a group.
package struct Densities: Sendable {
  package let good: ParzenEstimator
  package let others: ParzenEstimator

  /// The densities of the trials in which all parameters are active with values that they may have.
  package init(of parameters: [Parameter], _ split: TrialSplit) {
    let axes = parameters.map { Axis($0.distribution) }
    func positions(of assignments: [Assignment]) -> [[Double]] {
      assignments.compactMap { assignment in
        let own = parameters.compactMap { parameter in
          assignment[parameter.key].flatMap(parameter.distribution.position(of:))
        }
        return own.count == parameters.count ? own : nil
      }
    }
    good = ParzenEstimator(of: positions(of: split.good), on: axes)
    others = ParzenEstimator(of: positions(of: split.others), on: axes)
  }

  /// ln l - ln g.
  package func gain(at positions: [Double]) -> Double {
    good.logDensity(at: positions) - others.logDensity(at: positions)
  }

  /// The candidate of the largest gain, the first of equals.
  package func best(of candidates: [[Double]]) -> [Double] {
    var best: (gain: Double, place: Int)?
    for (place, candidate) in candidates.enumerated() {
      let gain = gain(at: candidate)
      if !gain.isNaN, gain > best?.gain ?? -.infinity { best = (gain, place) }
    }
    return candidates[best?.place ?? 0]
  }
}
