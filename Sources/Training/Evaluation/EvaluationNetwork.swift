import Compute
import Datasets
import Evaluation
import Networks
import Specs

extension EvaluationFields {
  /// The network of the features, where data are looked at; nil where samples are measured by their values, and after a report.
  static func network(
    _ features: any FeatureSource, of dataset: SurveyedDataset?, metrics: [any Metric], in location: DataLocation?,
    at mark: Mark, _ diagnostics: Diagnostics
  ) -> FeatureNetwork? {
    guard let file = features.network, let dataset, let location, !diagnostics.hasErrors else { return nil }
    do throws(RunError) {
      return try FeatureNetwork(features, file, of: dataset, metrics: metrics, in: location)
    } catch {
      // One that comes with the program is no mistake of the spec.
      if file.shipped != nil, error.exitCode == 66 { return nil }
      diagnostics.error(error.diagnostics.first?.message ?? error.message, at: mark, remedy: error.remedy)
      return nil
    }
  }

  /// The network of the features; nil where samples are measured by their values.
  /// - Throws: `RunError` where it cannot be had, or is not for such samples or metrics.
  func network(of dataset: SurveyedDataset, in location: DataLocation) throws(RunError) -> FeatureNetwork? {
    guard let file = features.network else { return nil }
    if let network { return network }
    return try FeatureNetwork(features, file, of: dataset, metrics: regular.metrics + atEnd.metrics, in: location)
  }
}

extension FeatureNetwork {
  /// Reads a network for the samples of a dataset and some metrics.
  /// - Throws: `RunError` where it cannot be had, or is not for such samples or metrics.
  fileprivate convenience init(
    _ source: any FeatureSource, _ file: FeatureFile, of dataset: SurveyedDataset, metrics: [any Metric],
    in location: DataLocation
  ) throws(RunError) {
    try self.init(source, file, in: location, sampleShape: dataset.sampleShape)
    guard views > 1 || inputShape == Shape(dataset.sampleShape) else {
      throw RunError(
        "\(name) makes features of samples \(inputShape), but those of \(dataset.name) are "
          + "\(Shape(dataset.sampleShape))", remedy: "use features: pixels, or a network for such samples", exitCode: 65
      )
    }
    if classes == nil, let metric = metrics.first(where: { $0.needs.contains(.classifier) }) {
      throw RunError(
        "\(type(of: metric).name) needs a classifier, but the last layer of \(name) makes its features",
        remedy: "give an earlier layer of a classifier, or leave the metric out", exitCode: 65)
    }
    if classNumbers(of: dataset) == nil,
      let metric = metrics.first(where: { $0.needs.isSuperset(of: [.classifier, .conditions]) })
    {
      throw RunError(
        "\(type(of: metric).name) compares classes of \(dataset.name) with those of \(name), which are others",
        remedy: "use a network of these classes, or leave the metric out", exitCode: 65)
    }
  }
}
