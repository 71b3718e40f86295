/// A sum of matrix products op(A) op(B) of the same shape: operands are each term's two.
protocol DenseProduct: MatrixProduct, KernelOperation {
  var terms: [Product] { get }
}

extension DenseProduct {
  package func shape(of operands: [Shape]) -> Shape { terms[0].shape(of: operands[0], operands[1]) }

  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int) {
    var inner = 0
    for (number, term) in terms.enumerated() { inner += term.inner(operands[2 * number]) }
    return (result[0], result[1], inner)
  }

  func columns(of result: Shape) -> Int { result[1] }

  func tiles(operands: [Shape], result: Shape, isStreamed: Bool) -> [Rectangle] {
    let (m, n, k) = extents(operands: operands, result: result)
    return Tiling.product(m: m, n: n, k: k, isStreamed: isStreamed)
  }

  func producer(_ link: LinkedPlan) -> Producer {
    Producer.sum(terms.indices.map { terms[$0].factors(link, from: 2 * $0) }, by: link.products)
  }

  func workerScratch(operands: [Shape], result: Shape) -> Int {
    guard terms.count > 1 else { return Products.scratch }
    let largest = [false, true].flatMap { tiles(operands: operands, result: result, isStreamed: $0) }
      .map { $0.rows.count * $0.columns.count }.max()
    return Products.scratch + (largest ?? 0)
  }
}

extension GradientSite {
  /// The gradients of a product op(A) op(B), which are products again: for C = A B, dA = dC B^T and dB = A^T dC.
  /// - Parameter product: the product of two tensors that are transposed where asked.
  func ofProduct(
    _ transposesA: Bool, _ transposesB: Bool, _ product: (Tensor, Tensor, _ first: Bool, _ second: Bool) -> Tensor
  ) -> [Tensor?] {
    let (a, b, d) = (operands[0], operands[1], upstream)
    // A's gradient first: it still reads B, which an optimizer may then update in the tiles of B's.
    var (forA, forB): (Tensor?, Tensor?)
    if isNeeded[0] { forA = transposesA ? product(b, d, transposesB, true) : product(d, b, false, !transposesB) }
    if isNeeded[1] { forB = transposesB ? product(d, a, true, transposesA) : product(a, d, !transposesA, false) }
    return [forA, forB]
  }
}

/// The matrix product op(A) op(B), the work of dense layers.
package struct Product: DenseProduct, ProducingOperation, RowwiseOperation {
  package let transposesA: Bool
  package let transposesB: Bool

  var terms: [Product] { [self] }

  package var name: String { "product" }

  func shape(of a: Shape, _ b: Shape) -> Shape {
    precondition(inner(a) == b[transposesB ? 1 : 0], "product of \(a) and \(b)")
    return [a[transposesA ? 1 : 0], b[transposesB ? 0 : 1]]
  }

  /// The extent over which a product is summed.
  func inner(_ a: Shape) -> Int { a[transposesA ? 0 : 1] }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    site.ofProduct(transposesA, transposesB) { $0.product(with: $1, transposeA: $2, transposeB: $3) }
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { transposesA ? nil : [true, false] }

  /// The matrices to be multiplied, of which A is the operand at `place` and B the next.
  func factors(_ link: LinkedPlan, from place: Int) -> Factors {
    let (a, b) = (link.operandShape(place), link.operandShape(place + 1))
    return Factors(
      a: Factor(link.operand(place), rowLength: a[1], isTransposed: transposesA),
      b: Factor(link.operand(place + 1), rowLength: b[1], isTransposed: transposesB),
      rows: a[transposesA ? 1 : 0], inner: inner(a))
  }
}

extension Tensor {
  /// op(A)[m, k] op(B)[k, n] -> [m, n], `op` transposing where asked; this is A.
  package func product(with b: Tensor, transposeA: Bool = false, transposeB: Bool = false) -> Tensor {
    applying(Product(transposesA: transposeA, transposesB: transposeB), b)
  }
}
