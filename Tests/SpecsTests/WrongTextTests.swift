import Specs
import Testing

@Suite("Every mistake is shown at its place with a remedy")
struct WrongTextTests {
  @Test("in a document", arguments: WrongDocuments.table)
  func document(wrong: WrongText) {
    let diagnostics = Diagnostics()
    _ = Parser.parse(bytes: Array(wrong.text.utf8), name: "spec.yaml", diagnostics: diagnostics)
    #expect(diagnostics.summary == wrong.expected)
    #expect(diagnostics.hasErrors)
  }

  @Test("in a layer", arguments: WrongLayers.table)
  func layer(wrong: WrongText) {
    #expect(said("name: x\noptimizers: {discriminator: sgd}\ngenerator:\n\(wrong.text)\n") == wrong.expected)
  }

  @Test("in a spec", arguments: WrongSpecs.table)
  func spec(wrong: WrongText) {
    #expect(said(wrong.text) == wrong.expected)
  }

  @Test("in an override", arguments: WrongOverrides.table)
  func override(wrong: WrongText) {
    let spec = "name: x\noptimizers: {discriminator: sgd}\ngenerator:\n  - dense: {units: 4}\n"
    #expect(said(spec, overrides: [wrong.text]) == wrong.expected)
  }

  @Test("also when the bytes are no text", arguments: WrongBytes.table)
  func bytes(wrong: WrongBytes) {
    let diagnostics = Diagnostics()
    #expect(Parser.parse(bytes: wrong.bytes, name: "spec.yaml", diagnostics: diagnostics) == nil)
    #expect(diagnostics.summary == wrong.expected)
  }

  private func said(_ text: String, overrides: [String] = []) -> String {
    let diagnostics = Diagnostics()
    guard var node = Parser.parse(bytes: Array(text.utf8), name: "spec.yaml", diagnostics: diagnostics) else {
      return diagnostics.summary
    }
    for override in overrides { node = Override.apply(override, to: node, diagnostics: diagnostics) }
    let (spec, _) = SampleSpec.read(node, diagnostics)
    #expect(
      !spec.isComplete
        || diagnostics.all.contains { $0.message.contains("has no field") || $0.mark?.source.name == "--set" }
    )
    return diagnostics.summary
  }
}

/// Bytes that no parser takes.
struct WrongBytes: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  let expected: String

  static let table: [WrongBytes] = [
    WrongBytes(
      testDescription: "Latin-1", bytes: Array("a: 1\nb: caf".utf8) + [0xE9] + Array("\n".utf8),
      expected: "2:7-7 byte 0xE9 is not UTF-8 (as Latin-1 it would be é)\n  save the file as UTF-8"),
    WrongBytes(
      testDescription: "UTF-8 cut in a character", bytes: Array("é: ".utf8) + [0xE2, 0x82],
      expected: "1:4-4 byte 0xE2 is not UTF-8 (as Latin-1 it would be â)\n  save the file as UTF-8"),
    WrongBytes(
      testDescription: "an overlong form", bytes: Array("a: ".utf8) + [0xC0, 0x80],
      expected: "1:4-4 byte 0xC0 is not UTF-8 (as Latin-1 it would be À)\n  save the file as UTF-8"),
    WrongBytes(
      testDescription: "UTF-16 with half a character", bytes: [0xFF, 0xFE, 0x61, 0x00, 0x3A],
      expected: "1:2-2 the file begins as UTF-16, but this is not a character of it\n  save the file as UTF-8"
    ),
    WrongBytes(
      testDescription: "UTF-16 with a lone surrogate",
      bytes: [0xFE, 0xFF, 0x00, 0x0A, 0xD8, 0x00, 0x00, 0x61],
      expected: "2:1-1 the file begins as UTF-16, but this is not a character of it\n  save the file as UTF-8"
    ),
    WrongBytes(
      testDescription: "UTF-16 without its mark", bytes: [0x61, 0x00, 0x3A, 0x00],
      expected: "1:2-2 a NUL character: this is not a text, or UTF-16 without its byte-order mark\n"
        + "  save the file as UTF-8"),
    WrongBytes(
      testDescription: "more than is read", bytes: [UInt8](repeating: 0x23, count: Parser.byteLimit + 1),
      expected: "1:1-1 the file has 262145 bytes; a spec has at most 262144\n  is this the right file?"),
  ]
}
