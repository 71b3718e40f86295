import ArgumentParser
import Runs
import Training

struct RenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Gives a run another folder.",
    discussion: """
      Prints the new folder. Beside the other runs of the experiment, or, with a slash in the name, anywhere in the folder \
      of runs. What the run recorded stays as it is, the name of its experiment too.

      \(RunArgument.explanation)

      Examples:
        gan-exp rename mlp-mnist/003 baseline
        gan-exp rename mlp-mnist/003 paper/figure-2

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten, .inUse]))
      """)

  @OptionGroup var target: RunArgument

  @Argument(help: ArgumentHelp("The new name.", valueName: "new-name"))
  var new: String

  func run() throws {
    let folder = try target.single()
    let renamed = try reporting { try folder.move(to: new, in: target.runs.folder) }
    try Terminal.print(renamed.path)
  }
}
