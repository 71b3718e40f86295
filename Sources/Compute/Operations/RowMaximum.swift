/// The largest value along the last axis, held constant in gradients: [..., C] -> [..., 1].
package struct RowMaximum: StagedOperation, RowwiseOperation {
  package var name: String { "row maximum" }
  package func shape(of operands: [Shape]) -> Shape { Shape(operands[0].axes.dropLast() + [1]) }
  package func gradients(at site: GradientSite) -> [Tensor?] { [nil] }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { result.rank > 1 ? [true] : nil }
  package func operationCount(operands: [Shape], result: Shape) -> Int { operands[0].count }
  func stages(_ link: LinkedPlan) -> [Stage] {
    [Stage.rowMaximum(link.operand(0), columns: link.operandShape(0).axes.last ?? 1, into: link.result)]
  }
}

extension Tensor {
  /// The largest value along the last axis, as a constant.
  package func rowMaximum() -> Tensor { applying(RowMaximum()) }

  /// ln sum e^x along the last axis of [N, C], [N, 1]; nothing overflows.
  package func logSumExp() -> Tensor {
    let largest = rowMaximum()
    let sum = (self - largest).exponential().sum(over: (shape.rank - 1)..<shape.rank)
    return sum.reshaped(to: largest.shape).logarithm() + largest
  }
}
