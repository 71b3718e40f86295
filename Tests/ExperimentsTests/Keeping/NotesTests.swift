import Foundation
import TestSupport
import Testing

/// `tag` and `note`: what people say of a run, beside what it recorded.
@Suite struct NotesTests {
  private func world() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try StoredRun.withAccuracy.write("Runs/a/001", into: folder)
    return folder
  }

  @Test func `tags are added and taken away, each once and in order`() throws {
    let folder = try world()
    let cases: [(line: String, output: String, errors: String)] = [
      ("tag a", "", "note: Runs/a/001 has no tags\n"), ("tag a second best", "best second\n", ""),
      ("tag a best", "best second\n", ""), ("tag a --remove best third", "second third\n", ""),
      ("tag a", "second third\n", ""),
      ("tag a --remove second --remove third", "", "note: Runs/a/001 has no tags\n"),
    ]
    for (line, output, errors) in cases {
      let result = try Program.shell("$GAN \(line)", in: folder)
      #expect(result.output == output && result.errors == errors && result.status == 0, "\(line)")
    }
    // Nothing is said: there is no file.
    #expect(!FileManager.default.fileExists(atPath: folder("Runs/a/001/notes.json")))
  }

  @Test func `a note is shown, replaced and taken away, and tags stay`() throws {
    let folder = try world()
    let cases: [(line: String, output: String)] = [
      ("tag a best", "best\n"), ("note a 'no sevens'", "no sevens\n"), ("note a", "no sevens\n"),
      ("note a sharper than 002", "sharper than 002\n"), ("note a --remove", ""), ("tag a", "best\n"),
    ]
    for (line, output) in cases {
      let result = try Program.shell("$GAN \(line)", in: folder)
      #expect(result.output == output && result.status == 0, "\(line): \(result.errors)")
    }
  }

  @Test func `a word that joins conditions is no tag`() throws {
    let scratch = try RunScratch()
    let result = try scratch.gan("tag", "x", "and")
    #expect(
      result.status == 64
        && result.errors.hasPrefix(
          "gan-exp: error: and joins conditions of gan-exp list, and is no tag; choose another word")
    )
  }

  @Test(arguments: ["''", "'two words'", "a,b", "a=b", "'\"x\"'", "\(String(repeating: "x", count: 65))"])
  func `what no condition could ask for is no tag`(word: String) throws {
    let folder = try world()
    let result = try Program.shell("$GAN tag a \(word)", in: folder)
    #expect(result.status == 64)
    #expect(
      result.errors.hasPrefix(
        "gan-exp: error: a tag is one word of at most 64 characters without commas and quotation marks, not "),
      Comment(rawValue: result.errors))
  }

  @Test func `they are shown by show and list, and are no file of the record`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 1"))
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let record = try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/run.json"))
    let said = try scratch.shell("$GAN tag small best old; $GAN note small 'no sevens'")
    #expect(said.status == 0, Comment(rawValue: said.errors))
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/run.json")) == record)
    let shown = try scratch.gan("show", "small").output.split(separator: "\n")
    #expect(shown.contains { $0.hasPrefix("tags ") && $0.hasSuffix(" best old") })
    #expect(shown.contains { $0.hasPrefix("noted ") && $0.hasSuffix(" no sevens") })
    let listed = try scratch.gan("list", "--where", "tag = best and note ~ sevens").output
    #expect(listed.contains("small/001") && listed.contains("best old"))
    let verified = try scratch.gan("verify", "small/001")
    #expect(verified.status == 0)
    #expect(
      verified.output.contains("extra  Runs/small/001/notes.json")
        && verified.output.contains("what people say of the run: best old, a note\n"), "\(verified.output)")
    // A run goes on as if nobody had said anything.
    let resumed = try scratch.gan("resume", "small", "--epochs", "2", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(try scratch.gan("tag", "small").output == "best old\n")
  }

  @Test func `a file that is damaged is told of, and not written over`() throws {
    let folder = try world()
    try folder.put("{", into: "Runs/a/001/notes.json")
    for line in ["tag a best", "note a x", "tag a"] {
      let result = try Program.shell("$GAN \(line)", in: folder)
      #expect(result.status == 65 && result.errors.contains("notes.json: it has no tags and note of a run"), "\(line)")
    }
    #expect(try folder.text(of: "Runs/a/001/notes.json") == "{")
    let listed = try Program.run(["list"], in: folder)
    #expect(listed.status == 0 && listed.output.contains("a/001"))
    #expect(listed.errors.contains("it has no tags and note of a run"))
  }

  @Test func `many who tag a run at once lose no tag`() throws {
    let folder = try world()
    let lines = (1...12).map { "$GAN tag a t\($0) > out\($0) &" }.joined(separator: "\n")
    #expect(try Program.shell("\(lines)\nwait", in: folder).status == 0)
    let tags = try Program.run(["tag", "a"], in: folder).output.split { $0 == " " || $0 == "\n" }
    #expect(Set(tags) == Set((1...12).map { Substring("t\($0)") }))
  }
}
