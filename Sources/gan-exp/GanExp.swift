import ArgumentParser
import Experiments
import Glibc
import YAML

@main enum Program {
  static func main() {
    FreshStart.withoutIdleThreads()
    Terminal.prepare()
    refuseUnknownCommand()
    GanExp.main()
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
    usage: """
      gan-exp check Experiments/mlp-mnist.yaml
             gan-exp run Experiments/mlp-mnist.yaml
             gan-exp run Experiments/mlp-mnist.yaml --set training.epochs=5 --seed 7
             gan-exp resume Runs/mlp-mnist/001
             gan-exp sample Runs/mlp-mnist/001 -n 64 --seed 7 -o sheet.png
             gan-exp compare Runs/mlp-mnist/001 Runs/mlp-mnist/002
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, ResumeCommand.self, CheckCommand.self, DescribeCommand.self, SampleCommand.self,
      ListCommand.self, ShowCommand.self,
      CompareCommand.self, VerifyCommand.self,
      BenchCommand.self, DoctorCommand.self, DataCommand.self, SchemaCommand.self,
    ])
}
