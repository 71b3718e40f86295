import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing
import Training

/// `.index`: the same answers as without it, whatever was done to runs and to it.
@Suite struct IndexTests {
  /// Enough runs for an index, none of whose files changed just now.
  private static let count = 70

  private func world() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for number in 1...IndexTests.count {
      var run = number % 3 == 0 ? StoredRun.withPenalty : .withAccuracy
      run.seed = number
      run.spec = "training: {batch_size: \(number)}\n"
      run.evaluation = "step,epoch,frechet_distance\n20,2,\(number).5\n"
      run.verdict = "step,metric,value,standard_error,real_data\n20,mind,\(number).25,0.1,0.5\n"
      run.isConcluded = true
      try run.write("Runs/e/\(String(format: "%03d", number))", into: folder)
      // Else something would be wrong with the run.
      try folder.put("", into: "Runs/e/\(String(format: "%03d", number))/checkpoints/step-000020.safetensors")
    }
    try settle(folder)
    return folder
  }

  /// Makes all files as old as if nobody had touched them for long.
  private func settle(_ folder: TemporaryFolder) throws {
    let result = try Program.shell("find Runs -exec touch -h -d '2026-01-31 12:00:00' {} +", in: folder)
    try #require(result.status == 0, Comment(rawValue: result.errors))
  }

  private func list(_ folder: TemporaryFolder) throws -> RunList { try RunList(in: folder("Runs")) }

  private static let line = """
    $GAN list --sort frechet_distance --columns seed,status,loss,training.batch_size,frechet_distance,mind,generator_loss,took,tag
    $GAN list --where 'training.batch_size > 20 and mind < 50' --reverse
    """

  /// What is answered with the index, which must be the same as without.
  private func expectSame(_ folder: TemporaryFolder, _ comment: Comment) throws {
    let path = folder("Runs/.index")
    let with = try Program.shell(IndexTests.line, in: folder)
    #expect(with.status == 0 && with.output.split(separator: "\n").count > 60, "\(with.errors)")
    try? FileManager.default.removeItem(atPath: path)
    let without = try Program.shell(IndexTests.line, in: folder)
    #expect(with.output == without.output && with.errors == without.errors, comment)
  }

  @Test func `what was read once is not read again`() throws {
    let folder = try world()
    #expect(try list(folder).readCount == IndexTests.count)
    #expect(FileManager.default.fileExists(atPath: folder("Runs/.index")))
    #expect(try list(folder).readCount == 0)
    try expectSame(folder, "nothing was changed")
  }

  @Test func `few runs are read, and nothing is written`() throws {
    let folder = try TemporaryFolder()
    try StoredRun.withAccuracy.write("Runs/a/001", into: folder)
    try settle(folder)
    for _ in 0..<2 { #expect(try list(folder).readCount == 1) }
    #expect(!FileManager.default.fileExists(atPath: folder("Runs/.index")))
  }

  /// What is done to the run `e/005`, and how many runs are read then.
  @Test(arguments: [
    ("echo '30,3,1,1,1' >> metrics.csv", 1), ("sed -i s/5.5/6.5/ evaluation.csv", 1), ("rm verdict.csv", 1),
    ("sed -i s/complete/diverged/ run.json", 1), ("sed -i 's/batch_size: 5/batch_size: 6/' resolved.yaml", 1),
    ("echo '{\"tags\": [\"best\"]}' > notes.json", 1), ("rm checkpoints/*", 1), ("touch timing.csv", 1),
    // The same size and time, but another file; and the same file, written over in the same place.
    (
      "sed s/1.25/9.25/ metrics.csv > new; touch -r metrics.csv new; D=$(stat -c %y .); mv new metrics.csv; touch -d \"$D\" .",
      1
    ),
    ("printf 9 | dd of=metrics.csv bs=1 seek=80 conv=notrunc 2> /dev/null", 1),
    ("rm -r ../005", 0), ("cp -r ../006 ../100", 1), ("mv ../005 ../200", 1), ("echo x > log.txt", 1),
    ("touch samples.txt; rm samples.txt", 1),
    ("echo '{}' > run.json", 0), ("rm run.json", 0), ("true", 0),
  ])
  func `a run whose files changed is read again`(change: String, readCount: Int) throws {
    let folder = try world()
    #expect(try list(folder).readCount == IndexTests.count)
    let result = try Program.shell("cd Runs/e/005; \(change)", in: folder)
    try #require(result.status == 0, Comment(rawValue: result.errors))
    #expect(try list(folder).readCount == readCount)
    try expectSame(folder, "\(change)")
  }

  @Test(arguments: [
    "truncate -s 0 .index", "truncate -s -1 .index", "truncate -s 90 .index", "echo >> .index",
    "printf X | dd of=.index bs=1 seek=2000 conv=notrunc 2> /dev/null", "sed -i '1s/0\\.[0-9]*\\.0/9.9.9/' .index",
    "sed -i '1s/index 2/index 3/' .index", "head -c 5000 /dev/urandom > .index",
    "rm .index; mkdir .index; touch .index/x",
    "rm .index; mkfifo .index", "rm .index",
  ])
  func `an index that is damaged, or another version's, says nothing`(change: String) throws {
    let folder = try world()
    #expect(try list(folder).readCount == IndexTests.count)
    let result = try Program.shell("cd Runs; \(change)", in: folder)
    try #require(result.status == 0, Comment(rawValue: result.errors))
    #expect(try list(folder).readCount == IndexTests.count)
    try expectSame(folder, "\(change)")
  }

  @Test func `the newest run, and one by name, are found with the index as without`() throws {
    let folder = try world()
    let (newest, newer) = ("2026-02-02T00:00:00Z", "2026-03-03T00:00:00Z")
    /// Says in the record of a run that it began later.
    func begin(_ run: String, at time: String) throws {
      let line = "sed -i 's/\"started\": \"[^\"]*\"/\"started\": \"\(time)\"/' Runs/e/\(run)/run.json"
      try #require(try Program.shell(line, in: folder).status == 0)
    }
    func found(_ name: String) throws -> String { try RunName.folder(name, in: folder("Runs")).path }
    try begin("041", at: newest)
    try settle(folder)
    #expect(try list(folder).readCount == IndexTests.count)
    #expect(try found("latest") == folder("Runs/e/041") && found("e") == folder("Runs/e/041"))
    #expect(try found("017") == folder("Runs/e/017"))
    // What came, went or changed since the index was written.
    try begin("013", at: newer)
    #expect(try found("latest") == folder("Runs/e/013"))
    try #require(try Program.shell("cd Runs/e; rm -r 013; mv 041 other", in: folder).status == 0)
    #expect(try found("latest") == folder("Runs/e/other"))
    #expect(throws: RunError.self) { try found("013") }
    try #require(try Program.shell("rm Runs/.index", in: folder).status == 0)
    #expect(try found("latest") == folder("Runs/e/other"))
  }

  @Test func `an index that is written anew has what others kept, and nothing of runs that are gone`() throws {
    let folder = try world()
    #expect(try list(folder).readCount == IndexTests.count)
    func size() throws -> Int { try Data(contentsOf: URL(fileURLWithPath: folder("Runs/.index"))).count }
    let whole = try size()
    // Half of the runs go, others come: what is kept is told of new places.
    try #require(try Program.shell("cd Runs/e; cp -r 070 071; rm -r 00[1-5]", in: folder).status == 0)
    try settle(folder)
    #expect(try list(folder).readCount == 1)
    #expect(try list(folder).readCount == 0)
    #expect(try size() < whole)
    try expectSame(folder, "runs came and went")
  }

  @Test func `what changed just now is read until the clock of the disk must have moved on`() throws {
    let folder = try world()
    let touched = try Program.shell("touch Runs/e/007/metrics.csv", in: folder)
    #expect(touched.status == 0)
    #expect(try list(folder).readCount == IndexTests.count)
    for _ in 0..<2 { #expect(try list(folder).readCount == 1) }
  }

  @Test func `what is wrong with a run is told anew, of the path that was given`() throws {
    let folder = try world()
    try #require(try Program.shell("rm Runs/e/009/checkpoints/*", in: folder).status == 0)
    #expect(try list(folder).readCount == IndexTests.count)
    for _ in 0..<2 { #expect(try list(folder).readCount == 1) }
    let listed = try Program.run(["list"], in: folder)
    #expect(listed.errors.hasPrefix("note: Runs/e/009: the checkpoint of step 20 is gone;"), "\(listed.errors)")
  }

  @Test func `a run that a process may be at work on is read each time`() throws {
    let folder = try world()
    var run = StoredRun.withAccuracy
    run.status = "running"
    try run.write("Runs/e/008", into: folder)
    try settle(folder)
    #expect(try list(folder).readCount == IndexTests.count)
    for _ in 0..<2 { #expect(try list(folder).readCount == 1) }
    let killed = try Program.run(["list", "--where", "status = killed"], in: folder)
    #expect(killed.output.contains("e/008"))
    guard case .acquired(let lock) = try FolderLock.acquire(folder("Runs/e/008")) else {
      Issue.record("nobody else has it")
      return
    }
    let running = try Program.run(["list", "--where", "status = running"], in: folder)
    #expect(running.output.contains("e/008"))
    withExtendedLifetime(lock) {}
  }
}
