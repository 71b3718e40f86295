import Foundation
import TestSupport
import Testing

/// `gc`.
@Suite struct GarbageTests: StoredRuns {
  @Test func `a run that a killed gc had only looked at is there again after the next one`() throws {
    let folder = try world()
    let before = try content(folder("Runs/a/001"))
    let script = """
      $GAN rm a/001 a/002 2> out
      mv Runs/.trash/001 Runs/.trash/.001.77.partial
      mkdir -p Runs/.trash/.009.77.partial/run
      touch -d 2026-01-31 Runs/.trash/.001.77.partial Runs/.trash/.009.77.partial
      """
    try #require(try Program.shell(script, in: folder).status == 0)
    let done = try gan("gc", in: folder)
    #expect(done.status == 0 && done.output.contains(".009.77.partial"), Comment(rawValue: done.output))
    #expect(!done.output.contains(".001"))
    #expect(try gan("restore a/001", in: folder).status == 0)
    #expect(try content(folder("Runs/a/001")) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("Runs/.trash")) == ["002"])
  }

  @Test func `gc says what would go, and removes no more`() throws {
    let folder = try world()
    let script = """
      $GAN rm a/001 a/002 2> out
      sed -i 's/"removed" : "[^"]*"/"removed" : "2026-01-31T12:00:00Z"/' Runs/.trash/001/trash.json
      echo 12345 > Runs/b/001/.metrics.csv.7.partial; echo 12345 > Runs/.index.7.partial; mkdir -p Runs/b/.run.7-0.partial/samples Runs/.trash/009
      touch -d '2026-01-31 12:00:00' Runs/b/001/.metrics.csv.7.partial Runs/.index.7.partial Runs/b/.run.7-0.partial Runs/.trash/009
      echo new > Runs/b/001/.run.json.8.partial; echo no > Runs/b/001/a.partial
      """
    try #require(try Program.shell(script, in: folder).status == 0)
    let before = try content(folder("Runs"))
    let planned = try gan("gc --dry-run", in: folder)
    let lines = planned.output.split(separator: "\n").map { $0.split(separator: " ").filter { !$0.isEmpty } }
    #expect(lines.map { $0[0] } == ["leftover", "trash", "leftover", "leftover", "leftover"])
    #expect(
      lines.map { $0[3] } == [
        "Runs/.index.7.partial", "Runs/.trash/001", "Runs/.trash/009", "Runs/b/.run.7-0.partial",
        "Runs/b/001/.metrics.csv.7.partial",
      ])
    #expect(planned.errors.hasSuffix(" would go; without --dry-run they do\n"), Comment(rawValue: planned.errors))
    #expect(try content(folder("Runs")) == before)
    let done = try gan("gc", in: folder)
    #expect(
      done.output == planned.output && done.errors.hasPrefix("removed ") && done.status == 0,
      Comment(rawValue: done.errors))
    let kept = before.filter { name, _ in
      name.hasPrefix("b/001/") && name != "b/001/.metrics.csv.7.partial" || name.hasPrefix(".trash/002/")
    }
    #expect(try content(folder("Runs")) == kept)
    #expect(try gan("gc", in: folder).errors == "there is nothing to remove in Runs\n")
    #expect(try gan("gc --older-than 0s", in: folder).output.contains("Runs/.trash/002"))
    #expect(try content(folder("Runs")).keys.allSatisfy { $0.hasPrefix("b/001/") })
  }

  @Test func `damaged checkpoints count for none of those that are kept`() throws {
    let scratch = try RunScratch()
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let newest = scratch.run() + "/checkpoints/step-000080.safetensors"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: newest))
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: URL(fileURLWithPath: newest))
    #expect(try scratch.gan("gc", "--keep-checkpoints", "1").status == 0)
    #expect(
      try scratch.names(scratch.run() + "/checkpoints") == ["step-000070.safetensors", "step-000080.safetensors"])
  }

  @Test func `surplus checkpoints go where it is asked for, and the run is whole`() throws {
    let scratch = try RunScratch()
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    #expect(try scratch.gan("gc").errors == "there is nothing to remove in Runs\n")
    let result = try scratch.gan("gc", "--keep-checkpoints", "2")
    #expect(result.status == 0 && result.output.split(separator: "\n").count == 6, "\(result.output)")
    #expect(
      try scratch.names(scratch.run() + "/checkpoints") == ["step-000070.safetensors", "step-000080.safetensors"])
    #expect(try scratch.gan("verify", "small/001").status == 0)
    let resumed = try scratch.gan("resume", "small", "--epochs", "9", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
  }
}
