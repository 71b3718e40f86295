import ArgumentParser
import Runs

/// Which generator's input samples are made of, and of which checkpoint.
struct PointArguments: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "The seed of the latent points; by default those of the run's own sheets.",
    transform: whole("--seed", 0...UInt64(Int.max)))
  var seed: UInt64?

  @Option(
    name: .customLong("class"), parsing: .unconditional,
    help: "The class of all samples, by name or number; by default equally many of each, where there are some.")
  var kind: String?

  @Option(
    name: [.customLong("from"), .customLong("checkpoint")], parsing: .unconditional,
    help: ArgumentHelp("The checkpoint: a step, best or last, which is the newest.", valueName: "checkpoint"),
    transform: CheckpointChoice.reader(of: "--from"))
  var from = CheckpointChoice.newest
}
