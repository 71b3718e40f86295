/// A number that falls linearly with the step t: start (1 - t / end) before the step `end`, then 0.
package struct StepRamp: PointwiseOperation, SourceOperation {
  package let start: Float
  package let end: Int

  package var name: String { "ramp" }
  package func shape(of operands: [Shape]) -> Shape { [] }
  func instruction(_ link: Link) -> Instruction { link.clock.ramp(from: start, until: end) }
}

extension Graph {
  /// A number that falls linearly from `start` at step 0 to 0 at step `end`, where it stays; `end` is at least 1.
  public mutating func ramp(from start: Float, until end: Int) -> Tensor {
    add(StepRamp(start: start, end: end), [])
  }
}
