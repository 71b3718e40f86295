import Files
import Runs

/// A run, or a folder of runs, that cannot be read.
package struct UnreadableRun: Encodable, Sendable {
  /// Its folder.
  package let path: String
  /// `unreadable`, where a run's summary has how it stands.
  package let status: String
  /// Why, and how to mend it.
  package let reason: String

  init(_ path: String, _ error: FileError) {
    self.path = path
    status = "unreadable"
    reason = error.description
  }
}

/// All runs below a folder, by path: those that can be read and those that cannot.
package struct FoundRuns: Sendable {
  /// What can be read.
  package private(set) var runs: [RunSummary] = []
  /// What cannot.
  package private(set) var unreadable: [UnreadableRun] = []

  /// One of them.
  package enum Entry: Encodable, Sendable {
    case run(RunSummary)
    case unreadable(UnreadableRun)

    /// The run's folder.
    package var path: String {
      switch self {
      case .run(let run): run.path
      case .unreadable(let run): run.path
      }
    }

    /// As the summary, or what takes its place.
    package func encode(to encoder: any Encoder) throws {
      switch self {
      case .run(let run): try run.encode(to: encoder)
      case .unreadable(let run): try run.encode(to: encoder)
      }
    }
  }

  /// Looks through a folder, three levels deep.
  /// - Throws: where the folder itself cannot be read.
  package init(in runs: String) throws(FileError) {
    for entry in try RunWalk(runs).entries {
      do throws(FileError) {
        if let error = entry.error { throw error }
        guard try FileKind.of(entry.folder.record) != nil else {
          throw RunRecord.lost(entry.folder.record, "it is gone")
        }
        self.runs.append(try RunSummary(entry.folder))
      } catch {
        unreadable.append(UnreadableRun(entry.folder.path, error))
      }
    }
  }
}
