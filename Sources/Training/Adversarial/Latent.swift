import Compute
import Specs

/// The `latent` section: the generator's input.
struct Latent: Sendable {
  /// Distributions of latent values.
  enum Distribution: String, Choice {
    /// N(0, 1).
    case normal
    /// Uniform in (-1, 1).
    case uniform

    package var alsoCalled: [String] { self == .normal ? ["gaussian"] : [] }
  }

  /// Values in a latent vector.
  let dim: Int
  /// How they are distributed, independently of each other.
  let distribution: Distribution
  /// Latent codes, appended to them and predicted by the discriminator; nil where there are none.
  let codes: Codes?
  /// The values of the generator's input.
  var count: Int { dim + (codes?.count ?? 0) }

  /// Reads the section.
  init(from fields: inout Fields) {
    dim = fields.integer(
      FieldName("dim", alsoCalled: ["size", "latent_dim", "z_dim", "nz", "dimension"], example: "100"),
      in: 1...100_000, default: 100, "values in a latent vector")
    distribution = fields.choice(
      "distribution", default: .normal, "normal: N(0, 1); uniform: between -1 and 1")
    codes = fields.optionalGroup(
      "codes", "latent codes (InfoGAN), appended to the latent vector and predicted by the discriminator",
      read: Codes.init(from:))
  }

  /// Vectors [count, dim] of a stream, without the codes.
  func values(count: Int, stream: String, in graph: GraphBuilder) -> Tensor {
    switch distribution {
    case .normal: graph.normal([count, dim], stream: stream)
    case .uniform: 2 * graph.uniform([count, dim], stream: stream) - 1
    }
  }
}
