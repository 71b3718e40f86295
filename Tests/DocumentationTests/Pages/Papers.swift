import Foundation

/// The papers that the comments of the sources cite, by the name that specs use.
///
/// A citation is `Authors, "Title", year`, in the comment above the type whose `name` it is; where only authors and year stand
/// there, the title is that of the file's citation of both.
struct Papers {
  /// Citations by name, in the order of the comment.
  private(set) var byName: [String: [String]] = [:]

  private struct Citation {
    let authors: String
    let title: String?
    let year: String
    /// What stands between title and year, such as the number of a lecture.
    let part: String

    var text: String { title.map { "\(authors), *\($0)*, \(part)\(year)" } ?? "\(authors), \(year)" }
  }

  /// Reads the comments under the folders.
  init(folders: [String]) throws {
    for folder in folders {
      let root = Page.repository.appending(path: folder)
      let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects ?? []
      for case let file as URL in files where file.pathExtension == "swift" {
        read(try String(contentsOf: file, encoding: .utf8))
      }
    }
  }

  private mutating func read(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let all = Papers.citations(Papers.comment(lines))
    for (number, line) in lines.enumerated() {
      guard line.firstMatch(of: #/^package struct \w+: /#) != nil else { continue }
      let body = lines[number...].prefix { $0 != "}" }.joined(separator: "\n")
      guard let name = body.firstMatch(of: #/static let name = "(\w+)"/#).map({ String($0.1) }) else { continue }
      let above = lines[..<number].reversed().prefix { $0.hasPrefix("///") }.reversed()
      byName[name] = Papers.citations(Papers.comment(Array(above))).map { citation in
        let full = all.first {
          $0.authors == citation.authors && $0.year == citation.year && $0.title != nil
        }
        return (citation.title == nil ? full ?? citation : citation).text
      }
    }
  }

  /// The words of the comments among some lines.
  private static func comment(_ lines: [Substring]) -> String {
    lines.map { $0.hasPrefix("///") ? String($0.dropFirst(3)) : "\n" }.joined()
  }

  private static func citations(_ comment: String) -> [Citation] {
    let pattern =
      #/((?:(?:[A-Z][\p{L}.\-]*|van|de|et al\.|and),? )*(?:[A-Z][\p{L}.\-]*|et al\.)),? (?:"([^"]+)", ((?:[a-z]+ [\d.]+, )?))?((?:19|20)\d\d)\b/#
    return comment.matches(of: pattern).map { match in
      var authors = String(match.1)
      if authors.hasSuffix(",") { authors.removeLast() }
      return Citation(
        authors: authors, title: match.2.map(String.init), year: String(match.4), part: match.3.map(String.init) ?? "")
    }
  }
}
