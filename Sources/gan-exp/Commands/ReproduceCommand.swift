import ArgumentParser
import Files
import Reports
import Runs
import Training

struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce", abstract: "Trains a run again and compares every byte.",
    discussion: """
      From the run's own spec, seed and data, on this machine with any threads and lanes: metrics.csv, evaluation.csv, \
      verdict, sheets and checkpoints must be the same bytes. Of checkpoints of another version of the program, which they \
      name, the tensors count. The run itself is only read; the new one is removed.

      \(RunArgument.explanation)

      Examples:
        gan-exp reproduce mlp-mnist/001
        gan-exp reproduce mlp-mnist/001 --steps 1000

      \(ExitStatus.sentence([.done, .unfit] + ExitStatus.training.filter { ![.done, .diverged].contains($0) }))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only so many steps: of files that grow the beginning is compared.", valueName: "steps"),
    transform: whole("--steps", 1...Int.max))
  var steps: Int?

  @Flag(help: "Keeps the new run, beside the others of its experiment.")
  var keep = false

  @OptionGroup var machine: MachineArguments

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let folder = try target.single()
    var options = RunReproduction.Options()
    options.steps = steps
    options.isKept = keep
    options.run.runs = target.runs.folder
    options.run.threads = machine.threads.count
    options.run.lanes = machine.lanes
    options.run.data = machine.data
    options.run.command = CommandLine.arguments
    let reproduction = try reporting { try RunReproduction(of: folder, options: options) }
    defer { reproduction.discard() }
    let display: any RunObserver = quiet ? QuietDisplay() : RunDisplay()
    let outcome = try reporting { try reproduction.run(observer: display) }
    var diverged: Int?
    switch outcome {
    case .stopped(let signal): throw ExitCode(128 + signal)
    case .diverged(let divergence): diverged = divergence.step
    case .complete, .paused: break
    }
    let result = try reporting { try Reproduction(reproduction, diverged: diverged) }
    try Terminal.print(json ? String(JSON.text(result).dropLast()) : ReproduceCommand.text(result))
    if keep { Terminal.write("the new run is \(reproduction.runner.folder.path)\n") }
    if !result.isSame { throw ExitCode(ExitStatus.unfit.rawValue) }
  }

  /// One line where all is the same, else one for each file that differs.
  private static func text(_ result: Reproduction) -> String {
    let to = "to step \(Readable.count(result.step))"
    guard !result.isSame else {
      return "reproduced \(to): \(Readable.count(result.files.count, "file")), the same bytes"
    }
    let different = result.files.filter { $0.difference != nil }
    var table = TextTable([.left, .left])
    for file in different { table.add([file.file, file.difference ?? ""]) }
    return "not reproduced \(to): \(different.count) of \(Readable.count(result.files.count, "file")) "
      + "\(different.count == 1 ? "differs" : "differ")\n" + table.text.dropLast()
  }
}
