/// A1 B1 + A2 B2 and so on, products of the same shape, as one of which the inner extent is theirs together.
///
/// It is made while planning, when all gradients have been emitted.
package struct SumOfProducts: MatrixProduct, ProducingOperation {
  package let terms: [Product]

  package var name: String { "sum of products" }

  package func shape(of operands: [Shape]) -> Shape { terms[0].shape(of: Array(operands.prefix(2))) }

  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int) {
    var inner = 0
    for (number, term) in terms.enumerated() { inner += operands[2 * number][term.transposesA ? 0 : 1] }
    return (result[0], result[1], inner)
  }

  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    preconditionFailure("sums of products are made when all gradients have been emitted")
  }

  func columns(of result: Shape) -> Int { result[1] }

  func tiles(operands: [Shape], result: Shape, isStreamed: Bool) -> [Rectangle] {
    let (m, n, k) = extents(operands: operands, result: result)
    return Tiling.product(m: m, n: n, k: k, isStreamed: isStreamed)
  }

  func producer(_ link: Link) -> Producer {
    Producer.sum(terms.indices.map { terms[$0].factors(link, from: 2 * $0) })
  }
}
