/// The number of the step that a session runs, from 1 in training; exact up to 2^24.
package struct StepNumber: PointwiseOperation, SourceOperation {
  package var name: String { "step number" }
  package func shape(of operands: [Shape]) -> Shape { [] }
  func instruction(_ link: LinkedPlan) -> Instruction { link.clock.number }
}

extension GraphBuilder {
  /// The number of the step, a scalar.
  package func stepNumber() -> Tensor { add(StepNumber(), []) }

  /// start max(0, 1 - step / end): falls linearly from `start` at step 0 to 0 at step `end`, at least 1, where it stays.
  package func ramp(from start: Float, until end: Int) -> Tensor { start * (1 - stepNumber() / Float(end)).relu() }
}
