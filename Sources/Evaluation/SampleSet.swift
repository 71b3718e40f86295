import Compute

/// Samples as metrics see them.
package struct SampleSet: Sendable {
  /// Their features, or their values where they are measured as they are, [n, d].
  package let points: Matrix
  /// Their classes: of real samples their own, of generated ones those that were asked for; nil where there are none.
  package let classes: [Int]?
  /// The logits of a classifier, [n, classes]; nil without one.
  package let logits: Matrix?
  /// Their values as they are, for metrics that look at pictures; nil where no metric does.
  package let pictures: Pictures?

  /// Gathers what is known of some samples.
  package init(points: Matrix, classes: [Int]? = nil, logits: Matrix? = nil, pictures: Pictures? = nil) {
    (self.points, self.classes, self.logits, self.pictures) = (points, classes, logits, pictures)
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
      logits: logits?.taking(numbers), pictures: pictures?.taking(numbers))
  }

  /// The classes that a classifier sees; nil without one.
  package var seenClasses: [Int]? { logits.map(ClassProbabilities.classes(ofLogits:)) }
}

/// Pictures, values from 0 to 255.
package struct Pictures: Sendable {
  /// Rows, columns and channels of a picture.
  package let (height, width, channels): (Int, Int, Int)
  /// The values, a picture a row, row-major [height, width, channels].
  package let values: Matrix

  package init(height: Int, width: Int, channels: Int, values: Matrix) {
    precondition(values.columns == height * width * channels, "pictures of one size")
    (self.height, self.width, self.channels, self.values) = (height, width, channels, values)
  }

  /// Those of these numbers.
  package func taking(_ numbers: some Collection<Int>) -> Pictures {
    Pictures(height: height, width: width, channels: channels, values: values.taking(numbers))
  }
}

/// A mixture of equally likely round Gaussians, of which generated data are drawn.
package struct Mixture: Sendable {
  /// The middles of the modes, [modes, d].
  package let centres: Matrix
  /// The standard deviation of each coordinate about them.
  package let deviation: Double

  package init(centres: Matrix, deviation: Double) { (self.centres, self.deviation) = (centres, deviation) }
}
