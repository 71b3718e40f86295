import Compute
import Specs

/// A bound on gradients; Keras's three fields, of which a spec gives at most one.
package enum GradientClipping: Sendable, Hashable {
  /// Gradients as they are.
  case none
  /// Every value within +- this.
  case value(Float)
  /// The norm of each parameter's gradient at most this.
  case norm(Float)
  /// The norm of all gradients of the network together at most this.
  case globalNorm(Float)

  /// Reads `clipvalue`, `clipnorm` and `global_clipnorm`.
  package init(from fields: inout Fields) {
    let value = fields.optionalNumber("clipvalue", in: .above(0), "clip each value of a gradient to [-c, c]")
    let norm = fields.optionalNumber(
      "clipnorm", in: .above(0), "rescale each parameter's gradient to a norm of at most c")
    let globalNorm = fields.optionalNumber(
      "global_clipnorm", in: .above(0), "rescale all gradients of the network together to a norm of at most c")
    let given = [("clipvalue", value), ("clipnorm", norm), ("global_clipnorm", globalNorm)].filter { $0.1 != nil }
    if given.count > 1 {
      fields.error(
        "\(given.map(\.0).joined(separator: " and ")) exclude each other", at: given[1].0, remedy: "keep one of them")
    }
    if let value {
      self = .value(Float(value))
    } else if let norm {
      self = .norm(Float(norm))
    } else if let globalNorm {
      self = .globalNorm(Float(globalNorm))
    } else {
      self = .none
    }
  }

  /// The bounded gradients: `g min(1, bound / |g|)` for norms.
  func apply(to gradients: [Tensor], norm: Tensor) -> [Tensor] {
    switch self {
    case .none: return gradients
    case .value(let limit): return gradients.map { $0.clipped(to: limit) }
    case .norm(let limit):
      return gradients.map { gradient in
        let own = gradient.sumOfSquares().squareRoot()
        return gradient * factor(limit, own)
      }
    case .globalNorm(let limit):
      let common = factor(limit, norm)
      return gradients.map { $0 * common }
    }
  }

  private func factor(_ limit: Float, _ norm: Tensor) -> Tensor {
    (limit / norm).minimum(1)
  }
}
