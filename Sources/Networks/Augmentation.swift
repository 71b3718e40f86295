import Compute
import Specs

/// Random changes of every sample before the discriminator sees it, differentiable, so that the generator learns through them
/// (Zhao et al., "Differentiable Augmentation for Data-Efficient GAN Training", 2020): in this order brightness x + b (u - 1/2),
/// translation by integer offsets within a ratio of the image's size, and a square of zeros.
///
/// Sample n draws from the streams `augmentation/KIND/PASS`; where each applies with a probability only, to the samples whose
/// uniform value of `augmentation/KIND/gate/PASS` lies below it.
package struct Augmentation: Sendable {
  /// The largest offset, as a fraction of the image's side.
  let translation: Double?
  /// The square's side, as a fraction of the image's.
  let cutout: Double?
  /// The range of what is added to all values of a sample.
  let brightness: Double?
  /// With which probability each applies to a sample.
  let probability: Double
  /// How the probability follows the discriminator; nil where it stays.
  package let adaptive: Adaptive?

  /// A probability that rises while the discriminator is too sure of real samples.
  ///
  /// After each of its turns
  /// p <- p + sign(mean sign(score - threshold) - target) n / images, within [0, 1], from 0, with n the real images that the
  /// discriminator was shown in the turn, in packs or alone (Karras et al., "Training Generative Adversarial Networks with Limited
  /// Data", 2020). sign(0) is 0, and signs are summed as whole numbers: exactly at the target p stays.
  package struct Adaptive: Sendable {
    package static let column = Column(
      "augmentation_probability", "the adaptive probability of augmentation after the step", reduction: .last)
    let target: Double
    let images: Double

    init(from fields: inout Fields) {
      target = fields.number(
        "target", in: .open(-1, 1), default: 0.6, "the mean sign of real samples' scores that is wanted")
      images = fields.number(
        "images", in: .atLeast(1), default: 500_000,
        "real images that the discriminator is shown while the probability goes from 0 to 1")
    }

    /// The probability after a turn.
    /// - Parameters:
    ///   - scores: those of the real samples, a batch or its micro-batches.
    ///   - packing: the images in a sample.
    package func moved(
      _ probability: Tensor, scores: [Tensor], packing: Int = 1, threshold: Float
    ) -> Tensor {
      var signs = probability.graph.constant(0)
      for part in scores {
        let above = part - threshold
        let own = above.isPositive() - (-above).isPositive()
        signs = own.sum() + signs
      }
      let count = scores.reduce(0) { $0 + $1.shape[0] }
      let (below, beyond) = wholeNumbers(around: count)
      let direction = (signs - below).isPositive() - (beyond - signs).isPositive()
      let change = direction * Float(Double(count * packing) / images)
      return (probability + change).clipped(between: 0, and: 1)
    }

    /// The whole numbers next to the sum of signs that is wanted of so many scores; both are it where it is one.
    private func wholeNumbers(around count: Int) -> (below: Float, beyond: Float) {
      var wanted = target * Double(count)
      if abs(wanted - wanted.rounded()) <= 1e-9 * Double(count) { wanted = wanted.rounded() }
      return (Float(wanted.rounded(.down)), Float(wanted.rounded(.up)))
    }
  }

  /// Reads the section.
  /// - Parameter isAdaptive: whether there is a discriminator whose scores a probability can follow.
  package init(from fields: inout Fields, isAdaptive: Bool = true) {
    translation = fields.optionalNumber(
      "translation", in: .openClosed(0, 1), "the largest offset, as a fraction of the image's side; 0.125 is usual")
    cutout = fields.optionalNumber(
      "cutout", in: .openClosed(0, 1), "the side of a square of zeros, as a fraction of the image's; 0.5 is usual")
    brightness = fields.optionalNumber(
      "brightness", in: .above(0), "the range of what is added to all values of a sample; 1 is usual")
    probability = fields.number(
      "probability", in: .openClosed(0, 1), default: 1,
      "the probability with which each augmentation is applied to a sample")
    adaptive =
      isAdaptive
      ? fields.optionalGroup(
        "adaptive", "adaptive discriminator augmentation: the probability follows the mean sign of real scores",
        read: Adaptive.init(from:)) : nil
    if adaptive != nil, probability != 1 {
      fields.error(
        "an adaptive probability begins at 0 and needs no other", at: "probability", remedy: "leave probability out")
    }
  }

  /// Whether it moves or covers parts of images, and so needs such.
  package var needsImages: Bool { translation != nil || cutout != nil }

  /// A translation alone, of every sample.
  init(translation: Double) {
    self.translation = translation
    (cutout, brightness, adaptive) = (nil, nil, nil)
    probability = 1
  }

  /// The changed samples.
  /// - Parameters:
  ///   - owner: what the streams' names begin with.
  ///   - current: the adaptive probability; nil where it stays.
  package func apply(
    _ x: Tensor, owner: String = "augmentation", pass: String, probability current: Tensor?
  ) -> Tensor {
    let (graph, shape) = (x.graph, x.shape)
    let count = shape[0]
    func perSample(_ values: Tensor) -> Tensor {
      values.reshaped(to: Shape([count] + shape.axes.dropFirst().map { _ in 1 }))
    }
    func uniform(_ kind: String, _ values: Int) -> Tensor {
      graph.uniform([count, values], stream: "\(owner)/\(kind)/\(pass)")
    }
    // 1 where it applies, else 0, [N, 1]; nil where it always does.
    func gate(_ kind: String) -> Tensor? {
      let stream = "\(owner)/\(kind)/gate/\(pass)"
      if let current {
        return (current - graph.uniform([count, 1], stream: stream)).isPositive()
      }
      return probability == 1 ? nil : graph.chance([count, 1], of: probability, stream: stream)
    }
    func gated(_ values: Tensor, _ kind: String) -> Tensor { gate(kind).map { values * $0 } ?? values }
    var y = x
    if let brightness {
      let added = Float(brightness) * (uniform("brightness", 1) - 0.5)
      y = y + perSample(gated(added, "brightness"))
    }
    if let translation {
      // Values in (-r - 1/2, r + 1/2) along each axis, which are then rounded.
      func range(_ axis: Int) -> Float { Float(2 * (translation * Double(shape[axis]) + 0.5).rounded(.down) + 1) }
      let centred = uniform("translation", 2) - 0.5
      y = y.translated(by: gated(centred, "translation"), height: range(1), width: range(2))
    }
    if let cutout {
      let size = Int((cutout * Double(shape[1]) + 0.5).rounded(.down))
      let mask = graph.cutout(height: shape[1], width: shape[2], size: size, at: uniform("cutout", 2))
      if let gate = gate("cutout") {
        y = y * (1 - (1 - mask) * perSample(gate))
      } else {
        y = y * mask
      }
    }
    return y
  }
}
