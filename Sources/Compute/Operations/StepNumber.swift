/// The number of the step that a session runs, from 1 in training; exact up to 2^24.
package struct StepNumber: PointwiseOperation, SourceOperation {
  package var name: String { "step number" }
  package func shape(of operands: [Shape]) -> Shape { [] }
  func instruction(_ link: Link) -> Instruction { link.clock.number }
}

extension Graph {
  /// The number of the step, a scalar.
  public mutating func stepNumber() -> Tensor { add(StepNumber(), []) }
}
