import Foundation
import Runs
import TestSupport
import Testing
import Training

/// Runs as people name them.
@Suite struct RunNameTests {
  /// In the order of their paths; `dcgan/002` is the newest of which that is known.
  static let runs: [RunName.Candidate] = [
    .init("dcgan/001", started: "2026-01-03T10:00:00Z"), .init("dcgan/002", started: "2026-01-09T10:00:00Z"),
    .init("mlp-mnist/001", started: "2026-01-05T10:00:00Z"), .init("mlp-mnist/002", started: "2026-01-04T10:00:00Z"),
    .init("mlp-mnist/003", started: "2026-01-01T00:00:00Z"), .init("old/ring-gan/007", started: "2025-01-01T00:00:00Z"),
    .init("lost/001", started: nil), .init("lost/999", started: "2026-01-02T00:00:00Z"),
    .init("lost/1000", started: nil),
    .init("wgan/1000", started: "2026-01-01T00:00:00Z"),
  ]

  @Test(
    arguments: [
      ("mlp-mnist/001", .run("mlp-mnist/001")), ("mlp-mnist/001/", .run("mlp-mnist/001")),
      ("./mlp-mnist/001", .run("mlp-mnist/001")), ("mlp-mnist/1", .run("mlp-mnist/001")),
      (".//mlp-mnist//1//", .run("mlp-mnist/001")), ("././mlp-mnist/./", .run("mlp-mnist/001")),
      ("latest", .run("dcgan/002")),
      // The newest by when it began, not by its number.
      ("mlp-mnist", .run("mlp-mnist/001")), ("mlp-mnist/", .run("mlp-mnist/001")), ("dcgan", .run("dcgan/002")),
      // One whose record says nothing is not passed over where it has the highest number.
      ("lost", .run("lost/1000")),
      ("old", .run("old/ring-gan/007")), ("old/ring-gan", .run("old/ring-gan/007")),
      ("ring-gan/007", .run("old/ring-gan/007")), ("ring-gan/7", .run("old/ring-gan/007")),
      ("007", .run("old/ring-gan/007")), ("7", .run("old/ring-gan/007")), ("003", .run("mlp-mnist/003")),
      ("1000", .several(["lost/1000", "wgan/1000"])), ("001", .several(["dcgan/001", "mlp-mnist/001", "lost/001"])),
      ("2", .several(["dcgan/002", "mlp-mnist/002"])),
      // Beginnings.
      ("mlp", .run("mlp-mnist/001")), ("wgan/1", .run("wgan/1000")),
      ("mlp-mnist/00", .several(["mlp-mnist/001", "mlp-mnist/002", "mlp-mnist/003"])),
      ("d", .run("dcgan/002")),
      // What is none, and what it may have been.
      ("mlp-minst", .nothing(near: ["mlp-mnist"])), ("lastest", .nothing(near: ["latest"])),
      ("mlp-mnist/009", .nothing(near: ["mlp-mnist/001", "mlp-mnist/002", "mlp-mnist/003"])),
      ("Runs/mlp-mnist/009", .nothing(near: ["mlp-mnist/001", "mlp-mnist/002", "mlp-mnist/003"])),
      ("Runs/mlp-mnst/001", .nothing(near: ["mlp-mnist/001"])), ("DCGAN", .nothing(near: ["dcgan"])),
      ("xyz", .nothing(near: [])), ("", .nothing(near: [])), ("/", .nothing(near: [])),
    ] as [(String, RunName.Meaning)])
  func `a name means one run, several or none`(name: String, meaning: RunName.Meaning) {
    #expect(RunName.meaning(of: name, among: RunNameTests.runs) == meaning)
  }

  @Test(arguments: [("a", "a"), ("a/", "a"), ("/a//b///", "/a/b"), ("//", "/"), ("./a/../b", "./a/../b"), ("", "")])
  func `a folder's path has one slash between its parts and none behind them`(path: String, expected: String) {
    #expect(RunFolder(path).path == expected)
  }

  @Test func `without runs nothing is near`() {
    for name in ["latest", "001", "mlp-mnist"] {
      #expect(RunName.meaning(of: name, among: []) == .nothing(near: []))
    }
  }

