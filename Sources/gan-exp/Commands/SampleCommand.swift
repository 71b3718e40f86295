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
      training. Points and tables are drawn against the data, where these are at hand; behind points --backdrop shows a density or the \
      discriminator's score.

      Examples:
        gan-exp sample latest
        gan-exp sample mlp-mnist/001 -n 16 --seed 7 --caption -o sheet.png
        gan-exp sample cgan-mnist --class 7 -o sevens.npz
        gan-exp sample mlp-mnist/001 -n 1000 --checkpoint best --each -o digits
        gan-exp sample ring-gan --backdrop score -o ring.png
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

  @OptionGroup var points: PointArguments
  @OptionGroup var file: SampleFileArguments

  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  func run() throws {
    try file.require()
    let folder = try target.folder()
    let samples = try reporting {
      try RunSampling.samples(
        folder.path, count: n, seed: points.seed, kind: points.kind, from: points.from, threads: threads.count,
        notes: Terminal.note)
    }
    try file.write(samples, hasOwnSeed: points.seed != nil, from: places.location, threads: threads.count)
  }
}
