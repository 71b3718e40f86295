import Compute

/// A test of metrics: real and generated samples along positions, and how a metric must behave.
package struct SanityTest: Sendable {
  /// Samples that differ in a number such as the dimension.
  struct Variant: Sendable {
    /// What tells it from others, as a part of streams' names.
    let label: String
    /// Positions from the first to the last.
    let positions: [Double]
    /// Whether the positions are numbers of samples.
    var isOfSizes = false
    /// Whether real samples are the same at all positions.
    var isRealFixed = true
    /// Real samples, and training samples of the same distribution.
    let real: @Sendable (SanityDraw, Double) -> Matrix
    /// Generated samples, told the training samples.
    let generated: @Sendable (SanityDraw, Double, Matrix) -> Matrix
    /// How values must lie along positions, by the kind of metric.
    let shape: [SanityMetric.Kind: SanityRule]
    /// Which values must be met, by the kind of metric.
    let bounds: [SanityMetric.Kind: [SanityRule]]
  }

  /// What it does.
  package let name: String
  let variants: [Variant]

  /// All, in the order of the paper; the last is ours.
  package static let all: [SanityTest] = [
    shiftedMean, outlier, changedDeviation, simultaneousDrop, sequentialDrop, invention, sphereSurface,
    overlappingCubes,
    overlappingGeneratedCubes, sphereAndTorus, oneOfTwoModes, scaledDimension, heavyTail, disjointDimension, rounding,
    plantedCopies,
  ]
}

extension SanityTest.Variant {
  /// The positions that are looked at.
  func positions(_ effort: SanitySuite.Effort) -> [Double] {
    let positions = isOfSizes ? self.positions.filter { $0 <= Double(effort.mostSamples) } : self.positions
    guard let most = effort.positions, positions.count > most else { return positions }
    return (0..<most).map { place in
      positions[Int((Double(place) * Double(positions.count - 1) / Double(most - 1)).rounded())]
    }
  }

  /// The values of all metrics at a position.
  func values(stream: String, position: Double, number: Int, repetition: Int, on pool: ThreadPool) -> [Double] {
    let step = UInt32(repetition * 1000 + (isRealFixed ? 0 : number + 1))
    func draw(_ name: String, _ step: UInt32) -> SanityDraw {
      SanityDraw(stream: "sanity/\(stream)/\(label)/\(name)", step: step)
    }
    let (real, training) = (real(draw("real", step), position), real(draw("training", step), position))
    let generated = generated(draw("generated", UInt32(repetition * 1000 + number + 1)), position, training)
    return SanityValues.of(real: real, training: training, generated: generated, on: pool)
  }
}

extension [SanityMetric.Kind: SanityRule] {
  /// One rule for metrics up to 1, one for distances; copies nowhere.
  static func all(_ rule: SanityRule, distance: SanityRule?) -> Self {
    var rules: Self = [.fidelity: rule, .diversity: rule, .both: rule, .copying: .neverCopied]
    rules[.distance] = distance
    return rules
  }
}

extension [SanityMetric.Kind: [SanityRule]] {
  /// 1 where distributions are equal, 0 at the ends.
  static func oneAndZero(at middle: Double) -> Self {
    let rules: [SanityRule] = [.near(1, .at(middle)), .near(0, .first), .near(0, .last)]
    return [
      .fidelity: rules, .diversity: rules, .both: rules,
      .copying: [.usual(.at(middle)), .missing(.first), .missing(.last)],
    ]
  }

  /// The same value everywhere that is looked at.
  static func value(_ value: Double, _ places: SanityRule.Place...) -> Self {
    let rules = places.map { SanityRule.near(value, $0) }
    return [.fidelity: rules, .diversity: rules, .both: rules]
  }
}
