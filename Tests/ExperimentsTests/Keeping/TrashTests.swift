import Files
import Foundation
import TestSupport
import Testing

/// `rm`, `restore` and `rename`.
@Suite struct TrashTests: StoredRuns {
  @Test func `a run is removed and comes back as it was`() throws {
    let folder = try world()
    let before = try content(folder("Runs/a/001"))
    let removed = try gan("rm a/001", in: folder)
    #expect(removed.errors == "Runs/a/001 is in the trash; gan-exp restore a/001 takes it back\n")
    #expect(removed.status == 0 && removed.output == "")
    #expect(!FileManager.default.fileExists(atPath: folder("Runs/a/001")))
    let listed = try gan("list", in: folder).output
    #expect(!listed.contains("a/001") && listed.contains("a/002"))
    let shown = try gan("restore", in: folder).output
    #expect(shown.hasPrefix("a/001  removed 20"))
    let restored = try gan("restore a/001", in: folder)
    #expect(restored.output == "Runs/a/001\n" && restored.status == 0, Comment(rawValue: restored.errors))
    #expect(try content(folder("Runs/a/001")) == before)
    #expect(try gan("restore", in: folder).errors == "there is nothing in the trash of Runs\n")
  }

  @Test func `of two runs that lay at one place the last comes back first, the other elsewhere`() throws {
    let folder = try world()
    let (first, second) = (try content(folder("Runs/a/001")), try content(folder("Runs/a/002")))
    try #require(
      try Program.shell("$GAN rm a/001 && mv Runs/a/002 Runs/a/001 && $GAN rm Runs/a/001", in: folder).status == 0)
    #expect(try gan("restore a/001", in: folder).status == 0)
    #expect(try content(folder("Runs/a/001")) == second)
    let taken = try gan("restore a/001", in: folder)
    #expect(
      taken.errors == "gan-exp: error: Runs/a/001 is there already\n         give another place with --as\n"
        && taken.status == 73)
    let other = try gan("restore Runs/a/001 --as c/007", in: folder)
    #expect(other.output == "Runs/c/007\n", Comment(rawValue: other.errors))
    #expect(try content(folder("Runs/c/007")) == first)
  }

  @Test(
    arguments: [
      ("rm nothing", 66, "there is no run nothing in Runs"),
      ("rm a/001 nothing", 66, "there is no run nothing in Runs"),
      ("restore nothing", 66, "no run nothing was removed from Runs"),
      ("rm ../elsewhere/001", 64, "../elsewhere/001 does not lie in Runs"),
      ("rename a/001 002", 73, "Runs/a/002 is there already"),
      ("rename a/001 .hidden", 64, "a/.hidden is no place of a run in Runs"),
      ("rename a/001 x/y/z/u", 64, "x/y/z/u is no place of a run in Runs"),
      ("rename a/001 Runs/a/b/c/d", 64, "a/b/c/d is no place of a run in Runs"),
      ("rename a/001 latest", 64, "a/latest is no place of a run in Runs"),
      ("rename a/001 b,c", 64, "a/b,c is no place of a run in Runs"),
      ("restore gone.tar.gz", 66, "gone.tar.gz: there is no such file"),
      ("rename a/001 a/../c", 64, "a/../c is no place of a run in Runs"),
      ("rename a/001 a/002/x", 64, "Runs/a/002 is a run"), ("rename nothing x", 66, "there is no run nothing in Runs"),
      ("archive a/001 -o run.zip", 64, "run.zip: a run is packed into .tar.gz, .tgz or .tar"),
      ("gc --older-than soon", 64, "--older-than takes a time such as 12h or 7d, not soon"),
      ("gc --keep-checkpoints 0", 64, "--keep-checkpoints takes a number from 1 to 1000, not 0"),
    ] as [(String, Int32, String)])
  func `what cannot be done is told, and nothing is changed`(line: String, status: Int32, message: String) throws {
    let (folder, elsewhere) = (try world(), try TemporaryFolder())
    try StoredRun.withAccuracy.write("001", into: elsewhere)
    let name = elsewhere.path
    let before = try content(folder("Runs"))
    let result = try gan(line.replacing("../elsewhere", with: name), in: folder)
    #expect(result.status == status)
    #expect(
      result.errors.hasPrefix("gan-exp: error: \(message.replacing("../elsewhere", with: name))\n"),
      Comment(rawValue: result.errors))
    #expect(try content(folder("Runs")) == before)
  }

  @Test(arguments: ["rm a/001", "rename a/001 x", "archive a/001 -o x.tar.gz", "reproduce a/001"])
  func `a run that a process is at work on stays`(line: String) throws {
    let folder = try world()
    guard case .acquired(let lock) = try FolderLock.acquire(folder("Runs/a/001")) else {
      Issue.record("nobody else has it")
      return
    }
    let result = try gan(line, in: folder)
    #expect(result.status == 75 && result.errors.contains("Runs/a/001 is in use by "), Comment(rawValue: result.errors))
    #expect(FileManager.default.fileExists(atPath: folder("Runs/a/001/run.json")))
    withExtendedLifetime(lock) {}
  }

  @Test func `a run gets another folder, and keeps what it recorded`() throws {
    let folder = try world()
    let before = try content(folder("Runs/a/001"))
    #expect(try gan("rename a/001 baseline", in: folder).output == "Runs/a/baseline\n")
    #expect(try gan("rename baseline paper/figure-2", in: folder).output == "Runs/paper/figure-2\n")
    #expect(try content(folder("Runs/paper/figure-2")) == before)
    #expect(try gan("list --columns seed", in: folder).output.contains("paper/figure-2"))
  }

  @Test func `a run of a group keeps its name`() throws {
    let folder = try world()
    try StoredRun.withAccuracy.write("Runs/g/group-001/seed-3", into: folder)
    try folder.put(
      #"{"name": "g", "seeds": [3], "resolved_digest": "0", "started": "2026-01-31T12:00:00Z"}"#,
      into: "Runs/g/group-001/group.json")
    let renamed = try gan("rename Runs/g/group-001/seed-3 x", in: folder)
    #expect(
      renamed.status == 64 && renamed.errors.contains("it is a run of the group Runs/g/group-001"),
      Comment(rawValue: renamed.errors))
  }

  private func withGroup() throws -> TemporaryFolder {
    let folder = try world()
    for seed in [3, 4] { try StoredRun.withAccuracy.write("Runs/g/group-001/seed-\(seed)", into: folder) }
    try folder.put(
      #"{"name": "g", "seeds": [3, 4], "resolved_digest": "0", "started": "2099-01-31T12:00:00Z"}"#,
      into: "Runs/g/group-001/group.json")
    return folder
  }

  @Test func `a group is removed as a whole, and comes back`() throws {
    let folder = try withGroup()
    let before = try content(folder("Runs/g"))
    let removed = try gan("rm g/group-001", in: folder)
    #expect(
      removed.errors == "Runs/g/group-001 is in the trash; gan-exp restore g/group-001 takes it back\n",
      Comment(rawValue: removed.errors))
    #expect(!FileManager.default.fileExists(atPath: folder("Runs/g/group-001")))
    #expect(try gan("restore g/group-001", in: folder).output == "Runs/g/group-001\n")
    #expect(try content(folder("Runs/g")) == before)
  }

  @Test func `runs of a list are removed, each once, and a name of a group alone is none of one run`() throws {
    let folder = try withGroup()
    let newest = try gan("rm g", in: folder)
    #expect(
      newest.status == 64 && newest.errors.contains("name the group, Runs/g/group-001, or one of its runs"),
      Comment(rawValue: newest.errors))
    for command in ["tag g/group-001 x", "archive g/group-001 -o x.tar", "clone g/group-001", "reproduce g/group-001"] {
      let result = try gan(command, in: folder)
      #expect(
        result.status == 64 && result.errors.contains("such as Runs/g/group-001/seed-3"), "\(command): \(result.errors)"
      )
    }
    #expect(try gan("rm a/001,a/002 a/001", in: folder).status == 0)
    #expect(try content(folder("Runs/a")).isEmpty)
  }

  @Test func `no other run gets into a group`() throws {
    let folder = try withGroup()
    let before = try content(folder("Runs"))
    for line in ["rename a/001 g/group-001/seed-9", "rename a/001 g/group-001/x"] {
      let result = try gan(line, in: folder)
      #expect(
        result.status == 64 && result.errors.contains("is a group of another spec, or of other seeds"),
        Comment(rawValue: result.errors))
    }
    #expect(try content(folder("Runs")) == before)
  }

  /// Each of the calls that bring something to the disk fails in turn, until there are no more of them.
  @Test func `where the disk fails under rm and restore the run lies in its place or in the trash`() throws {
    var failed = (removed: 0, restored: 0)
    for call in 1...20 {
      let statuses = try removeAndRestore(failing: call)
      if statuses.removed != 0 { failed.removed += 1 }
      if statuses.restored != 0 { failed.restored += 1 }
      if statuses == (0, 0) { break }
    }
    #expect(failed.removed >= 4 && failed.restored >= 2, "\(failed)")
  }

  private func removeAndRestore(failing call: Int) throws -> (removed: Int32, restored: Int32) {
    let folder = try world()
    let before = try content(folder("Runs/a/001"))
    let strace = "strace -f -o trace -e trace=fsync -e inject=fsync:error=EIO:when=\(call)"
    let removed = try Program.shell("\(strace) $GAN rm a/001", in: folder)
    func lies() throws -> String? {
      let places = ["a/001", ".trash/001/run"].filter {
        FileManager.default.fileExists(atPath: folder("Runs/\($0)/run.json"))
      }
      #expect(places.count == 1, "\(places) after \(removed.errors)")
      return places.first
    }
    let place = try #require(try lies())
    #expect(try content(folder("Runs/\(place)")) == before)
    if place == "a/001" { try #require(try gan("rm a/001", in: folder).status == 0) }
    let restored = try Program.shell("\(strace) $GAN restore a/001", in: folder)
    if try lies() != "a/001" { try #require(try gan("restore a/001", in: folder).status == 0) }
    #expect(try content(folder("Runs/a/001")) == before)
    return (removed.status, restored.status)
  }

  @Test func `a folder that a process is filling stays, however old`() throws {
    let folder = try world()
    let stage = folder("Runs/.reproduction.7.partial")
    try #require(try Program.shell("mkdir \(stage)", in: folder).status == 0)
    guard case .acquired(let lock) = try FolderLock.acquire(stage) else {
      Issue.record("nobody else has it")
      return
    }
    try #require(try Program.shell("touch -d 2026-01-31 \(stage)", in: folder).status == 0)
    #expect(try gan("gc", in: folder).errors == "there is nothing to remove in Runs\n")
    withExtendedLifetime(lock) {}
  }

  @Test func `a link to a run is told, and stays`() throws {
    let folder = try world()
    try #require(try Program.shell("mv Runs/a/001 there; ln -s ../../there Runs/a/001", in: folder).status == 0)
    for line in ["rm a/001", "rename a/001 x"] {
      let result = try gan(line, in: folder)
      #expect(
        result.status == 64 && result.errors.contains("Runs/a/001 is a link to ../../there"),
        Comment(rawValue: result.errors))
    }
    #expect(FileManager.default.fileExists(atPath: folder("Runs/a/001/run.json")))
  }

  @Test func `what the trash does not know is passed over by name`() throws {
    let folder = try world()
    try #require(
      try Program.shell("$GAN rm a/001 a/002 2> out; echo x > Runs/.trash/001/trash.json", in: folder).status == 0)
    let shown = try gan("restore", in: folder)
    #expect(
      shown.output.hasPrefix("a/002  removed 20") && shown.errors.contains("passed over: Runs/.trash/001/trash.json"))
    let collected = try gan("gc --older-than 0s", in: folder)
    #expect(collected.status == 0 && collected.errors.contains("passed over"), Comment(rawValue: collected.errors))
    #expect(try content(folder("Runs/.trash")).keys.allSatisfy { $0.hasPrefix("001/") })
  }
}
