import Compute
import Foundation
import TestSupport
import Testing

/// What the written pages say is so.
@Suite struct ProseTests {
  @Test func `README is short enough to be read`() throws {
    let lines = try Page.text("README.md").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect((110...140).contains(lines.count), "\(lines.count) lines")
    #expect(lines.filter { $0.count > 130 } == [])
  }

  @Test(arguments: Page.all) func `every link leads somewhere`(page: String) throws {
    let folder = URL(filePath: page, relativeTo: Page.repository).deletingLastPathComponent()
    // What stands in code is no link.
    let text = try Page.text(page).replacing(#/(?s)```.*?```/#, with: "").replacing(#/`[^`\n]*`/#, with: "`")
    for match in text.matches(of: #/\]\(([^)]+)\)/#) where !match.1.hasPrefix("http") {
      let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty ? URL(filePath: page, relativeTo: Page.repository) : folder.appending(path: String(parts[0]))
      #expect(FileManager.default.fileExists(atPath: target.standardizedFileURL.path), "\(page): \(match.1)")
      guard parts.count == 2, let linked = try? String(contentsOf: target, encoding: .utf8) else { continue }
      let anchors = linked.matches(of: #/(?m)^#+ (.*)$/#).map { Page.anchor(String($0.1)) }
      #expect(anchors.contains(String(parts[1])), "\(page): \(match.1)")
    }
  }

  /// The whole specs of a page: those that have a generator or a network, and begin at the margin.
  private func specs(of page: String) throws -> [(line: Int, text: String)] {
    Page.blocks("yaml", in: try Page.text(page)).filter { block in
      block.text.contains(#/(?m)^(generator|network):/#)
    }
  }

  @Test(arguments: ["README.md", "Documentation/guide.md"])
  func `every whole spec of a page is right`(page: String) throws {
    let specs = try specs(of: page)
    #expect(!specs.isEmpty)
    let folder = try TemporaryFolder()
    for spec in specs {
      try folder.put(spec.text, into: "spec.yaml")
      let result = try Program.run(["check", "spec.yaml", "--resolved"], in: folder.path)
      #expect(result.status == 0 && result.errors == "", "\(page):\(spec.line): \(result.errors)")
    }
  }

  @Test func `the parts of from-keras.md are a spec, that of mlp-mnist but for slopes and dropout`() throws {
    let parts = Page.blocks("yaml", in: try Page.text("Documentation/from-keras.md")).map(\.text).joined()
    let folder = try TemporaryFolder()
    try folder.put("name: mlp-mnist\n" + parts, into: "spec.yaml")
    let result = try Program.run(["check", "spec.yaml", "--resolved"], in: folder.path)
    #expect(result.status == 0 && result.errors == "", Comment(rawValue: result.errors))
    let path = Page.repository.appending(path: "Experiments/mlp-mnist.yaml").path
    let tutorial = try Program.run(["check", path, "--resolved"]).output
    let (slopes, dropout) = ("activation: {leaky_relu: {negative_slope: 0.2}}", "  - dropout: {rate: 0.3}\n")
    #expect(result.output.contains(slopes) && result.output.contains(dropout))
    #expect(result.output.replacing(slopes, with: "activation: relu").replacing(dropout, with: "") == tutorial)
  }

  @Test func `the mistake that README shows is that of its spec`() throws {
    let page = try Page.text("README.md")
    let spec = try #require(try specs(of: "README.md").first).text
    let folder = try TemporaryFolder()
    try folder.put(spec.replacing("units: 784", with: "units: 783"), into: "my.yaml")
    let result = try Program.run(["check", "my.yaml"], in: folder.path, environment: ["COLUMNS": "100"])
    #expect(result.status == 65)
    #expect(page.contains("```\n\(result.errors)```\n"), Comment(rawValue: result.errors))
  }

  @Test func `the run that README shows is that of its spec`() throws {
    let page = try Page.text("README.md")
    let spec = try #require(try specs(of: "README.md").first).text
    let folder = try TemporaryFolder()
    try folder.put(spec, into: "digits.yaml")
    let running = try Program.start(["run", "digits.yaml"], in: folder.path)
    // Behind the first row of metrics.csv it listens, and everything is there that a run leaves.
    let metrics = folder("Runs/digits/001/metrics.csv")
    while running.isRunning, (try? String(contentsOfFile: metrics, encoding: .utf8))?.contains("\n50,") != true {
      usleep(2000)
    }
    running.signal(SIGINT)
    let result = running.wait()
    #expect(result.status == 130, Comment(rawValue: result.errors))
    for opening in ["digits, seed ", "  generator ", "  discriminator ", "  training "] {
      let line = try #require(result.errors.split(separator: "\n").first { $0.hasPrefix(opening) })
      #expect(page.contains("\n\(line)\n"), "\(line)")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder("Runs/digits/001"))
    for file in files where !file.hasPrefix(".") {
      #expect(page.contains("  \(file)"), "README's tree lacks \(file)")
    }
  }

  @Test func `the tutorial's spec in guide.md is the one of Experiments`() throws {
    let folder = try TemporaryFolder()
    try folder.put(try #require(try specs(of: "Documentation/guide.md").first).text, into: "mlp-mnist.yaml")
    let own = try Program.run(["check", "mlp-mnist.yaml", "--resolved"], in: folder.path).output
    let path = Page.repository.appending(path: "Experiments/mlp-mnist.yaml").path
    #expect(own == (try Program.run(["check", path, "--resolved"]).output))
  }

  @Test func `the code map has every module`() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: Page.repository.appending(path: "Sources").path)
      .filter { $0.first != "C" || $0 == "Compute" }
    try #require(modules.contains("Specs"))
    for page in ["README.md", "Documentation/architecture.md"] {
      let text = try Page.text(page)
      for module in modules { #expect(text.contains(" \(module)/"), "\(page) lacks \(module)") }
    }
  }
}
