import ArgumentParser
import Reports
import Runs
import Training

/// What commands are told that follow lines of latent points.
struct WalkArguments: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Lines, each a row of the picture, 1 to 100.", valueName: "rows"),
    transform: whole("--rows", 1...100))
  var rows: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Samples on each line, both ends among them, 2 to 200.", valueName: "columns"),
    transform: whole("--columns", 2...200))
  var columns = 10

  @Option(
    parsing: .unconditional, help: "The seed of the latent points; by default that of the run's own sheets.",
    transform: whole("--seed", 0...UInt64(Int.max)))
  var seed: UInt64?

  @Option(
    name: .customLong("class"), parsing: .unconditional,
    help: "The class of all samples, by name or number; by default a row of each, where there are some.")
  var kind: String?

  @Option(
    name: [.customLong("from"), .customLong("checkpoint")], parsing: .unconditional,
    help: ArgumentHelp("The checkpoint: a step, best or last, which is the newest.", valueName: "checkpoint"),
    transform: CheckpointChoice.reader(of: "--from"))
  var from = CheckpointChoice.newest

  @OptionGroup var file: SampleFileArguments
  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  /// The same for who follows the lines.
  var options: LatentWalk.Options {
    var options = LatentWalk.Options()
    (options.columns, options.seed, options.kind) = (columns, seed, kind)
    if let rows { options.rows = rows }
    (options.place, options.threads) = (from, threads.count)
    return options
  }
}
