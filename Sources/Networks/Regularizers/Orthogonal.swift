import Compute
import YAML

/// weight times the sum of the squares of W^T W off its diagonal, for every kernel W as [the rest, filters]: filters at right
/// angles, of any length (Brock et al., "Large Scale GAN Training for High Fidelity Natural Image Synthesis", 2019).
public struct Orthogonal: Regularizer {
  /// Its name in a spec.
  public static let name = "orthogonal"
  /// What it does.
  public static let summary = "the filters of each kernel at right angles to each other"
  /// Whose kernels.
  public let networks: RegularizedNetworks
  let weight: Float

  /// Reads its fields.
  public init(from fields: inout Fields) {
    weight = Float(fields.number("weight", in: .above(0), default: 1e-4, "how much the term counts"))
    networks = RegularizedNetworks(from: &fields, default: "generator")
  }

  private func term(at site: inout RegularizerSite) -> Tensor {
    var sum = site.graph.constant(0)
    for kernel in site.kernels() {
      let shape = site.graph.shape(kernel)
      let filters = shape[shape.rank - 1]
      let matrix = site.graph.reshape(kernel, to: [shape.count / filters, filters])
      let products = site.graph.product(matrix, matrix, transposeA: true)
      let diagonal = site.graph.oneHot(site.graph.counting(filters), classes: filters)
      let others = site.graph.offset(site.graph.scale(diagonal, by: -1), by: 1)
      sum = site.graph.add(site.graph.sumOfSquares(site.graph.multiply(products, others)), sum)
    }
    return site.graph.scale(sum, by: weight)
  }

  /// The term of the discriminator's kernels.
  public func discriminatorTerm(at site: inout RegularizerSite) -> Tensor { term(at: &site) }
  /// The term of the generator's kernels.
  public func generatorTerm(at site: inout RegularizerSite) -> Tensor { term(at: &site) }
}
