import Compute
import Specs

/// weight times the sum of the squares of W^T W off its diagonal, for every kernel W as [the rest, filters]: filters at right
/// angles, of any length (Brock et al., "Large Scale GAN Training for High Fidelity Natural Image Synthesis", 2019).
///
/// The filters of a dense layer are its units' columns; those of a transposed convolution are its third axis. Biases, scales and
/// shifts of normalizations, and tables of embeddings have no filters and are left out.
package struct Orthogonal: Regularizer {
  package static let name = "orthogonal"
  package static let summary =
    "orthogonal regularization: the squared off-diagonal entries of W^T W, W a kernel as [rest, filters]"
  package let networks: RegularizedNetworks
  let weight: Float

  package init(from fields: inout Fields) {
    weight = Float(
      fields.number(
        .weight, in: .above(0), default: 1e-4, "the weight of the sum of the squared off-diagonal entries of W^T W"))
    networks = RegularizedNetworks(from: &fields, default: .generator)
  }

  private func term(at site: RegularizerSite) -> Tensor {
    var sum = site.graph.constant(0)
    for (kernel, role) in site.kernels() {
      let products = Orthogonal.products(kernel, filters: role)
      let filters = products.shape[0]
      let identity = site.graph.counting(filters).oneHot(classes: filters)
      sum = (products * (1 - identity)).sumOfSquares() + sum
    }
    return weight * sum
  }

  /// W^T W, [filters, filters].
  private static func products(_ kernel: Tensor, filters role: ParameterRole) -> Tensor {
    let shape = kernel.shape
    let axis = role.filterAxis(rank: shape.rank)
    let (filters, behind) = (shape[axis], shape.axes[(axis + 1)...].reduce(1, *))
    let before = shape.count / filters / behind
    if behind == 1 {
      let matrix = kernel.reshaped(to: [before, filters])
      return matrix.product(with: matrix, transposeA: true)
    }
    let matrices = kernel.reshaped(to: [before, filters, behind])
    return matrices.batchedProduct(with: matrices, transposeB: true).sum(over: 0..<1)
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor { term(at: site) }
  package func generatorTerm(at site: RegularizerSite) -> Tensor { term(at: site) }
}
