import Compute
import Specs

/// The labels that a discriminator learns: one for real samples, one for generated ones, some of them exchanged at
/// random (Salimans et al., "Improved Techniques for Training GANs", 2016; Chintala et al., "How to Train a GAN?", 2016).
struct Labels: Sendable {
  let real: Float
  let generated: Float
  /// The probability that a sample gets the other label.
  let flipping: Double

  /// The labels as they are, or [N, 1] with some exchanged.
  enum Drawn {
    case all(Float)
    case each(Tensor)
  }

  /// Reads `label_flipping`.
  init(real: Float, generated: Float, from fields: inout Fields) {
    self.real = real
    self.generated = generated
    flipping = fields.number(
      "label_flipping", in: .halfOpen(0, 1), default: 0,
      "the probability that a sample has the other label in the discriminator's update")
  }

  /// The labels of a batch; exchanged where the uniform value of the stream `labels/PASS` is not below 1 - p.
  func drawn(forReal isReal: Bool, count: Int, at site: inout LossSite) -> Drawn {
    let (own, other) = isReal ? (real, generated) : (generated, real)
    guard flipping > 0 else { return .all(own) }
    let kept = site.graph.chance([count, 1], of: 1 - flipping, stream: "labels/\(site.pass)")
    return .each(kept * (own - other) + other)
  }
}
