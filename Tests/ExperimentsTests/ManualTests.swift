import Foundation
import TestSupport
import Testing

/// `gan-exp manual`: pages in the language of `man`.
@Suite struct ManualTests {
  @Test func `every command has a page with its options and exit codes`() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["manual", "-o", "man1"], in: folder.path)
    #expect(result.status == 0 && result.output == "man1\n", Comment(rawValue: result.errors))
    let help = try Program.run(["--help"], environment: ["COLUMNS": "200"]).output
    let commands = help.matches(of: #/(?m)^  ([a-z]+)  +[A-Z]/#).map { String($0.1) }.filter { $0 != "help" }
    #expect(commands.count > 20)
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder("man1"))
    for command in commands {
      #expect(pages.contains("gan-exp-\(command).1"), "\(command)")
      let page = try folder.text(of: "man1/gan-exp-\(command).1")
      let own = try Program.run([command, "--help"], environment: ["COLUMNS": "1000"]).output
      let options = own.matches(of: #/(?m)^  (?:-\w, )?(--[a-z-]+)/#).map { $0.1.replacing("-", with: "\\-") }
      #expect(options.filter { !page.contains("\\fB\($0)\\fR") } == [], "\(command)")
      for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SEE ALSO"] {
        #expect(page.contains("\n.SH \(section)\n"), "\(command): \(section)")
      }
      #expect(own.contains("Exit codes: ") == page.contains("\n.SH EXIT STATUS\n"), "\(command)")
    }
  }

  @Test func `no text is taken for a command of the language`() throws {
    let folder = try TemporaryFolder()
    try #require(try Program.run(["manual", "-o", "man1"], in: folder.path).status == 0)
    let known = ["TH", "SH", "PP", "TP", "B", "RS", "RE", "nf", "fi"]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder("man1")) {
      for line in try folder.text(of: "man1/\(name)").split(separator: "\n")
      where line.hasPrefix(".") || line.hasPrefix("'") {
        let word = line.dropFirst().prefix { $0 != " " }
        #expect(known.contains(String(word)), "\(name): \(line)")
      }
    }
  }

  @Test(.enabled(if: Program.isInstalled("groff") && Program.isInstalled("col")))
  func `man sets every page without a warning, no line wider than the terminal`() throws {
    let folder = try TemporaryFolder()
    let result = try Program.shell(
      """
      $GAN manual -o man1 > out
      for page in man1/*; do groff -man -ww -Tutf8 -rLL=80n -P-c "$page" 2>> warnings | col -b -x > "$page.txt"; done; cat warnings
      """, in: folder)
    #expect(result.status == 0 && result.output == "" && result.errors == "", "\(result.output)\(result.errors)")
    let page = try folder.text(of: "man1/gan-exp-list.1.txt")
    for heading in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"] {
      #expect(page.contains("\n\(heading)\n"), "\(heading)")
    }
    #expect(
      page.contains("gan-exp list [--where <condition>]") && page.contains("list --where 'loss = wasserstein and"))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder("man1")) where name.hasSuffix(".txt") {
      let lines = try folder.text(of: "man1/\(name)").split(separator: "\n")
      // Examples stand as they are written.
      #expect(lines.filter { $0.count > 80 && !$0.contains("gan-exp ") } == [], "\(name)")
    }
  }

  @Test func `pages that cannot be written are told of`() throws {
    let folder = try TemporaryFolder()
    try folder.put("", into: "file")
    let result = try Program.run(["manual", "-o", "file/man1"], in: folder.path)
    #expect(result.status == 73, Comment(rawValue: result.errors))
  }
}
