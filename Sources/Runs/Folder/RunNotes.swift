import Files
import FoundationEssentials

/// `notes.json`: what people say of a run, its tags and a note; the run's record knows nothing of it.
package struct RunNotes: Codable, Equatable, Sendable {
  /// Words by which runs are found again, sorted, each once.
  package private(set) var tags: [String] = []
  /// A remark; nil for none.
  package var note: String?

  /// Its name in the run's folder.
  package static let name = "notes.json"

  /// Nothing is said.
  package init() {}

  /// Whether nothing is said.
  package var isEmpty: Bool { tags.isEmpty && note == nil }

  /// Adds tags that are not there yet.
  package mutating func add(_ words: [String]) { tags = Set(tags).union(words).sorted() }

  /// Takes tags away.
  package mutating func remove(_ words: [String]) { tags = Set(tags).subtracting(words).sorted() }

  /// Reads what is said of a run; nothing where there is no file.
  package init(of folder: RunFolder) throws(FileError) {
    let path = RunNotes.path(in: folder)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path)
    } catch {
      guard error.cause == .notFound else { throw error }
      return
    }
    do {
      self = try JSONDecoder().decode(RunNotes.self, from: Data(bytes))
    } catch {
      throw FileError(path: path, damaged: "it has no tags and note of a run", remedy: "move it away")
    }
  }

  /// Changes what is said of a run, while nobody else does.
  /// - Returns: what is said afterwards.
  package static func change(of folder: RunFolder, _ edit: (inout RunNotes) -> Void) throws(FileError) -> RunNotes {
    // No process replaces spec.yaml, whatever else it writes of the run: who has it locked is the only one to write notes.
    let lock = try FileLock(try FileKind.of(folder.spec) == .file ? folder.spec : folder.record)
    defer { withExtendedLifetime(lock) {} }
    let before = try RunNotes(of: folder)
    var notes = before
    edit(&notes)
    guard notes != before else { return notes }
    let path = RunNotes.path(in: folder)
    if notes.isEmpty {
      try DurableFile.remove(path)
      try DurableFile.synchroniseFolder(folder.path)
    } else {
      try DurableFile.replace(path, with: JSON.bytes(notes))
    }
    return notes
  }

  private static func path(in folder: RunFolder) -> String { "\(folder.path)/\(name)" }
}
