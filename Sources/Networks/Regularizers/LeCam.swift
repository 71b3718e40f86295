import Compute
import Specs

/// weight (mean (r - a_g)^2 + mean (g - a_r)^2), where a_r and a_g are running means of the scores of real and of generated
/// samples before this turn; then a <- decay a + (1 - decay) mean score, from 0 (Tseng et al., "Regularizing Generative
/// Adversarial Networks under Limited Data", 2021).
package struct LeCam: Regularizer {
  package static let name = "lecam"
  package static let summary =
    "LeCam regularization: squared distance of real scores from the moving average of generated ones, and vice versa"
  package var networks: RegularizedNetworks { .discriminator }
  /// Both running means.
  package var kept: [KeptValue] { ["real", "generated"].map { KeptValue(name: $0, initially: 0) } }
  let weight: Float
  let decay: Double

  package init(from fields: inout Fields) {
    weight = Float(fields.number(.weight, in: .above(0), default: 0.3, "the weight of both squared distances"))
    decay = fields.number(
      FieldName("decay", alsoCalled: ["rho"]), in: .halfOpen(0, 1), default: 0.99,
      "the decay rate of the running means")
  }

  /// The term of both batches; then the means move.
  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    let ofReal = site.graph.read(site.variable("real")).stopGradient()
    let ofGenerated = site.graph.read(site.variable("generated")).stopGradient()
    let (real, generated) = (site.real.scores, site.generated.scores)
    let first = (real - ofGenerated).square().mean()
    let second = (generated - ofReal).square().mean()
    move("real", from: ofReal, to: real, site)
    move("generated", from: ofGenerated, to: generated, site)
    return weight * (first + second)
  }

  private func move(_ name: String, from old: Tensor, to scores: Tensor, _ site: RegularizerSite) {
    guard let mean = site.held.mean(name, adding: scores.mean()) else { return }
    site.graph.assign(site.variable(name), Float(decay) * old + Float(1 - decay) * mean)
  }
}
