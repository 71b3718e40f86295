import Files
import Sweeps
import SystemPackage
import Training

/// The folder of a sweep, `Runs/NAME`: its file, its journal, the groups of its trials, and what came of them.
package struct SweepFolder: Sendable {
  /// The folder's path, without a slash at its end.
  package let path: String

  /// A folder that may or may not exist.
  package init(_ path: String) { self.path = FilePath(path).string }

  /// The file as it was given.
  package var file: String { "\(path)/sweep.yaml" }
  /// The spec that it begins from, with every default.
  package var baseSpec: String { "\(path)/base.yaml" }
  /// What happened, an event a line.
  package var journal: String { "\(path)/journal.jsonl" }
  /// The trials from the best to the worst.
  package var leaderboard: String { "\(path)/leaderboard.csv" }
  /// The expected best of so many trials.
  package var budget: String { "\(path)/budget.csv" }
  /// What the best came to with the seeds of `then`.
  package var finale: String { "\(path)/then.csv" }
  /// What workers say.
  package var messages: String { "\(path)/workers.txt" }

  /// The folder of a trial, by its digest.
  package func trial(_ digest: String) -> GroupFolder { GroupFolder("\(path)/\(SweepFolder.trialName(digest))") }

  /// The name of a trial's folder.
  package static func trialName(_ digest: String) -> String { "trial-\(digest.prefix(10))" }

  /// The specs of the best trials, to run again, one a stratum.
  package func bestFiles(of sweep: Sweep) -> [String] {
    var names: [String] = []
    for (number, stratum) in sweep.strata.enumerated() {
      var name = stratum.label.isEmpty ? "best" : "best-\(ExperimentName.nearest(to: stratum.label))"
      // Values that differ in what a name cannot have.
      if names.contains(name) { name += "-\(number + 1)" }
      names.append(name)
    }
    return names.map { "\(path)/\($0).yaml" }
  }

  /// The record of a job's run, where a process is at work on it.
  package func running(_ job: SweepState.Job) -> RunRecord? {
    let group = trial(job.digest)
    guard (try? group.isClaimed(job.seed)) == true else { return nil }
    return try? RunRecord(path: group.run(seed: job.seed).record)
  }

  /// Whether there is the folder of a sweep.
  package func exists() throws(FileError) -> Bool {
    if try FileKind.of(file) == .file { return true }
    return try FileKind.of(journal) == .file
  }

  /// Refuses a folder with something in it that is no sweep (65).
  func requireOwn() throws(RunError) {
    do throws(FileError) {
      guard try FileKind.of(path) == .folder, try !exists() else { return }
      let entries = try RunFolder.entries(of: path).filter { !$0.hasPrefix(".") }
      guard !entries.isEmpty else { return }
    } catch { throw RunError(error) }
    throw RunError(
      "\(path) is no sweep, and there are other files in it",
      remedy: "give the sweep another name: sweep: {name: my-search, ...}", exitCode: 65)
  }
}
