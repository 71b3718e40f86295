/// The step that random draws of a session belong to; written by the session before it runs.
package final class StepClock: @unchecked Sendable {
  /// The number of the step.
  package internal(set) var step: UInt32 = 0
}

extension StepClock {
  /// Every value the number of the step.
  var number: Instruction {
    Instruction { chunk in chunk.out.update(repeating: Float(self.step), count: chunk.count) }
  }
}
