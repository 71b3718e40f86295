import ArgumentParser
import Runs
import Training

struct ArchiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Packs a run into one file.",
    discussion: """
      The same run gives the same bytes, whenever and wherever it is packed; compressed, by the same zlib. The run stays; \
      gan-exp restore FILE unpacks it.

      \(RunArgument.explanation)

      Examples:
        gan-exp archive mlp-mnist/001 -o best.tar.gz

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notCreated, .notWritten, .inUse]))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file: .tar.gz, .tgz or .tar.", valueName: "file"),
    completion: .file(extensions: ["gz", "tgz", "tar"]))
  var output: String

  func run() throws {
    let folder = try target.single()
    let count = try reporting { try RunArchive.pack(folder, in: target.runs.folder, to: output) }
    Terminal.write("\(Readable.count(count, "file")) of \(folder.path)\n")
    try Terminal.print(output)
  }
}
