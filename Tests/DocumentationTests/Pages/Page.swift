import Foundation
import TestSupport
import Testing

/// A page of the documentation.
///
/// A page that is made is compared to the letter with what makes it; `make pages` writes it anew.
enum Page {
  /// The top folder.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL

  /// All pages, as paths from the top folder.
  static let all: [String] = {
    let folder = repository.appending(path: "Documentation").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
  }()

  /// The text of a file under the top folder.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }

  /// Compares a page with what it ought to be, or writes it.
  static func expect(_ path: String, toBe wanted: String) throws {
    #expect(try Recorded.difference(of: wanted, from: path, command: "make pages") == nil)
  }

  /// The blocks of code of one language in a page, with the line on which each begins.
  static func blocks(_ language: String, in page: String) -> [(line: Int, text: String)] {
    var blocks: [(line: Int, text: String)] = []
    var open: (language: String, line: Int, lines: [String])?
    for (number, line) in page.components(separatedBy: "\n").enumerated() {
      if let block = open {
        guard line == "```" else {
          open?.lines.append(line)
          continue
        }
        if block.language == language {
          blocks.append((block.line, block.lines.map { $0 + "\n" }.joined()))
        }
        open = nil
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), number + 2, [])
      }
    }
    return blocks
  }

  /// A heading's place in a page, as web sites make it.
  static func anchor(_ heading: String) -> String {
    let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == " " }
    return kept.replacing(" ", with: "-")
  }

  /// A text within a cell of a table, as it stands.
  static func cell(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("*", with: "\\*")
      .replacing("<", with: "&lt;").replacing("\n", with: " ")
  }
}
