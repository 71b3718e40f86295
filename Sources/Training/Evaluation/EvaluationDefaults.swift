import Datasets
import Evaluation
import Specs

/// What is measured of samples of a kind of data unless a spec says otherwise.
struct EvaluationDefaults {
  /// The names of the metrics after some epochs.
  let regular: [String]
  /// The names of the metrics when the run ends.
  let atEnd: [String]

  /// The name of the features for a kind of data.
  static func features(of dataset: SurveyedDataset?) -> String {
    switch dataset?.name {
    case MNIST.name: DigitFeatures.name
    case FashionMNIST.name: ClothesFeatures.name
    default: ValueFeatures.name
    }
  }

  /// - Parameter isClassified: whether the features are those of a network that comes with the program, a classifier.
  init(dataset: SurveyedDataset?, isClassified: Bool, isConditional: Bool, hasHeldOut: Bool) {
    if dataset?.source is any GaussianMixture {
      regular = [Modes.name, NegativeLogLikelihood.name, MongeInceptionDistance.name]
      atEnd = regular + [Density.name, Coverage.name, NearestNeighbourTest.name]
      return
    }
    regular =
      [MongeInceptionDistance.name, Coverage.name, Diversity.name] + (isClassified ? [ClassHistogram.name] : [])
    atEnd =
      [
        FrechetDistanceMetric.name, ExtrapolatedFrechetDistance.name, KernelDistanceMetric.name, Precision.name,
        Recall.name, Density.name, Coverage.name, ClippedDensity.name, ClippedCoverage.name, NearestNeighbourTest.name,
        Diversity.name,
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
