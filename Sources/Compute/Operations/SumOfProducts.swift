/// A1 B1 + A2 B2 and so on, products of the same shape, as one of which the inner extent is theirs together.
///
/// It is made while planning, when all gradients have been emitted.
package struct SumOfProducts: DenseProduct, ProducingOperation {
  package let terms: [Product]

  package var name: String { "sum of products" }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    preconditionFailure("sums of products are made when all gradients have been emitted")
  }
}
