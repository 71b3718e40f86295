import Specs

/// The `conditional` section: samples of classes, which the layers that ask for them see.
struct Conditional: Sendable {
  /// How many classes.
  let classes: Int
  /// How much the cross-entropy of the discriminator's own guess of the class counts; nil where it makes none (Odena et al.,
  /// "Conditional Image Synthesis with Auxiliary Classifier GANs", 2017).
  let auxiliaryClassifier: Double?

  /// Reads the section.
  /// - Parameter classes: those of the data; nil where they have none or are wrong, which is reported elsewhere.
  init(from fields: inout Fields, classes: Int?) {
    self.classes = fields.integer(
      "classes", in: 1...65536, inferred: classes ?? 1, as: "as many as the data have", "how many classes")
    auxiliaryClassifier = fields.optionalNumber(
      "auxiliary_classifier", in: .above(0), "the weight of the discriminator's classification loss (AC-GAN)")
  }
}

/// The `codes` of the `latent` section: parts of the latent vector that the discriminator learns to guess from samples, so that they
/// come to mean something (Chen et al., "InfoGAN: Interpretable Representation Learning by Information Maximizing Generative
/// Adversarial Nets", 2016).
///
/// A categorical code of size k is a one-hot vector of an index below k, a continuous one a uniform value in (-1, 1). The
/// discriminator's last layer makes logits of the categorical ones, then means of the continuous ones (with variance 1).
struct Codes: Sendable {
  /// The sizes of the categorical codes.
  let categorical: [Int]
  /// How many continuous codes there are.
  let continuous: Int
  /// How much the cross-entropies of the categorical codes count.
  let categoricalWeight: Double
  /// How much the squared errors of the continuous codes count.
  let continuousWeight: Double

  /// Reads the section.
  init(from fields: inout Fields) {
    categorical =
      fields.optionalIntegers(
        "categorical", count: 1...16, each: 2...1024, "the sizes of the categorical codes, [10]") ?? []
    continuous = fields.integer("continuous", in: 0...1024, default: 0, "how many continuous codes there are")
    categoricalWeight = fields.number(
      "categorical_weight", in: .atLeast(0), default: 1, "the weight of the loss of the categorical codes")
    continuousWeight = fields.number(
      "continuous_weight", in: .atLeast(0), default: 0.1, "the weight of the loss of the continuous codes")
    if categorical.isEmpty, continuous == 0 {
      fields.error("codes has neither categorical nor continuous ones", remedy: "write codes: {categorical: [10]}")
    }
  }

  /// The values of a latent vector that they take, which are also those that the discriminator guesses.
  var count: Int { categorical.reduce(0, +) + continuous }
}
