import Files
import FoundationEssentials
import Sweeps
import Training

/// What a sweep's journal says: the trials that are decided, and what came of their runs.
package final class Journal {
  /// A run of a trial.
  package struct RunKey: Hashable, Sendable {
    /// The digest of the trial.
    package let trial: String
    package let seed: UInt64

    package init(trial: String, seed: UInt64) { (self.trial, self.seed) = (trial, seed) }
  }

  /// What is known of a trial without its spec.
  package struct Trial: Sendable {
    package let digest: String
    package let operations: Int
    package let stepsPerEpoch: Int
    package let steps: Int

    package init(digest: String, operations: Int, stepsPerEpoch: Int, steps: Int) {
      (self.digest, self.operations, self.stepsPerEpoch, self.steps) = (digest, operations, stepsPerEpoch, steps)
    }
  }

  private let file: LineFile
  private let path: String
  /// The trials by the texts of their assignments.
  package private(set) var trials: [String: Trial] = [:]
  /// What came of runs, in the order of the lines.
  package private(set) var results: [RunKey: [JournalEntry]] = [:]
  /// The runs that an error kept from their end since the last command began.
  package private(set) var failures: [RunKey: String] = [:]
  /// The runs whose folders were not as they had been, until they end again.
  package private(set) var lost: Set<RunKey> = []
  /// The digest of the sweep that is trained; nil before the first command.
  package private(set) var plan: String?

  /// Reads a journal, which is made where there is none.
  package init(_ folder: SweepFolder) throws(FileError) {
    path = folder.journal
    file = try LineFile(path)
    try update()
  }

  /// Reads what was added.
  package func update() throws(FileError) {
    for line in try file.newLines() {
      let entry: JournalEntry
      do {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        entry = try decoder.decode(JournalEntry.self, from: RawData(line))
      } catch {
        throw FileError(
          path: path, damaged: "a line of it is none of a journal",
          remedy: "move it away: what runs came to is then read from their folders")
      }
      take(entry)
    }
  }

  /// Adds what `entries` makes of all that is known, while nobody else adds anything.
  package func add(_ entries: () throws(FileError) -> [JournalEntry]) throws(FileError) {
    _ = try file.locked { () throws(FileError) -> Int in
      try update()
      let added = try entries()
      try file.append(added.map { JSON.line($0) })
      try update()
      return added.count
    }
  }

  /// Knows these trials alone: those of a file that was edited and is not trained yet.
  package func replaceTrials(_ trials: [String: Trial]) { self.trials = trials }

  private func take(_ entry: JournalEntry) {
    switch entry.event {
    case .begin:
      failures = [:]
      // The same values mean another trial where the spec is another.
      if plan != entry.plan { trials = [:] }
      plan = entry.plan
    case .trial:
      guard let text = entry.assignment, let digest = entry.trial else { return }
      trials[text] = Trial(
        digest: digest, operations: entry.operations ?? 1, stepsPerEpoch: entry.stepsPerEpoch ?? 1,
        steps: entry.steps ?? 0)
    case .result, .fail, .lost:
      guard let trial = entry.trial, let seed = entry.seed else { return }
      let key = RunKey(trial: trial, seed: seed)
      switch entry.event {
      case .result:
        results[key, default: []].append(entry)
        lost.remove(key)
      case .fail: failures[key] = entry.message ?? ""
      default:
        results[key] = nil
        lost.insert(key)
      }
    }
  }
}

private typealias RawData = FoundationEssentials.Data
