import Compute
import Foundation
import TestSupport
import Testing

/// Whether the interpreter knows every operation that there is.
@Suite struct CoverageTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../Sources/Compute/Operations").standardizedFileURL

  @Test func `the interpreter has a rule for every type in the folder of operations`() throws {
    let known = Set(Rule.all.map { "\($0.type)" })
    let files = try FileManager.default.contentsOfDirectory(
      at: CoverageTests.folder, includingPropertiesForKeys: nil)
    var found: Set<String> = []
    for file in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /struct (\w+): [\w, ]*Operation\b/) {
        found.insert(String(match.1))
        #expect(
          known.contains(String(match.1)),
          "\(file.lastPathComponent): add a rule for \(match.1) to Tests/TestSupport")
      }
    }
    #expect(found == known)
  }

  @Test func `an operation without a rule is refused by name`() {
    let graph = GraphBuilder()
    let x = graph.add(Unknown(), [])
    #expect(throws: Interpreter.Failure.unknownOperation("Unknown")) { try Interpreter().run(graph)[x] }
  }

  private struct Unknown: Compute.Operation {
    var name: String { "unknown" }
    func shape(of operands: [Shape]) -> Shape { [] }
    func gradients(at site: GradientSite) -> [Tensor?] { [] }
  }
}
