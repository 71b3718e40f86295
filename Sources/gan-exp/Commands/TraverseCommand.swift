import ArgumentParser
import Reports
import Training

struct TraverseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traverse", abstract: "Makes samples that differ in one latent code alone.",
    discussion: """
      For generators with codes (latent: {codes: ...} in the spec; InfoGAN). Along a row latent vector and all other codes stay \
      as they are; a categorical code takes each of its values, a continuous one goes from -1 to 1. Codes are counted from 0, \
      categorical ones first. What is written is as with "gan-exp sample".

      \(RunArgument.explanation)

      Examples:
        gan-exp traverse infogan-mnist --code 0
        gan-exp traverse infogan-mnist --code 1 --reach 2 -o slant.png

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported, .notCreated, .notWritten]))
      """)

  @OptionGroup var target: RunArgument

  @OptionGroup var walk: WalkArguments

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The number of the code.", valueName: "code"),
    transform: whole("--code", 0...10_000))
  var code: Int

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A continuous code goes from minus this to this, 0.01 to 100; in training it is 1.", valueName: "reach"),
    transform: { text in
      guard let reach = Float(text), (0.01...100).contains(reach) else {
        throw ValidationError("--reach takes a number from 0.01 to 100, not \(text.isEmpty ? "nothing" : text)")
      }
      return reach
    })
  var reach: Float = 1

  func run() throws {
    try walk.file.require()
    let folder = try target.folder()
    let samples = try reporting {
      try LatentWalk.traverse(folder.path, walk.options, code: code, reach: reach, notes: Terminal.note)
    }
    try walk.write(samples)
  }
}
