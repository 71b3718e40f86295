/// The names that every run has, beside the keys of its spec and the columns of its files.
package enum FactName: String, CaseIterable, Sendable {
  case run, name, status, seed, step, epoch, steps, started, took, loss, changed, tag, note, version, arithmetic,
    threads,
    lanes, host, cpu, sessions, reason, data
  case dataCount = "data.count"
  case dataOrigin = "data.origin"
  case dataDigest = "data.digest"

  /// What is said in few words.
  package var summary: String {
    switch self {
    case .run: "its folder within the folder of runs"
    case .name: "the experiment's name"
    case .status: "how it stands"
    case .seed: "its seed"
    case .step: "steps done"
    case .epoch: "epochs done"
    case .steps: "steps to do"
    case .started: "when it began, in UTC: 2026-01-31T12:00:00Z"
    case .took: "the seconds that processes worked on it; 90s, 5m, 2h and 1d are understood"
    case .loss: "the loss"
    case .changed: "what --set and the like changed, a word each"
    case .tag: "its tags"
    case .note: "its note"
    case .version: "the version of the program that last worked on it"
    case .arithmetic: "the version of the arithmetic"
    case .threads: "threads that it last used"
    case .lanes: "lanes that it last used"
    case .host: "the machine that it last ran on"
    case .cpu: "its processor"
    case .sessions: "how often a process began to work on it"
    case .reason: "why it ended"
    case .data: "the dataset's name"
    case .dataCount: "samples of the data"
    case .dataOrigin: "where the data were found"
    case .dataDigest: "SHA-256 of the data"
    }
  }

  /// What its values are.
  package enum Kind: Sendable {
    /// Numbers, which have an order.
    case number
    /// Seconds, for which there are units.
    case duration
    /// Texts.
    case text
    /// Times as texts, whose order is that of time.
    case time
    /// One of some words.
    case choice([String])
  }

  /// How a run can stand.
  package static let statuses = ["running", "complete", "stopped", "diverged", "failed", "killed"]

  /// What its values are.
  package var kind: Kind {
    switch self {
    case .seed, .step, .epoch, .steps, .arithmetic, .threads, .lanes, .sessions, .dataCount: .number
    case .took: .duration
    case .started: .time
    case .status: .choice(FactName.statuses)
    case .run, .name, .loss, .changed, .tag, .note, .version, .host, .cpu, .reason, .data, .dataOrigin, .dataDigest:
      .text
    }
  }
}
