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

/// A run as JSON has it.
package enum FoundRun: Encodable, Sendable {
  case run(RunSummary)
  case unreadable(UnreadableRun)

  /// Reads a run.
  package init(_ path: String) {
    do throws(FileError) {
      self = .run(try RunSummary(RunFolder(path)))
    } catch {
      self = .unreadable(UnreadableRun(path, error))
    }
  }

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
