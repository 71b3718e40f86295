import Compute
import Datasets
import Networks
import Specs

/// What must agree between the sections of a spec: networks, data and batches.
struct FitCheck {
  let parts: AdversarialSections
  let loss: any Loss
  let dataset: SurveyedDataset
  /// The spec as it was read, for the places in it.
  let spec: Fields
  let diagnostics: Diagnostics

  var wanted: Shape { Shape(dataset.sampleShape) }
  var lossName: String { type(of: loss).name }

  /// Values that the discriminator's last layer makes beside the score.
  var heads: Int {
    let guessed = parts.conditional.flatMap { $0.auxiliaryClassifier == nil ? nil : $0.classes } ?? 0
    return guessed + (parts.latent.codes?.count ?? 0)
  }

  /// An interval as people read it, `[0, infinity]`.
  static func plain(_ range: ClosedRange<Float>) -> String {
    "[\(plain(range.lowerBound)), \(plain(range.upperBound))]"
  }

  private static func plain(_ number: Float) -> String {
    if number.isInfinite { return number < 0 ? "-infinity" : "infinity" }
    return number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}

extension FitCheck {
  /// A generator that fits samples of a shape, in YAML.
  static func smallestGenerator(of shape: Shape) -> String {
    shape.rank == 1
      ? "[dense: {units: \(shape.count)}]"
      : "[dense: {units: \(shape.count), activation: tanh}, reshape: {shape: \(shape)}]"
  }

  /// A discriminator that fits samples of a shape, in YAML.
  static func smallestDiscriminator(of shape: Shape) -> String {
    "[\(shape.rank == 1 ? "" : "flatten, ")dense: {units: 1, activation: sigmoid}]"
  }
}
