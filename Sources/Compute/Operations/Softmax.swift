/// Along the last axis e^x over its sum (Bridle, "Probabilistic Interpretation of Feedforward Classification Network
/// Outputs", 1990): y[..., i] = e^(x[..., i] - m) / sum over j of e^(x[..., j] - m), m the largest, so that nothing
/// overflows.
package struct Softmax: StagedOperation, RowwiseOperation {
  package var name: String { "softmax" }

  package func shape(of operands: [Shape]) -> Shape { operands[0] }

  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    // dx = y (d - sum of d y)
    let (y, d) = (site.result, site.upstream)
    let shape = graph.shape(y)
    let mean = graph.sum(graph.multiply(d, y), over: (shape.rank - 1)..<shape.rank)
    let repeated = graph.reshape(mean, to: Shape(shape.axes.dropLast() + [1]))
    return [graph.multiply(y, graph.subtract(d, repeated))]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { result.rank > 1 ? [true] : nil }

  package func operationCount(operands: [Shape], result: Shape) -> Int { 12 * result.count }

  func stages(_ link: Link) -> [Stage] {
    [Stage.softmax(link.operand(0), columns: link.operandShape(0).axes.last ?? 1, into: link.result)]
  }
}

extension Graph {
  /// e^x over its sum along the last axis.
  public mutating func softmax(_ x: Tensor) -> Tensor { add(Softmax(), [x]) }
}
