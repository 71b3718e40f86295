import Compute
import Networks
import Specs

/// A measure of generated samples beside real ones.
package protocol Metric: CatalogItem {
  /// What it measures, in the order of its values.
  var columns: [Column] { get }
  /// What must be known of the samples.
  var needs: Needs { get }
  /// Fewest samples of each kind that it can be computed from.
  var fewest: Int { get }
  /// The fewest rows and columns of pixels of an image that it can be computed from.
  var leastSide: Int { get }
  /// What its columns are named for, behind an @; nil where their names say all.
  /// - Parameters:
  ///   - features: what the features are called; nil for values that are no images'.
  ///   - sampleShape: of images rows, columns and channels.
  func label(features: String?, sampleShape: [Int]) -> String?
  /// Which real samples stand in for generated ones where it is said what real data get.
  var floor: Floor { get }
  /// Bytes beside those of the samples that it takes at most.
  func bytes(_ counts: SampleCounts) -> Int
  /// The values of its columns.
  func values(of subject: Subject) -> [Measured]
  /// What the bins are that it counts samples in, `classes`; nil where it counts none.
  var counted: String? { get }
  /// How many samples it counts in each of these bins; nil where it counts none.
  func counts(of subject: Subject) -> BinCounts?
  /// What its values say in one sentence without a full stop, for a person who does not know the metric; nil where others say it.
  /// - Parameter floor: the values that real samples get.
  func verdict(_ values: [Measured], floor: [Double]) -> Verdict?
}

/// What a person should know of generated samples.
package struct Verdict: Codable, Sendable, Equatable {
  /// What it is about, in one word.
  package let subject: String
  /// What is found, in one sentence without a full stop.
  package let sentence: String

  package init(subject: String, sentence: String) { (self.subject, self.sentence) = (subject, sentence) }
}

extension Metric {
  package var needs: Needs { .features }
  package var fewest: Int { 2 }
  package var leastSide: Int { 1 }
  package func label(features: String?, sampleShape: [Int]) -> String? {
    needs.isDisjoint(with: [.features, .classifier]) ? nil : features
  }
  package var floor: Floor { .training }
  package func bytes(_ counts: SampleCounts) -> Int { 0 }
  package var counted: String? { nil }
  package func counts(of subject: Subject) -> BinCounts? { nil }
  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? { nil }

  static var entry: Catalog<any Metric>.Entry {
    Catalog<any Metric>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// What a metric must know of samples.
package struct Needs: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Features, or values where there are none; its columns are named for them.
  package static let features = Needs(rawValue: 1)
  /// A classifier's logits.
  package static let classifier = Needs(rawValue: 2)
  /// Classes that samples were asked to be of.
  package static let conditions = Needs(rawValue: 4)
  /// The density of the data.
  package static let mixture = Needs(rawValue: 8)
  /// Real samples that nothing learned from.
  package static let heldOut = Needs(rawValue: 16)
  /// The classes of all training samples.
  package static let trainingClasses = Needs(rawValue: 64)
  /// Values as images from 0 to 255.
  package static let images = Needs(rawValue: 32)
}

/// Which real samples stand in for generated ones.
package enum Floor: Sendable, CaseIterable {
  /// Training samples: another part of the same distribution.
  case training
  /// Half of the held-out samples beside the other half: nothing learned from them.
  case heldOut
}

/// How many samples are measured, and of how many values.
package struct SampleCounts: Sendable {
  /// Generated samples.
  package let generated: Int
  /// The real ones that they are measured beside.
  package let reference: Int
  /// The training samples among which nearest ones are looked for.
  package let training: Int
  /// Values of a point.
  package let dimensions: Int
  /// Rows, columns and channels of an image; empty of other samples.
  package let imageShape: [Int]
  /// Threads at work.
  package let threads: Int

  package init(generated: Int, reference: Int, training: Int, dimensions: Int, imageShape: [Int] = [], threads: Int) {
    (self.generated, self.reference, self.training) = (generated, reference, training)
    (self.dimensions, self.imageShape, self.threads) = (dimensions, imageShape, threads)
  }

  /// Bytes of so many points in Double.
  package func points(_ count: Int) -> Int { Shape.count([count, dimensions, MemoryLayout<Double>.stride]) }
  /// Bytes of so many images in Double.
  func images(_ count: Int) -> Int { Shape.count([count] + imageShape + [MemoryLayout<Double>.stride]) }
}

/// A measured value.
package struct Measured: Sendable, Equatable {
  /// The value.
  package let value: Double
  /// Its standard error, where one is known.
  package let standardError: Double?

  package init(_ value: Double, standardError: Double? = nil) {
    (self.value, self.standardError) = (value, standardError)
  }

  /// The share p of n samples, with the standard error sqrt(p (1 - p) / n) that it has beside the same other samples.
  init(share: Double, of count: Int) {
    self.init(share, standardError: (share * (1 - share) / Double(max(count, 1))).squareRoot())
  }
}

/// The metrics that a spec can name.
package enum MetricCatalog {
  /// Every metric, one line each.
  package static let all = Catalog<any Metric>(
    noun: "metric",
    [
      FrechetDistanceMetric.entry,
      ExtrapolatedFrechetDistance.entry,
      KernelDistanceMetric.entry,
      MongeInceptionDistance.entry,
      Precision.entry,
      Recall.entry,
      Density.entry,
      Coverage.entry,
      ClippedDensity.entry,
      ClippedCoverage.entry,
      NearestNeighbourTest.entry,
      Diversity.entry,
      ClassHistogram.entry,
      FoundClasses.entry,
      ClassifierScoreMetric.entry,
      ClassFrechetDistance.entry,
      ConditionAccuracy.entry,
      VendiScoreMetric.entry,
      ClassVendiScore.entry,
      CopyTestMetric.entry,
      AuthenticShare.entry,
      CopyRate.entry,
      NeighbourRatio.entry,
      Modes.entry,
      NegativeLogLikelihood.entry,
      ParzenWindowMetric.entry,
      StructuralSimilarityMetric.entry,
      LaplacianDistanceMetric.entry,
    ], papers: MetricNames.all)

  /// The columns of every metric, without the features that a run names them for.
  package static let columns: [Column] = all.entries.flatMap { entry in
    var fields = Fields.describing(subject: entry.name)
    return entry.read(&fields).columns
  }
}

/// What other programs call metrics.
enum MetricNames {
  static let all = [
    PaperName(
      ["fid", "frechet_inception_distance"], "the Fréchet distance of another network's features", ["frechet_distance"]),
    PaperName(
      ["kid", "kernel_inception_distance"], "the kernel distance of another network's features", ["kernel_distance"]),
    PaperName(["inception_score"], "the classifier score of another network", ["classifier_score"]),
    PaperName(
      ["swd", "sliced_wasserstein_distance"], "the distance of patches of a Laplacian pyramid", ["laplacian_distance"]),
    PaperName(["prdc"], "four metrics", ["precision", "recall", "density", "coverage"].map { "- " + $0 }),
  ]
}
