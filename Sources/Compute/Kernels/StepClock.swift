/// The step that random draws of a session belong to; written by the session before it runs.
public final class StepClock: @unchecked Sendable {
  /// The number of the step.
  public internal(set) var step: UInt32 = 0
}

extension StepClock {
  /// Every value `start (1 - step / end)`, from step `end` on 0; rounded once from Double.
  func ramp(from start: Float, until end: Int) -> Instruction {
    Instruction { chunk in
      let share = max(0, 1 - Double(self.step) / Double(end))
      chunk.out.update(repeating: Float(Double(start) * share), count: chunk.count)
    }
  }
}

extension StepClock {
  /// Every value the number of the step.
  var number: Instruction {
    Instruction { chunk in chunk.out.update(repeating: Float(self.step), count: chunk.count) }
  }
}
