import ArgumentParser
import Compute
import Datasets
import Evaluation
import Files
import Host
import Reports
import Runs
import Specs
import Training

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares every file of runs with what the runs recorded, or metrics with what is known of them.",
    discussion: """
      A line for each file: how it stands, its path, and what it is or what is wrong with it. All digests are computed \
      anew, and no file is changed. "extra" is a file that is not the run's.

      \(RunArgument.explanation)

      "gan-exp verify metrics", where no run has this name, verifies the metrics of generated samples: a line for each \
      value that another program or a formula knows, and a table of how metrics behave on samples of which it is known \
      how good they are. The second table is no matter of right or wrong: no metric passes every test. It takes \
      a minute, and with --thorough about twenty.

      Examples:
        gan-exp verify mlp-mnist/001
        gan-exp verify Runs/mlp-mnist --json
        gan-exp verify metrics

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .unsupported, .notWritten, .inUse]))
      """)

  @Argument(
    help: ArgumentHelp("Runs, by folder or name; a folder of runs or an experiment is all its runs.", valueName: "run"),
    completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  @Flag(
    help: "Of metrics: also the values of MNIST's pixels and of 1000 dimensions, all positions of tests, ten draws.")
  var thorough = false

  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  func run() throws {
    if try isOfMetrics() { return try verifyMetrics() }
    guard !thorough, threads.count == nil, places.dataDir == nil else {
      throw ValidationError("--thorough, --threads and --data-dir are for gan-exp verify metrics.")
    }
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

  /// The word that stands for the metrics where it is no run.
  private static let metrics = "metrics"

  /// Whether the metrics are meant: no run, folder or file has the name.
  private func isOfMetrics() throws -> Bool {
    guard names == [VerifyCommand.metrics], !FileBytes.exists(names[0]), !FileBytes.isFolder(names[0]) else {
      return false
    }
    do throws(RunError) {
      _ = try RunName.folders(names, in: runs.folder) { _ in }
      return false
    } catch {
      return error.exitCode == ExitStatus.missing.rawValue
    }
  }

  private func verifyMetrics() throws {
    let answer = try reporting {
      let digits = thorough ? try digits() : nil
      let pool = ThreadPool(threads: threads.count ?? Machine.current().defaultThreads)
      defer { pool.close() }
      let effort = thorough ? SanitySuite.Effort.thorough : .quick
      return MetricsAnswer(
        conformance: Conformance.rows(digits: digits, on: pool), sanity: SanitySuite.rows(effort, on: pool),
        effort: effort)
    }
    try Terminal.print(String((json ? JSON.text(answer.values) : answer.text).dropLast()))
    if !answer.isMet { throw ExitCode(ExitStatus.damaged.rawValue) }
  }

  /// The pixels of MNIST from 0 to 1.
  private func digits() throws(RunError) -> Conformance.Digits {
    do throws(DataError) {
      func pixels(_ split: ImageArchive.Split, _ count: Int) throws(DataError) -> Matrix {
        let (images, size) = try MNIST.bytes(of: split, in: places.location)
        return Matrix(
          rows: count, columns: size, values: images.prefix(count * size).map { Double($0) / 255 })
      }
      return Conformance.Digits(training: try pixels(.train, 20_000), test: try pixels(.test, 10_000))
    } catch { throw RunError(error) }
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
