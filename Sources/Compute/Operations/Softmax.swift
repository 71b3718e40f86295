/// Along the last axis e^x over its sum (Bridle, "Probabilistic Interpretation of Feedforward Classification Network
/// Outputs", 1990): y[..., i] = e^(x[..., i] - m) / sum over j of e^(x[..., j] - m), m the largest, so that nothing
/// overflows.
package struct Softmax: StagedOperation, RowwiseOperation {
  package var name: String { "softmax" }

  package func shape(of operands: [Shape]) -> Shape { operands[0] }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    // dx = y (d - sum of d y)
    let (y, d) = (site.result, site.upstream)
    let shape = y.shape
    let mean = (d * y).sum(over: (shape.rank - 1)..<shape.rank)
    let repeated = mean.reshaped(to: Shape(shape.axes.dropLast() + [1]))
    return [y * (d - repeated)]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { result.rank > 1 ? [true] : nil }

  package func operationCount(operands: [Shape], result: Shape) -> Int { 12 * result.count }

  func stages(_ link: LinkedPlan) -> [Stage] {
    [Stage.softmax(link.operand(0), columns: link.operandShape(0).axes.last ?? 1, into: link.result)]
  }
}

extension Tensor {
  /// e^x over its sum along the last axis.
  package func softmax() -> Tensor { applying(Softmax()) }
}
