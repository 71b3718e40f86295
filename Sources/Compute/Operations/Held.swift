/// The same values, taken as constants: no gradient flows through.
package struct Held: StructuralOperation, RowwiseOperation {
  package var name: String { "held constant" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] { [nil] }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true] }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
}

extension Graph {
  /// The values of `x`, where they lie, as a constant: its gradient is zero.
  public mutating func held(_ x: Tensor) -> Tensor { add(Held(), [x]) }
}
