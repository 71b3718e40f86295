import Compute
import Specs

/// weight / 2 times the sum of the squares of all kernels, so that a kernel's gradient gains weight times the kernel.
///
/// Keras's L2 has no half. Biases, scales and shifts of normalizations, and tables of embeddings are left out (Krogh and Hertz, "A
/// Simple Weight Decay Can Improve Generalization", 1991).
///
/// The decay of `adamw` does not pass through the moments; this one does.
package struct WeightDecay: Regularizer {
  package static let name = "weight_decay"
  package static let summary = "L2 regularization: weight / 2 times the sum of the squares of all kernels"
  package static let alsoCalled = ["decay"]
  package let networks: RegularizedNetworks
  let weight: Float

  package init(from fields: inout Fields) {
    weight = Float(
      fields.number(
        .weight, in: .above(0), default: 1e-4,
        "the weight: the term is weight / 2 times the sum of the kernels' squares (Keras's L2 has no half)"))
    networks = RegularizedNetworks(from: &fields, default: .both)
  }

  private func term(at site: RegularizerSite) -> Tensor {
    var sum = site.graph.constant(0)
    for (kernel, _) in site.kernels() { sum = kernel.sumOfSquares() + sum }
    return sum * (weight / 2)
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor { term(at: site) }
  package func generatorTerm(at site: RegularizerSite) -> Tensor { term(at: site) }
}

extension RegularizerSite {
  /// The network's kernels.
  func kernels() -> [(value: Tensor, role: ParameterRole)] {
    network.parameters.filter(\.role.isKernel).map { (graph.read($0.variable), $0.role) }
  }
}
