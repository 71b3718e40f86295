import Compute
import Files
import Glibc
import Training

/// A run trained again from what it recorded: its own spec, seed and data.
package final class RunReproduction {
  /// The run.
  package let original: RunFolder
  /// What it recorded.
  package let record: RunRecord
  /// The new run.
  package let runner: Runner
  /// The step after which the new run stops; nil where it goes to its end.
  package let limit: Int?
  /// The folder that is removed with the new run; nil where it stays.
  private let stage: String?
  /// Held while there is such a folder, that it is not taken for a leftover.
  private var lock: FolderLock?

  /// What a reproduction is told.
  package struct Options: Sendable {
    /// The step after which it stops; nil for where the run stands.
    package var steps: Int?
    /// Whether the new run stays, beside the others of its experiment.
    package var isKept = false
    /// What else the new run is told: threads, lanes, where data are, the folder of runs.
    package var run = RunOptions()

    /// The defaults.
    package init() {}
  }

  /// Gets everything ready for the first step.
  /// - Throws: `RunError` where a process is at work on the run (75), its files are not as it left them, it was made with another
  ///   arithmetic, or its data are others (65), or it has no step yet (66).
  package init(of original: RunFolder, options: Options) throws(RunError) {
    self.original = original
    try original.requireRun()
    do {
      guard try !FolderLock.isHeld(original.path) else {
        throw RunError("\(original.path) is in use by another process", remedy: "wait until it has ended", exitCode: 75)
      }
      record = try RunRecord(path: original.record)
      let bytes = try DurableFile.read(original.resolved)
      let identity = RunIdentity(folder: original, record: record)
      if case .changed = identity.resolved(bytes) { throw identity.changed(bytes) }
      try record.requireRows(in: original)
    } catch { throw RunError(of: error) }
    try RunReproduction.requireArithmetic(record)
    let isToEnd = record.status == .complete || record.status == .diverged
    guard isToEnd || record.step > 0 else {
      throw RunError("\(original.path) has no checkpoint to compare with", remedy: "train it first", exitCode: 66)
    }
    limit = options.steps ?? (isToEnd ? nil : record.step)
    if let steps = options.steps, steps > record.step {
      throw RunError(
        "\(original.path) stands at step \(Decimals.count(record.step)), before step \(Decimals.count(steps))",
        remedy: "give --steps up to \(record.step)", exitCode: 64)
    }
    var run = options.run
    run.specFolder = record.data.specFolder
    run.data.isOfRun = true
    let stage = options.isKept ? nil : "\(RunFolder(run.runs).path)/.reproduction.\(getpid())\(DurableFile.suffix)"
    run.folder = stage.map { "\($0)/run" }
    self.stage = stage
    lock = try stage.map { (path) throws(RunError) in try RunFolder(path).stageLock() }
    do throws(RunError) {
      runner = try Runner.start(spec: original.resolved, options: run)
    } catch {
      if let stage { try? FolderTree.remove(stage) }
      throw error
    }
    guard runner.record.data.digest == record.data.digest else {
      discard()
      throw RunError(
        "the data are not those of \(original.path): SHA-256 \(record.data.digest.prefix(12))... then, "
          + "\(runner.record.data.digest.prefix(12))... now", remedy: "give the data of then with --data-dir",
        exitCode: 65)
    }
  }

  private static func requireArithmetic(_ record: RunRecord) throws(RunError) {
    let versions = record.changes { ArithmeticVersion.text($0.arithmetic) }.map(\.value)
    let own = ArithmeticVersion.text(ArithmeticVersion.current)
    guard versions == [own] else {
      throw RunError(
        "the run was made with \(versions.joined(separator: ", then ")), and this program has \(own)",
        remedy: "use a program of version \(record.sessions.last?.version ?? "?")", exitCode: 65)
    }
  }

  /// Trains.
  package func run(observer: (any RunObserver)?) throws(RunError) -> RunOutcome {
    try runner.run(observer: observer, until: limit)
  }

  /// Removes the new run, unless it is to stay.
  package func discard() {
    // What cannot be removed now, gc finds.
    if let stage { try? FolderTree.remove(stage) }
  }
}
