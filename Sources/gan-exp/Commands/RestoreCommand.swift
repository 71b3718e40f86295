import ArgumentParser
import Files
import Runs
import Training

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract:
      "Takes a run or a group back out of the trash, or a run out of an archive, or shows what is in the trash.",
    discussion: """
      Prints the run's folder. Of several that lay at one place the one that was removed last comes back. A file is an \
      archive of gan-exp archive.

      Examples:
        gan-exp restore
        gan-exp restore mlp-mnist/003
        gan-exp restore mlp-mnist/003 --as mlp-mnist/004
        gan-exp restore best.tar.gz --runs /data/Runs

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten]))
      """)

  @Argument(
    help: ArgumentHelp("The run, by the folder in which it lay, or the file of an archive.", valueName: "run"),
    completion: .custom(Completions.removed))
  var name: String?

  @Option(
    name: .customLong("as"), help: ArgumentHelp("Another place in the folder of runs than its own.", valueName: "place")
  )
  var place: String?

  @OptionGroup var runs: RunsArguments

  func validate() throws {
    if name == nil, place != nil { throw ValidationError("--as needs a run.") }
  }

  func run() throws {
    let trash = RunTrash(of: runs.folder)
    guard let name else { return try show(trash) }
    let folder = try reporting {
      let isArchive = [".tar", ".tgz", ".tar.gz"].contains { name.hasSuffix($0) }
      if FileBytes.exists(name), isArchive || !FileBytes.isFolder(name) {
        return try RunArchive.unpack(name, into: runs.folder, at: place)
      }
      if isArchive { throw RunError("\(name): there is no such file", remedy: "check the path", exitCode: 66) }
      return try trash.restore(try trash.item(name), to: place)
    }
    try Terminal.print(folder.path)
  }

  private func show(_ trash: RunTrash) throws {
    var damaged: [FileError] = []
    let items = try reporting { () throws(RunError) in
      do throws(FileError) { return try trash.items { damaged.append($0) } } catch { throw RunError(error) }
    }
    for error in damaged { Terminal.note("passed over: \(error.message)") }
    guard !items.isEmpty else { return Terminal.write("there is nothing in the trash of \(runs.folder)\n") }
    var table = TextTable([.left, .left])
    for item in items { table.add([item.record.path, "removed \(Readable.minute(item.record.removed))"]) }
    try Terminal.print(String(table.text.dropLast()))
  }
}
