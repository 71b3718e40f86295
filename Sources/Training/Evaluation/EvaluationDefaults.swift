import Datasets
import Evaluation
import Specs

/// What is measured of samples of a kind of data unless a spec says otherwise.
struct EvaluationDefaults {
  /// The name of the features.
  let features: String
  /// The names of the metrics after some epochs.
  let regular: [String]
  /// The names of the metrics when the run ends.
  let atEnd: [String]

  init(dataset: SurveyedDataset?, isConditional: Bool, hasHeldOut: Bool) {
    switch dataset?.name {
    case MNIST.name: features = DigitFeatures.name
    case FashionMNIST.name: features = ClothesFeatures.name
    default: features = ValueFeatures.name
    }
    if dataset?.source is any GaussianMixture {
      regular = [Modes.name, NegativeLogLikelihood.name, MongeInceptionDistance.name]
      atEnd = regular + [Density.name, Coverage.name, NearestNeighbourTest.name]
      return
    }
    let isClassified = features != ValueFeatures.name
    regular = [MongeInceptionDistance.name, Coverage.name] + (isClassified ? [ClassHistogram.name] : [])
    atEnd =
      [
        FrechetDistanceMetric.name, ExtrapolatedFrechetDistance.name, KernelDistanceMetric.name, Precision.name,
        Recall.name, Density.name, Coverage.name, ClippedDensity.name, ClippedCoverage.name, NearestNeighbourTest.name,
      ]
      + (isClassified ? [ClassHistogram.name, ClassVendiScore.name] : [])
      + (isClassified && isConditional ? [ConditionAccuracy.name, ClassFrechetDistance.name] : [])
      + (hasHeldOut ? [CopyTestMetric.name, AuthenticShare.name, CopyRate.name] : [])
  }

  /// Samples of the same kind that nothing learns from: the test split, or other points of what is generated; nil where there are
  /// none.
  static func heldOut(of dataset: SurveyedDataset, _ spec: Node, _ knowledge: DataKnowledge) -> SurveyedDataset? {
    if dataset.source is any GaussianMixture { return SurveyedDataset(dataset.source, survey: dataset.survey) }
    let entry = spec["dataset"]?[dataset.name]
    guard entry?["split"]?.text == "train" else { return nil }
    return knowledge.otherSplit("test", of: dataset, spec)
  }
}
