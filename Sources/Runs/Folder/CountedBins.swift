import Evaluation
import Training

/// How many samples of an evaluation were in each class or mode, as a run's files say it.
package struct CountedBins: Codable, Equatable, Sendable {
  /// The step after which samples were counted.
  package let step: Int
  /// What the bins are, in the plural: `classes`, `modes`.
  package let counted: String
  /// The generated samples in each bin.
  package let generated: [Int]
  /// How many of as many real samples would be in each; nil where that is not known.
  package let real: [Double]?
  /// The generated samples that are in none; nil where every sample is in one.
  package let generatedElsewhere: Int?
  /// How many real ones would be in none.
  package let realElsewhere: Double?

  private enum CodingKeys: String, CodingKey {
    case step, counted, generated, real
    case generatedElsewhere = "generated_elsewhere"
    case realElsewhere = "real_elsewhere"
  }

  package init(
    step: Int, counted: String, generated: [Int], real: [Double]?, generatedElsewhere: Int? = nil,
    realElsewhere: Double? = nil
  ) {
    (self.step, self.counted, self.generated, self.real) = (step, counted, generated, real)
    (self.generatedElsewhere, self.realElsewhere) = (generatedElsewhere, realElsewhere)
  }

  /// What was counted after a step.
  package init(_ counts: BinCounts, at step: Int) {
    self.init(
      step: step, counted: counts.name, generated: counts.generated, real: counts.real,
      generatedElsewhere: counts.elsewhere, realElsewhere: counts.realElsewhere)
  }

  /// All samples.
  package var samples: Int { generated.reduce(0, +) + (generatedElsewhere ?? 0) }
}
