import ArgumentParser
import Datasets
import Files
import Reports
import Runs
import Specs
import Training

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Makes samples with a run's generator, as a picture or as numbers.",
    discussion: """
      \(RunArgument.explanation)

      The ending of -o says what is written: .png a picture, .csv a line per sample, .npy an array [N, ...] of float32, \
      .npz such an array with labels and latent vectors; -o - writes to standard output what --format says. Without -o \
      it is a picture whose name says run and step, beside older ones. With --each every image is a .png of its own. Numbers are in the range that the data have in \
      training. Points and tables are drawn against the data, where these are at hand.

      Examples:
        gan-exp sample latest
        gan-exp sample mlp-mnist/001 -n 16 --seed 7 --caption -o sheet.png
        gan-exp sample cgan-mnist --class 7 -o sevens.npz
        gan-exp sample mlp-mnist/001 -n 1000 --checkpoint best --each -o digits
        gan-exp sample my-table -n 1000 -o - --format csv | head

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    name: .short, parsing: .unconditional,
    help:
      "Samples, 1 to \(RunSampling.most); by default as many as the run's own sheets have, or 2500 rows of a table.",
    transform: whole("-n", 1...RunSampling.most))
  var n: Int?

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

  @OptionGroup var file: SampleFileArguments

  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  func run() throws {
    try file.require()
    let folder = try target.folder()
    let samples = try reporting {
      try RunSampling.samples(
        folder.path, count: n, seed: seed, kind: kind, from: from, threads: threads.count, notes: Terminal.note)
    }
    try file.write(samples, hasOwnSeed: seed != nil, from: places.location)
  }
}

/// How a picture of samples looks.
struct LookArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Pixels that one pixel of an image is wide; by default 2 for small images, else 1. Plots are as much larger.",
    transform: whole("--scale", 1...32))
  var scale: Int?

  @Option(
    parsing: .unconditional, help: "Pixels around images and between them; by default 4.",
    transform: whole("--border", 0...256))
  var border: Int?

  @Option(help: "The ground of the picture; by default white.")
  var background: PictureStyle.Ground?

  @Flag(help: "Writes run, step and seed below the picture; its metadata have them anyway.")
  var caption = false

  @Flag(
    help: "The form of the run's own sheets, without metadata; of images and points without names, axes and data too.")
  var plain = false

  /// The options that were given, but --plain.
  var given: [String] {
    [
      ("--scale", scale != nil), ("--border", border != nil), ("--background", background != nil),
      ("--caption", caption),
    ].filter(\.1).map(\.0)
  }

  /// Refuses options that the file to be written would not show (64).
  func require(_ format: SampleFormat) throws(RunError) {
    if format != .png, let option = (given + (plain ? ["--plain"] : [])).first {
      throw RunError(
        "\(option) is for pictures, but .\(format.rawValue) is a file of numbers",
        remedy: "leave \(option) out, or write a picture with --format png", exitCode: 64)
    }
    if plain, let option = given.first {
      throw RunError(
        "--plain has one form, which \(option) cannot change", remedy: "leave out \(option) or --plain", exitCode: 64)
    }
  }

  /// The look.
  var style: PictureStyle {
    var style = PictureStyle()
    (style.scale, style.border, style.ground, style.hasCaption) = (scale, border ?? 4, background ?? .white, caption)
    return style
  }
}

extension SampleFormat: ExpressibleByArgument {}
extension PictureStyle.Ground: ExpressibleByArgument {}
