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

  @OptionGroup var points: PointArguments
  @OptionGroup var file: SampleFileArguments
  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  /// The same for who follows the lines.
  var options: LatentWalk.Options {
    var options = LatentWalk.Options()
    (options.columns, options.seed, options.kind) = (columns, points.seed, points.kind)
    if let rows { options.rows = rows }
    (options.place, options.threads) = (points.from, threads.count)
    return options
  }

  /// Writes samples, and says where.
  func write(_ samples: RunSamples) throws {
    try file.write(samples, hasOwnSeed: points.seed != nil, from: places.location, threads: threads.count)
  }
}
