import Foundation
import TestSupport
import Testing

/// What comes out of files and what is asked of lists, as commands show it.
@Suite struct ListingTests {
  private func world() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var runs: [(String, StoredRun)] = [("Runs/a/001", .withAccuracy), ("Runs/b/001", .withPenalty)]
    runs[0].1.name = "alpha"
    runs[1].1.name = "beta"
    for (path, run) in runs { try run.write(path, into: folder) }
    return folder
  }

  @Test(
    arguments: [
      ("", ["Runs/a/001", "Runs/b/001", "Runs/c/001"]), ("--reverse", ["Runs/c/001", "Runs/b/001", "Runs/a/001"]),
      ("--sort seed", ["Runs/b/001", "Runs/a/001", "Runs/c/001"]),
      ("--sort seed --reverse", ["Runs/a/001", "Runs/b/001", "Runs/c/001"]), ("--name bet", ["Runs/b/001"]),
      ("--status complete", ["Runs/a/001", "Runs/b/001"]), ("--status failed", []),
      ("--name a --status complete --reverse", ["Runs/b/001", "Runs/a/001"]),
    ])
  func `JSON has the runs that the table has, in its order`(options: String, paths: [String]) throws {
    let folder = try world()
    try folder.put("{}", into: "Runs/c/001/run.json")
    let result = try Program.shell("$GAN list \(options) --json", in: folder.path)
    #expect(result.status == 0)
    let runs = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    #expect(runs?.compactMap { $0["path"] as? String } == paths)
  }

  @Test(arguments: [
    ["list"], ["show", "RUN"], ["compare", "Runs"], ["compare", "RUN"], ["verify", "RUN"], ["sample", "RUN"],
    ["check", "SPEC"],
  ])
  func `names in files and folders steer no terminal`(words: [String]) throws {
    let folder = try world()
    var run = StoredRun.withAccuracy
    run.name = #"\u001b[31mred"#
    let path = "Runs/\u{1b}[31mred/001"
    try run.write(path, into: folder)
    let spec = "\u{1b}[31mred.yaml"
    try folder.put(RunScratch.spec, into: spec)
    let result = try Program.run(words.map { ["RUN": path, "SPEC": spec][$0] ?? $0 }, in: folder.path)
    let text = result.output + result.errors
    #expect(!text.contains("\u{1b}") && text.contains(#"\u{1B}[31mred"#), "\(text)")
  }
}
