import Files
import Runs
import Training

/// The pages of a folder of runs: one of all, and one of each run, group and sweep, at its path.
package struct RunSite: Sendable {
  /// The folder of runs.
  package let runs: String
  /// The same without links on the way.
  private let root: String

  /// Headers of every answer: browsers keep nothing, load nothing, and show it in no other page.
  package static let headers: [(name: String, value: String)] = [
    ("Content-Security-Policy", PageShell.policy + "; frame-ancestors 'none'"), ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"), ("Cache-Control", "no-store"),
  ]

  /// Of a folder of runs.
  /// - Throws: `RunError` where there is no such folder (66).
  package init(_ runs: String) throws(RunError) {
    guard FileBytes.isFolder(runs) else {
      throw RunError(
        "there is no folder \(runs)", remedy: "train a run with gan-exp run, or say with --runs where they lie",
        exitCode: 66)
    }
    root = DurableFile.absolute(runs)
    let path = RunFolder(runs).path
    self.runs = path == "." ? root : path
  }

  /// What is sent back for a path.
  package func answer(_ path: String) -> HTTPServer.Response {
    guard path != "/" else { return index }
    guard let folder = folder(path) else { return missing(path) }
    do throws(RunError) {
      var notes: [String] = []
      let material = try ReportMaterial([folder], in: runs) { notes.append($0) }
      return page(ReportPage(material, isLive: material.isRunning, in: self).text)
    } catch {
      return error.exitCode == 66 ? missing(path) : failure(error)
    }
  }

  /// The folder of a path: one below the folder of runs, nothing else, links followed.
  package func folder(_ path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0].isEmpty else { return nil }
    // A slash at the end is one too many.
    let names = parts.dropFirst().last == "" ? parts.dropFirst().dropLast() : parts.dropFirst()
    // Hidden folders are the trash and what only the program needs.
    guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.utf8.contains(0) }) else {
      return nil
    }
    let folder = "\(runs)/\(names.joined(separator: "/"))"
    guard FileBytes.isFolder(folder), DurableFile.absolute(folder).hasPrefix(root + "/") else { return nil }
    return folder
  }

  /// A cell with a link to the page of a folder.
  func link(to folder: String, _ text: String) -> Markup.Cell? {
    guard folder.hasPrefix(runs + "/") else { return nil }
    let path = folder.dropFirst(runs.count)
    // A link that leads out of the folder of runs has no page.
    guard self.folder(String(path)) != nil else { return nil }
    return Markup.Cell(
      markup: "<a href=\"\(Escaping.attribute(RunSite.address(String(path))))\">\(Escaping.text(text))</a>", key: text)
  }

  /// A path as an address, RFC 3986: what has a meaning there is written as its bytes.
  static func address(_ path: String) -> String {
    path.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        return String(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }.joined()
  }

  private var index: HTTPServer.Response {
    do throws(FileError) {
      return page(try RunIndexPage(self).text)
    } catch { return failure(RunError(error)) }
  }

  private func page(_ text: String, status: Int = 200) -> HTTPServer.Response {
    HTTPServer.Response(status: status, type: "text/html; charset=utf-8", body: [UInt8](text.utf8))
  }

  private func missing(_ path: String) -> HTTPServer.Response {
    notice(404, "There is no run here", "\(path) is no run, group or sweep below \(runs).")
  }

  private func failure(_ error: RunError) -> HTTPServer.Response {
    notice(500, "This cannot be shown", error.message + (error.remedy.map { "; \($0)" } ?? ""))
  }

  private func notice(_ status: Int, _ title: String, _ sentence: String) -> HTTPServer.Response {
    page(
      PageShell(
        title: title, lines: ["<a href=\"/\">All runs</a>", Escaping.text(sentence)], parts: [],
        footer: "Made by gan-exp serve.", isLive: false, isServed: true
      ).text, status: status)
  }
}
