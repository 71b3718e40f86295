import Compute
import Specs

/// gamma / 2 mean |grad D(x)|^2 at real samples (Mescheder et al., "Which Training Methods for GANs do actually Converge?",
/// 2018).
///
/// Its pass is named `r1/I` in turn I.
package struct R1: Regularizer {
  package static let name = "r1"
  package static let summary = "zero-centered gradient penalty at real samples: gamma / 2 times the mean of |grad D|^2"
  package var networks: RegularizedNetworks { .discriminator }
  /// The slope is what it penalizes.
  package var boundsSlope: Bool { true }
  package let every: Int
  let slope: SquaredSlope

  package init(from fields: inout Fields) {
    slope = SquaredSlope(from: &fields)
    every = Self.every(from: &fields)
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    slope.penalty(at: site.real, pass: R1.name, site)
  }
}

/// gamma / 2 mean |grad D(x)|^2 at generated samples (Mescheder et al., "Which Training Methods for GANs do actually
/// Converge?", 2018).
///
/// Its pass is named `r2/I` in turn I.
package struct R2: Regularizer {
  package static let name = "r2"
  package static let summary =
    "zero-centered gradient penalty at generated samples: gamma / 2 times the mean of |grad D|^2"
  package var networks: RegularizedNetworks { .discriminator }
  /// The slope is what it penalizes.
  package var boundsSlope: Bool { true }
  package let every: Int
  let slope: SquaredSlope

  package init(from fields: inout Fields) {
    slope = SquaredSlope(from: &fields)
    every = Self.every(from: &fields)
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    slope.penalty(at: site.generated, pass: R2.name, site)
  }
}

/// A penalty on the square of the score's gradient.
struct SquaredSlope: Sendable {
  let gamma: Float

  /// Reads `gamma`.
  init(from fields: inout Fields) {
    gamma = Float(
      fields.number(
        FieldName("gamma", alsoCalled: ["lambda"]), in: .above(0), default: 10,
        "the weight gamma: the term is gamma / 2 times the mean of |grad D|^2"))
  }

  /// gamma / 2 mean |grad D(x)|^2.
  func penalty(at batch: RegularizerSite.Batch, pass: String, _ site: RegularizerSite) -> Tensor {
    let slopes = site.slopes(at: batch.samples, classesOf: batch, pass: pass)
    return gamma / (2 * Float(slopes.batch)) * slopes.sumOfSquares()
  }
}
