import Compute
import Specs

/// weight mean (D(x) - D(T(x)))^2 over the real batch, T a translation by up to `translation` of the image's size (Zhang et al.,
/// "Consistency Regularization for Generative Adversarial Networks", 2020).
///
/// T draws from the stream `consistency/translation/I` in turn I; the pass of T(x) is named `consistency/I`.
package struct Consistency: Regularizer {
  package static let name = "consistency"
  package static let summary =
    "consistency regularization: mean (D(x) - D(T(x)))^2 for random translations T of real images x"
  package var networks: RegularizedNetworks { .discriminator }
  let weight: Float
  let translation: Double

  package init(from fields: inout Fields) {
    weight = Float(
      fields.number(.weight, in: .above(0), default: 10, "the weight of the mean squared change of the score"))
    translation = fields.number(
      "translation", in: .openClosed(0, 1), default: 0.125, "the largest offset, as a fraction of the image's side")
  }

  /// Samples must be images.
  package func misfit(with discriminator: Network) -> Misfit? {
    discriminator.inputShape.rank == 3
      ? nil
      : Misfit("consistency moves images, but a sample is \(discriminator.inputShape)", remedy: "leave it out")
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    let moved = Augmentation(translation: translation).apply(
      site.real.samples, owner: Consistency.name, pass: site.turn, probability: nil)
    let change = site.real.scores - site.scores(of: moved, classesOf: site.real, pass: Consistency.name)
    return weight * change.square().mean()
  }
}
