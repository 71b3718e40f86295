import ArgumentParser
import Compute
import Files
import Glibc
import Specs
import Training

@main enum Program {
  static func main() {
    FreshStart.withoutIdleThreads()
    Terminal.prepare()
    refuseUnknownCommand()
    do {
      var command = try GanExp.parseAsRoot()
      try requireAlone(command)
      try command.run()
    } catch {
      Answer(to: error).end()
    }
  }

  /// Says which command a mistyped one may mean, which the parser of arguments does not.
  private static func refuseUnknownCommand() {
    let names = GanExp.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !names.contains(word) else {
      return
    }
    let remedy = Suggestion.nearest(to: word, among: names).map { "did you mean gan-exp \($0)?" }
    Terminal.show(
      RunError(
        "there is no command \(word)", remedy: remedy ?? "there are \(names.joined(separator: ", "))", exitCode: 64))
    exit(64)
  }
}

/// The commands.
struct GanExp: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gan-exp",
    abstract: "Trains generative adversarial networks that a YAML file describes.",
    discussion: """
      Examples:
        gan-exp check Experiments/mlp-mnist.yaml
        gan-exp run Experiments/mlp-mnist.yaml
        gan-exp run Experiments/mlp-mnist.yaml --epochs 5 --seed 7
        gan-exp resume mlp-mnist/001
        gan-exp sample latest -n 64 --seed 7 -o sheet.png
        gan-exp compare mlp-mnist/001 mlp-mnist/002

      source <(gan-exp --generate-completion-script bash) lets the shell complete commands, options, specs and runs; zsh \
      and fish likewise.

      \(ExitStatus.sentence(ExitStatus.allCases))
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, SweepCommand.self, ResumeCommand.self, CloneCommand.self, CheckCommand.self,
      DescribeCommand.self,
      SampleCommand.self, AnimateCommand.self, InterpolateCommand.self, TraverseCommand.self,
      ListCommand.self, ShowCommand.self, TagCommand.self, NoteCommand.self,
      RenameCommand.self, RemoveCommand.self, RestoreCommand.self, ArchiveCommand.self, CollectCommand.self,
      EvaluateCommand.self, CompareCommand.self, DiffCommand.self, ReportCommand.self, PlotCommand.self,
      WatchCommand.self,
      ServeCommand.self, VerifyCommand.self,
      ReproduceCommand.self, FeaturesCommand.self, ExportCommand.self,
      BenchCommand.self, DoctorCommand.self, DataCommand.self, SchemaCommand.self, ManualCommand.self,
    ])
}
