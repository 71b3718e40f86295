import Compute

/// Samples as metrics see them.
package struct SampleSet: Sendable {
  /// Their features, or their values where they are measured as they are, [n, d].
  package let points: Matrix
  /// Their classes: of real samples their own, of generated ones those that were asked for; nil where there are none.
  package let classes: [Int]?
  /// The logits of a classifier, [n, classes]; nil without one.
  package let logits: Matrix?
  /// They themselves, values from 0 to 255, for metrics that look at images; nil where no metric does.
  package let images: Images?

  /// Gathers what is known of some samples.
  package init(points: Matrix, classes: [Int]? = nil, logits: Matrix? = nil, images: Images? = nil) {
    (self.points, self.classes, self.logits, self.images) = (points, classes, logits, images)
  }

  /// How many there are.
  package var count: Int { points.rows }

  /// Whether all features and logits are finite.
  package var isFinite: Bool {
    points.values.allSatisfy(\.isFinite) && (logits?.values.allSatisfy(\.isFinite) ?? true)
  }

  /// Those of these numbers, in this order.
  package func taking(_ numbers: some Collection<Int>) -> SampleSet {
    SampleSet(
      points: points.taking(numbers), classes: classes.map { all in numbers.map { all[$0] } },
      logits: logits?.taking(numbers), images: images?.taking(numbers))
  }

  /// The classes that a classifier sees; nil without one.
  package var seenClasses: [Int]? { logits.map(ClassProbabilities.classes(ofLogits:)) }
}

/// A mixture of equally likely round Gaussians, of which generated data are drawn.
package struct Mixture: Sendable {
  /// The middles of the modes, [modes, d].
  package let centres: Matrix
  /// The standard deviation of each coordinate about them.
  package let deviation: Double

  package init(centres: Matrix, deviation: Double) { (self.centres, self.deviation) = (centres, deviation) }

  /// The share of its samples that are within so many standard deviations of their mode, which lies in a plane: 1 - e^(-r²/2).
  func shareNearModes(within reach: Double) -> Double {
    precondition(centres.columns == 2, "modes of a plane")
    return 1 - CorrectlyRounded.exponential(-reach * reach / 2)
  }
}
