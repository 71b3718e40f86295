import Networks
import Training

extension Runner {
  /// The columns of timing.csv, of which each epoch writes a row.
  package static let timing = [
    Column("session", "how often a process had begun to work on the run, from 1", reduction: .last), .step, .epoch,
    Column("seconds", "the time since the row before, or since the session began", unit: "s", reduction: .sum),
    Column("steps_per_second", "steps by that time"),
    Column("gflop_per_second", "arithmetic of the steps by that time", unit: "GFLOP/s"),
  ]

  /// What they are called.
  package static let timingColumns = timing.map(\.name)
}
