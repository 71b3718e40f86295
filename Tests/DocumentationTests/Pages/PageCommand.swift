import Foundation
import Testing

/// A command that a page shows.
struct PageCommand: Sendable, CustomTestStringConvertible {
  /// The page, from the top folder.
  let page: String
  /// Its line in the page.
  let line: Int
  /// As it stands there.
  let text: String
  /// What stands below it in the page, up to the next command.
  var answer: [String] = []

  var testDescription: String { "\(page):\(line): \(text)" }

  /// The commands of a page's sessions: blocks of `console`, where what is typed stands behind `$`.
  static func sessions(of page: String) throws -> [PageCommand] {
    var commands: [PageCommand] = []
    for block in Page.blocks("console", in: try Page.text(page)) {
      for (number, line) in block.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated()
      {
        if line.hasPrefix("$ ") {
          commands.append(PageCommand(page: page, line: block.line + number, text: String(line.dropFirst(2))))
        } else if !commands.isEmpty {
          commands[commands.count - 1].answer.append(String(line))
        }
      }
    }
    return commands
  }

  /// All calls of the program in code: in sessions, and in lines that stand in by four columns.
  static func calls(of page: String) throws -> [PageCommand] {
    var calls: [PageCommand] = []
    var fence: String?
    for (number, line) in try Page.text(page).components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        fence = fence == nil ? String(line.dropFirst(3)) : nil
        continue
      }
      guard
        let code = fence == nil && line.hasPrefix("    ")
          ? Substring(line.dropFirst(4)) : fence.map({ _ in Substring(line) })
      else { continue }
      let typed = code.hasPrefix("$ ") ? code.dropFirst(2) : code
      for part in typed.replacing(#/ {2,}#.*$/#, with: "").split(separator: #/ \| |; | && /#) {
        let own = part.replacing(#/^mpirun -n \d+ /#, with: "").replacing(#/ > \S+$/#, with: "")
        if own.hasPrefix("gan-exp ") { calls.append(PageCommand(page: page, line: number + 1, text: String(own))) }
      }
    }
    return calls
  }

  /// The words of a shell: parted by spaces, but in quotation marks.
  var words: [String] {
    text.matches(of: #/(?:[^\s'"]|'[^']*'|"[^"]*")+/#).map { match in
      String(match.0).replacing(#/'([^']*)'|"([^"]*)"/#) { String($0.1 ?? $0.2 ?? "") }
    }
  }
}
