import TestSupport
import Testing
import Training

/// Which terms of lazy regularization meet.
@Suite struct DueIntervalsTests {
  /// By looking at every step.
  private func walked(_ intervals: [Int], _ steps: Int) -> [Set<Int>] {
    var sets: [Set<Int>] = []
    for step in 0..<steps {
      let due = Set(intervals.filter { step.isMultiple(of: $0) })
      if !sets.contains(due) { sets.append(due) }
    }
    return sets
  }

  @Test func `they are those that walking finds, in its order`() {
    var generator = SeededGenerator(1)
    for _ in 0..<2000 {
      let intervals = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        Int.random(in: 1...12, using: &generator)
      }
      let steps = Int.random(in: 1...400, using: &generator)
      #expect(DueIntervals.sets(of: intervals, before: steps) == walked(intervals, steps), "\(intervals), \(steps)")
    }
  }

  @Test func `large coprime intervals take no time`() {
    #expect(DueIntervals.sets(of: [9973, 9967, 9949], before: 10_000_000_000_000).count == 8)
    #expect(DueIntervals.sets(of: [9973, 9967, 9949], before: 10_000_000).count == 5)
    #expect(DueIntervals.sets(of: [9973, 9967, 9949], before: 1 << 62).count == 8)
    #expect(DueIntervals.sets(of: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31], before: .max, limit: 65).count == 65)
  }
}
