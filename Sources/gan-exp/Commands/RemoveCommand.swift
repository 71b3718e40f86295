import ArgumentParser
import Files
import Runs
import Training

struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Moves runs into the trash.",
    discussion: """
      They lie in \(RunTrash.name) of the folder of runs until gan-exp restore takes them back or gan-exp gc removes them. \
      A run that a process is at work on stays.

      \(RunArgument.explanation)

      Examples:
        gan-exp rm mlp-mnist/003
        gan-exp restore mlp-mnist/003

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten, .inUse]))
      """)

  @Argument(help: ArgumentHelp("Runs, by folder or name.", valueName: "run"), completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var runs: RunsArguments

  func run() throws {
    // All names are understood before the first run is moved.
    let folders = try reporting {
      try names.map { name in
        let group = try RunName.group(name, in: runs.folder)
        guard let group else { return try RunName.folder(name, in: runs.folder) }
        throw RunError(
          "\(name) is a group of \(group.runs.count) runs", remedy: "name its runs: \(group.name)/seed-*", exitCode: 64)
      }
    }
    let trash = RunTrash(of: runs.folder)
    for folder in folders {
      let item = try reporting { try trash.take(folder) }
      Terminal.write(
        "\(folder.path) is in the trash; gan-exp restore \(ShellText.quoted(item.record.path)) takes it back\n")
    }
  }
}
