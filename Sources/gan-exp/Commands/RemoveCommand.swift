import ArgumentParser
import Files
import Runs
import Training

struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Moves runs, groups and sweeps into the trash.",
    discussion: """
      They lie in \(RunTrash.name) of the folder of runs until gan-exp restore takes them back or gan-exp gc removes them. \
      A run that a process is at work on stays. A group or a sweep is moved as a whole.

      \(RunArgument.explanation)

      Examples:
        gan-exp rm mlp-mnist/003
        gan-exp rm ring-gan/group-001
        gan-exp restore mlp-mnist/003

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten, .inUse]))
      """)

  @Argument(help: ArgumentHelp("Runs, by folder or name.", valueName: "run"), completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var runs: RunsArguments

  func run() throws {
    // All names are understood before the first run is moved.
    var folders: [RunFolder] = []
    for folder in try reporting({ try names.flatMap { try meant($0) } })
    where !folders.contains(where: { $0.path == folder.path }) {
      folders.append(folder)
    }
    let trash = RunTrash(of: runs.folder)
    for folder in folders {
      let item = try reporting { try trash.take(folder) }
      Terminal.write(
        "\(folder.path) is in the trash; gan-exp restore \(ShellText.quoted(item.record.path)) takes it back\n")
    }
  }

  /// What a name means: a group or a sweep by its folder, the runs of a list, or a run.
  private func meant(_ name: String) throws(RunError) -> [RunFolder] {
    do {
      for path in [name, "\(runs.folder)/\(name)"] {
        let folder = RunFolder(path)
        if FileBytes.isFolder(folder.path), try folder.isOfRuns() { return [folder] }
      }
    } catch { throw RunError(of: error) }
    guard let group = try RunName.group(name, in: runs.folder) else {
      return [try RunName.folder(name, in: runs.folder)]
    }
    guard name.contains(",") else {
      throw RunError(
        "\(name) is not the name of one run: its newest are the \(group.runs.count) of \(group.name)",
        remedy: "name the group, \(group.name), or one of its runs", exitCode: 64)
    }
    return group.runs
  }
}