  /// A folder with runs `a/001`, `a/002` (newest), `b/001`, a run without its record, and what is no run.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, day) in [("a/001", 1), ("a/002", 3), ("b/001", 2)] {
      try folder.put(RunNameTests.record(day: day), into: "Runs/\(path)/run.json")
    }
    try folder.put("name: b\n", into: "Runs/b/002/resolved.yaml")
    try folder.put("", into: "Runs/b/002/checkpoints/.keep")
    try folder.put("x", into: "Runs/a/999/x.txt")
    try folder.put("x", into: "pictures/x.txt")
    return folder
  }

  private static func record(day: Int) -> String {
    """
    {"name": "a", "status": "complete", "seed": 1, "step": 1, "steps": 1, "epoch": 1, "spec_digest": "",
     "data": {"name": "csv", "digest": "", "origin": "", "count": 1}, "sessions": [
     {"started": "2026-01-0\(day)T00:00:00Z", "from_step": 0, "threads": 1, "pid": 1, "version": "",
      "machine": {"host": "", "cpu": "", "cores": 1, "memory": 1}}]}
    """
  }

  @Test(arguments: [
    ("RUNS/a/001", "RUNS/a/001"), ("RUNS/a/", "RUNS/a/002"), ("RUNS", "RUNS/a/002"), ("a", "RUNS/a/002"),
    ("latest", "RUNS/a/002"), ("b/1", "RUNS/b/001"),
    // A run that has lost its record is one still: it can be made anew.
    ("b/002", "RUNS/b/002"), ("RUNS/b/002", "RUNS/b/002"),
  ]) func `a run is found by path and by name`(name: String, path: String) throws {
    let folder = try folder()
    func full(_ text: String) -> String { text.replacingOccurrences(of: "RUNS", with: folder("Runs")) }
    #expect(try RunName.folder(full(name), in: folder("Runs") + "/").path == full(path))
  }

  @Test(
    arguments: [
      ("c", 66, "there is no run c in RUNS", "there are a, b; gan-exp list shows all"),
      ("a/003", 66, "there is no run a/003 in RUNS", "there are a/001, a/002; gan-exp list shows all"),
      ("lates", 66, "there is no run lates in RUNS", "did you mean latest?"),
      ("001", 64, "001 can be any of 2 runs", "give one of a/001, b/001"),
      (
        "RUNS/a/999", 66, "RUNS/a/999 is neither a run nor a folder of runs",
        "there are a/001, a/002; gan-exp list shows all"
      ),
      ("RUNS/a/999/x.txt", 66, "RUNS/a/999/x.txt is a file, not the folder of a run", nil),
    ] as [(String, Int32, String, String?)])
  func `what is no run is said, with what is near`(name: String, code: Int32, message: String, remedy: String?) throws {
    let folder = try folder()
    func full(_ text: String) -> String { text.replacingOccurrences(of: "RUNS", with: folder("Runs")) }
    let error = try #require(throws: RunError.self) { try RunName.folder(full(name), in: folder("Runs")) }
    #expect(error.message == full(message))
    #expect(remedy == nil || error.remedy == remedy)
    #expect(error.exitCode == code)
  }

  @Test func `where there are no runs, the word is how to begin one`() throws {
    let folder = try TemporaryFolder()
    let error = try #require(throws: RunError.self) { try RunName.folder("latest", in: folder("Runs")) }
    #expect(error.message == "there is no run latest in \(folder("Runs"))")
    #expect(
      error.remedy == "\(folder("Runs")) has no runs; begin one with gan-exp run, or say with --runs where they lie")
  }

  @Test func `a folder of runs that cannot be read is not one without runs`() throws {
    let folder = try TemporaryFolder()
    try folder.put("x", into: "Runs")
    let error = try #require(throws: RunError.self) { try RunName.folder("latest", in: folder("Runs")) }
    #expect(error.message == "\(folder("Runs")): cannot read it: Not a directory")
    #expect(error.exitCode == 66)
  }

  @Test(
    arguments: [
      (["a"], ["a/001", "a/002"], 0), (["RUNS/a"], ["a/001", "a/002"], 0),
      (["b/001", "a"], ["b/001", "a/001", "a/002"], 0),
      (["RUNS"], ["a/001", "a/002", "b/001", "b/002"], 0), (["latest", "a/002"], ["a/002"], 0),
      // As the shell's * brings them along.
      (["RUNS/a/001", "RUNS/a/002", "RUNS/a/999"], ["a/001", "a/002"], 1),
    ] as [([String], [String], Int)])
  func `several names may be folders of runs`(names: [String], paths: [String], notes: Int) throws {
    let folder = try folder()
    func full(_ text: String) -> String { text.replacingOccurrences(of: "RUNS", with: folder("Runs")) }
    var said: [String] = []
    let found = try RunName.folders(names.map(full), in: folder("Runs")) { said.append($0) }
    #expect(found.map(\.path) == paths.map { folder("Runs/\($0)") })
    #expect(said.count == notes)
    #expect(said.allSatisfy { $0.hasSuffix("999 is neither a run nor a folder of runs") })
  }

  @Test func `a name that is none is an error among others too`() throws {
    let folder = try folder()
    #expect(throws: RunError.self) { try RunName.folders(["a", "nothing"], in: folder("Runs")) { _ in } }
    #expect(throws: RunError.self) { try RunName.folders([folder("Runs/a/999")], in: folder("Runs")) { _ in } }
  }
}
