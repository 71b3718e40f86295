import ArgumentParser
import Experiments

@main enum Program {
  static func main() {
    Terminal.prepare()
    GanExp.main()
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
      CompareCommand.self, BenchCommand.self, SchemaCommand.self,
    ])
}
