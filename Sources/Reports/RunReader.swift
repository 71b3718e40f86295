import Files
import Runs
import Specs
import Training

/// Files of runs, each read once, however many parts of a report look at it.
package final class RunReader {
  private var tables: [String: Result<CSVTable, FileError>] = [:]
  private var specs: [String: Result<Resolved, FileError>] = [:]
  private var renewed: [String: Node?] = [:]

  /// resolved.yaml.
  private struct Resolved {
    let text: String
    /// nil where it is no spec.
    let parsed: Node?
  }

  package init() {}

  /// A CSV file.
  func table(_ path: String) throws(FileError) -> CSVTable {
    if let known = tables[path] { return try known.get() }
    let found = Result { () throws(FileError) in try CSVTable(path: path) }
    tables[path] = found
    return try found.get()
  }

  /// The resolved spec of a run; nil where the file is none.
  func spec(of folder: RunFolder) throws(FileError) -> Node? { try resolved(folder).parsed }

  /// The same with what this version says of defaults, where its data are known; else as it is.
  func renewedSpec(of folder: RunFolder, _ record: RunRecord) throws(FileError) -> Node? {
    if let known = renewed[folder.path] { return known }
    let resolved = try resolved(folder)
    let found =
      ResolvedSpec.anew(
        resolved.text, name: folder.resolved, survey: record.data.survey, validation: record.validation?.survey)
      ?? resolved.parsed
    renewed[folder.path] = .some(found)
    return found
  }

  private func resolved(_ folder: RunFolder) throws(FileError) -> Resolved {
    if let known = specs[folder.path] { return try known.get() }
    let found: Result<Resolved, FileError>
    do throws(FileError) {
      let text = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
      found = .success(Resolved(text: text, parsed: ResolvedSpec.parse(text, name: folder.resolved)))
    } catch { found = .failure(error) }
    specs[folder.path] = found
    return try found.get()
  }

  /// How a run stands: `killed` where no process is at work on it although it was never ended.
  static func status(_ record: RunRecord, in folder: RunFolder) throws(FileError) -> String {
    guard record.status == .running else { return record.status.rawValue }
    return try FolderLock.isHeld(folder.path) ? record.status.rawValue : "killed"
  }
}
