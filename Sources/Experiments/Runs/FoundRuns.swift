import Datasets

/// A run, or a folder of runs, that cannot be read.
public struct UnreadableRun: Encodable, Sendable {
  /// Its folder.
  public let path: String
  /// `unreadable`, where a run's summary has how it stands.
  public let status: String
  /// Why, and how to mend it.
  public let reason: String

  init(_ path: String, _ error: FileError) {
    self.path = path
    status = "unreadable"
    reason = error.description
  }
}

/// All runs below a folder, by path: those that can be read and those that cannot.
public struct FoundRuns: Sendable {
  /// What can be read.
  public private(set) var runs: [RunSummary] = []
  /// What cannot.
  public private(set) var unreadable: [UnreadableRun] = []

  /// One of them.
  public enum Entry: Encodable, Sendable {
    case run(RunSummary)
    case unreadable(UnreadableRun)

    /// The run's folder.
    public var path: String {
      switch self {
      case .run(let run): run.path
      case .unreadable(let run): run.path
      }
    }

    /// As the summary, or what takes its place.
    public func encode(to encoder: any Encoder) throws {
      switch self {
      case .run(let run): try run.encode(to: encoder)
      case .unreadable(let run): try run.encode(to: encoder)
      }
    }
  }

  /// Looks through a folder, three levels deep.
  /// - Throws: where the folder itself cannot be read.
  public init(in runs: String) throws(FileError) {
    try look(into: RunFolder(runs), depth: 3)
  }

  private mutating func look(into folder: RunFolder, depth: Int) throws(FileError) {
    for name in try FolderListing.names(in: folder.path) where !name.hasPrefix(".") {
      let inner = RunFolder("\(folder.path)/\(name)")
      do throws(FileError) {
        guard try FileKind.of(inner.path) == .folder else { continue }
        if try FileKind.of(inner.record) != nil {
          runs.append(try RunSummary(inner))
        } else if try inner.hasTraces() {
          throw RunRecord.lost(inner.record, "it is gone")
        } else if depth > 1 {
          try look(into: inner, depth: depth - 1)
        }
      } catch {
        unreadable.append(UnreadableRun(inner.path, error))
      }
    }
  }
}
