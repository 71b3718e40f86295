/// The number of the step that a session runs, from 1 in training; exact up to 2^24.
package struct StepNumber: PointwiseOperation, SourceOperation {
  package var name: String { "step number" }
  package func shape(of operands: [Shape]) -> Shape { [] }
  func instruction(_ link: Link) -> Instruction { link.clock.number }
}

extension Graph {
  /// The number of the step, a scalar.
  public mutating func stepNumber() -> Tensor { add(StepNumber(), []) }

  /// A number that falls linearly from `start` at step 0 to 0 at step `end`, where it stays; `end` is at least 1.
  public mutating func ramp(from start: Float, until end: Int) -> Tensor {
    let passed = divide(stepNumber(), constant(Float(end)))
    return scale(relu(offset(scale(passed, by: -1), by: 1)), by: start)
  }
}
