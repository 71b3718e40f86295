import Testing
import Training

/// What is due after which step.
struct MilestonesTests {
  /// Ten steps, four an epoch: the third epoch is not whole.
  @Test(
    arguments: [
      (1, []), (2, []), (3, [.row]), (4, [.checkpoint, .timing]), (5, []), (6, [.row]), (7, []),
      (8, [.sheet, .checkpoint, .timing]), (9, [.row]), (10, [.sheet, .checkpoint, .timing]),
    ] as [(Int, Milestones.Due)])
  func `a row every third step, a sheet every second epoch, checkpoints and timings every epoch, all at the end`(
    step: Int, due: Milestones.Due
  ) {
    let milestones = Milestones(
      totalSteps: 10, stepsPerEpoch: 4, metricsEvery: 3, samplesEvery: 2, checkpointEvery: 1)
    #expect(milestones.after(step) == due)
  }

  @Test(arguments: [(1, 4), (2, 8), (3, 10)]) func `the first checkpoint comes with its epoch or at the end`(
    every: Int, step: Int
  ) {
    let milestones = Milestones(
      totalSteps: 10, stepsPerEpoch: 4, metricsEvery: 5, samplesEvery: 1, checkpointEvery: every)
    #expect(milestones.firstCheckpoint == step)
    #expect((1...10).first { milestones.after($0).contains(.checkpoint) } == step)
    #expect((1...10).filter { milestones.after($0).contains(.row) } == [5, 10])
  }
}
