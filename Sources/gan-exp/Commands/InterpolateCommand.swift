import ArgumentParser
import Reports
import Training

struct InterpolateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolate", abstract: "Makes samples on the way from one latent point to another.",
    discussion: """
      A row begins at one point and ends at another: of the seed's points the first and the second, the third and the \
      fourth and so on, or with --to point by point from one seed to another. Normal latent vectors go along the great circle \
      (spherical interpolation), uniform ones and codes on a straight line. A generator that has learned the data, and not \
      single samples by heart, changes smoothly on the way. What is written is as with "gan-exp sample".

      \(RunArgument.explanation)

      Examples:
        gan-exp interpolate mlp-mnist/001
        gan-exp interpolate cgan-mnist --class 7 --rows 4 -o sevens.png
        gan-exp interpolate latest --seed 1 --to 2 --columns 24 -o between.npz

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @OptionGroup var walk: WalkArguments

  @Option(
    parsing: .unconditional, help: "The seed of the points at which lines end.",
    transform: whole("--to", 0...UInt64(Int.max)))
  var to: UInt64?

  func run() throws {
    try walk.file.require()
    let folder = try target.folder()
    let samples = try reporting {
      try LatentWalk.interpolate(folder.path, walk.options, to: to, notes: Terminal.note)
    }
    try walk.write(samples)
  }
}
