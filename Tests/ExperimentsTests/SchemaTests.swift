import Foundation
import TestSupport
import Testing

/// The JSON Schema with which editors check specs while they are written.
struct SchemaTests {
  @Test func `the schema beside the specs is the program's`() throws {
    let result = try BadSpec.gan("schema")
    #expect(result.status == 0)
    let committed = try String(
      contentsOf: BadSpec.repository.appendingPathComponent("Experiments/schema.json"), encoding: .utf8)
    #expect(committed == result.output, "gan-exp schema > Experiments/schema.json brings it up to date")
  }

  @Test func `every spec among the experiments names it on its first line`() throws {
    let folder = BadSpec.repository.appendingPathComponent("Experiments")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    #expect(!names.isEmpty)
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(text.hasPrefix("# yaml-language-server: $schema=schema.json\n"), "\(name)")
    }
  }
}
