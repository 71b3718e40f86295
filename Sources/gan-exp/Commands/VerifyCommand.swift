import ArgumentParser
import Datasets
import Files
import Reports
import Runs
import Specs
import Training

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compares every file of runs with what the runs recorded.",
    discussion: """
      A line for each file: how it stands, its path, and what it is or what is wrong with it. All digests are computed \
      anew, and no file is changed. "extra" is a file that is not the run's.

      \(RunArgument.explanation)

      Examples:
        gan-exp verify mlp-mnist/001
        gan-exp verify Runs/mlp-mnist --json

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten, .inUse]))
      """)

  @Argument(
    help: ArgumentHelp("Runs, by folder or name; a folder of runs or an experiment is all its runs.", valueName: "run"),
    completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    var verified: [RunVerification] = []
    var failure: RunError?
    let paths = try reporting { () throws(RunError) in
      try RunName.folders(names, in: runs.folder) { Terminal.note($0) }.map(\.path)
    }
    for path in paths {
      do throws(RunError) {
        verified.append(try RunVerification(path))
      } catch {
        Terminal.show(error)
        failure = failure ?? error
      }
    }
    if json {
      try Terminal.print(String(JSON.text(verified).dropLast()))
    } else {
      try show(verified)
    }
    let count = verified.reduce(0) { $0 + $1.differences }
    if count > 0 { throw ExitCode(65) }
    if let failure { throw ExitCode(failure.exitCode) }
  }

  /// A line a file, with its whole path where that fits; else the files of each run stand below its folder.
  private func show(_ verified: [RunVerification]) throws {
    let width = Terminal.outputWidth
    func table(_ runs: [RunVerification], isWhole: Bool) -> TextTable {
      var table = TextTable([.left, .left, .left])
      for run in runs {
        for line in run.lines {
          table.add([line.state.rawValue, isWhole ? "\(run.run)/\(line.file)" : line.file, line.what])
        }
      }
      return table
    }
    let whole = table(verified, isWhole: true)
    guard !whole.rows.isEmpty else { return }
    if whole.width <= width ?? .max { return try Terminal.print(String(whole.text.dropLast())) }
    for run in verified where !run.lines.isEmpty {
      let files = table([run], isWhole: false).wrapped(to: width, column: 2).text
      try Terminal.print(DisplayText.printable(run.run) + "\n" + files.dropLast())
    }
  }
}
