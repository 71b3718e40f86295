import Foundation

/// Texts that were written down, against which tests hold what they find.
///
/// With `RECORD_ANSWERS=1` in the environment, as `make answers` and `make pages` set it, they are written anew.
package enum Recorded {
  /// Whether texts are written.
  package static let isWriting = ProcessInfo.processInfo.environment["RECORD_ANSWERS"] != nil

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  /// The first line in which a text differs from the one at a path from the top folder, and what writes it anew; nil where both
  /// are the same, as they are after writing.
  package static func difference(of found: String, from path: String, command: String = "make answers") throws
    -> String?
  {
    let file = repository.appending(path: path)
    if isWriting { try found.write(to: file, atomically: true, encoding: .utf8) }
    let wanted = FileManager.default.fileExists(atPath: file.path) ? try String(contentsOf: file, encoding: .utf8) : ""
    guard found != wanted else { return nil }
    let (a, b) = (found.components(separatedBy: "\n"), wanted.components(separatedBy: "\n"))
    let line = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
    func shown(_ lines: [String]) -> String { line < lines.count ? lines[line] : "(end)" }
    return
      "\(path), line \(line + 1): found \(shown(a)), recorded \(shown(b)); where that is right, \(command) writes it"
  }
}
