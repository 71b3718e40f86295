/// A matrix product for each sample: op(A)[n] op(B)[n], A and B [N, rows, columns].
///
/// Its gradients are such products again, as those of `Product` are.
package struct BatchedProduct: MatrixProduct, StagedOperation, RowwiseOperation {
  package let transposesA: Bool
  package let transposesB: Bool

  package var name: String { "batched product" }

  package func shape(of operands: [Shape]) -> Shape {
    let (a, b) = (operands[0], operands[1])
    precondition(
      a.rank == 3 && b.rank == 3 && a[0] == b[0] && a[transposesA ? 1 : 2] == b[transposesB ? 2 : 1],
      "batched product of \(a) and \(b)")
    return [a[0], a[transposesA ? 2 : 1], b[transposesB ? 1 : 2]]
  }

  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int) {
    (result[0] * result[1], result[2], operands[0][transposesA ? 1 : 2])
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    site.ofProduct(transposesA, transposesB) { $0.batchedProduct(with: $1, transposeA: $2, transposeB: $3) }
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, true] }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let (a, b) = (link.operandShape(0), link.operandShape(1))
    return [
      Stage.products(
        link.operand(0), [a[1], a[2]], transposed: transposesA, link.operand(1), [b[1], b[2]], transposed: transposesB,
        count: a[0], into: link.result, by: link.products, workers: link.workers)
    ]
  }

  func workerScratch(operands: [Shape], result: Shape) -> Int { Products.scratch }
}

extension Tensor {
  /// For each n op(A[n])[m, k] op(B[n])[k, l] -> [N, m, l], `op` transposing where asked; this is A.
  package func batchedProduct(with b: Tensor, transposeA: Bool = false, transposeB: Bool = false) -> Tensor {
    applying(BatchedProduct(transposesA: transposeA, transposesB: transposeB), b)
  }
}
