import Compute
import Datasets
import Evaluation
import Specs

/// What is measured of samples of a kind of data unless a spec says otherwise.
struct EvaluationDefaults {
  /// The metrics after some epochs.
  let regular: [any Metric.Type]
  /// The metrics when the run ends.
  let atEnd: [any Metric.Type]

  /// The most values of a sample of which covariances are looked at unasked: what they cost grows with the third power.
  private static let mostDimensions = 512

  /// The most classes of which each is looked at by itself unasked.
  private static let mostClasses = 100

  /// Whether covariances of so many values are looked at that the time is felt.
  static func takesLong(_ metrics: [any Metric], dimensions: Int) -> Bool {
    dimensions > mostDimensions
      && metrics.contains { $0 is FrechetDistanceMetric || $0 is ExtrapolatedFrechetDistance }
  }

  /// The name of the features for a kind of data.
  static func features(of dataset: SurveyedDataset?) -> String {
    ShippedNetwork.all.first { $0.datasets.contains(dataset?.name ?? "") }?.name ?? ValueFeatures.name
  }

  /// - Parameters:
  ///   - isConditional: whether generated samples are asked to be of a class.
  init(dataset: SurveyedDataset?, features: any FeatureSource, isConditional: Bool, hasHeldOut: Bool) {
    if dataset?.source is any GaussianMixture {
      regular = [Modes.self, NegativeLogLikelihood.self, MongeInceptionDistance.self]
      atEnd = regular + [Density.self, Coverage.self, NearestNeighbourTest.self]
      return
    }
    // A network that comes with the program is a classifier, and known before it is read.
    let isClassified = features.network?.shipped != nil
    let isSmall =
      features.network != nil || Shape.count(dataset?.sampleShape ?? []) <= EvaluationDefaults.mostDimensions
    // Of many classes there are too few samples to look at each by itself.
    let hasManyClasses = (dataset?.classes?.count ?? 0) > EvaluationDefaults.mostClasses
    let isOfItsClasses = dataset.map { features.network?.classNumbers(of: $0) != nil } ?? true
    regular =
      [MongeInceptionDistance.self, Coverage.self, Diversity.self] + (isClassified ? [ClassHistogram.self] : [])
      + (isClassified && hasManyClasses ? [FoundClasses.self] : [])
    // Of a network of the user's, which may make thousands of features, one distance and not fifteen more.
    let isExtrapolated = isSmall && (isClassified || features.network == nil)
    atEnd =
      (isSmall ? [FrechetDistanceMetric.self] : []) + (isExtrapolated ? [ExtrapolatedFrechetDistance.self] : [])
      + [
        KernelDistanceMetric.self, Precision.self, Recall.self, Density.self, Coverage.self, ClippedDensity.self,
        ClippedCoverage.self, NearestNeighbourTest.self, Diversity.self,
      ]
      + (isClassified ? [ClassHistogram.self, hasManyClasses ? FoundClasses.self : ClassVendiScore.self] : [])
      + (isClassified && isConditional && isOfItsClasses ? [ConditionAccuracy.self] : [])
      + (isClassified && isConditional && !hasManyClasses ? [ClassFrechetDistance.self] : [])
      + (hasHeldOut ? [CopyTestMetric.self, AuthenticShare.self, CopyRate.self] : [])
  }

  /// Samples of the same kind that nothing learns from: the test split, or other points of what is generated; nil where there are
  /// none.
  static func heldOut(of dataset: SurveyedDataset, _ spec: Node, _ knowledge: DataKnowledge) -> SurveyedDataset? {
    if dataset.source is any GaussianMixture { return SurveyedDataset(dataset.source, survey: dataset.survey) }
    guard let part = type(of: dataset.source).partField,
      spec["dataset"]?[dataset.name]?[part]?.text == ImageArchive.Split.train.rawValue
    else { return nil }
    return knowledge.otherSplit(ImageArchive.Split.test.rawValue, of: dataset, spec)
  }
}
