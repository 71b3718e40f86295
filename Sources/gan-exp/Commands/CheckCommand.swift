import ArgumentParser
import Files
import Host
import Reports
import Specs
import Training

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a spec and shows what it would train, and what that takes.",
    discussion: """
      Of the data it reads what tells their number and shape; gan-exp run --dry-run reads all of them, as a run does. \
      The time is measured on the machine as it is.

      Examples:
        gan-exp check Experiments/mlp-mnist.yaml
        gan-exp check my.yaml --set training.epochs=5 --resolved
        gan-exp check my.yaml --json

      \(ExitStatus.sentence(ExitStatus.reading))
      """)

  @OptionGroup var source: SpecArguments

  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  @Flag(help: "Shows the spec with every default instead.")
  var resolved = false

  @Flag(help: "Shows all of it as JSON, mistakes and warnings too.")
  var json = false

  func validate() throws {
    if resolved, json { throw ValidationError("--json has the resolved spec in it: leave --resolved out.") }
  }

  func run() throws {
    var options = RunOptions()
    options.overrides = source.changes.overrides
    options.seed = source.changes.seed
    options.threads = threads.count
    options.data = places.location
    options.inspectsData = true
    let machine = Machine.current()
    let spec: LoadedSpec
    do throws(RunError) {
      spec = try LoadedSpec(path: source.spec, options: options, machine: machine)
    } catch {
      guard json, !error.diagnostics.isEmpty else { return try reporting { throw error } }
      try Terminal.print(String(JSON.text(Mistakes(source.spec, error)).dropLast()))
      throw ExitCode(error.exitCode)
    }
    if !json { Terminal.show(spec.warnings) }
    if resolved {
      try Terminal.print(String(spec.resolvedText.drop { $0 == "\n" }.dropLast()))
      return
    }
    let report = try reporting { try SpecReport(spec, threads: threads.count ?? machine.defaultThreads) }
    try Terminal.print(
      json ? String(JSON.text(report).dropLast()) : CheckAnswer(report, width: Terminal.proseWidth).text)
  }

  /// What is wrong with a spec.
  private struct Mistakes: Encodable {
    let spec: String
    let errors: [SpecReport.Message]
    let omitted: Int

    init(_ spec: String, _ error: RunError) {
      self.spec = spec
      errors = error.diagnostics.map(SpecReport.Message.init)
      omitted = error.omittedCount
    }
  }
}
