import Compute
import Foundation
import TestSupport
import Testing

/// Nothing is lost and nothing loads silently wrong.
@Suite(.serialized) struct SafetyTests {
  private static let tutorial = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Experiments/mlp-mnist.yaml").path

  @Test func `a damaged checkpoint is passed over for the one before`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=4", "--quiet").status == 0)
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=6", "--quiet").status == 0)
    let last = scratch.run() + "/checkpoints/step-000040.safetensors"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: last))
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: URL(fileURLWithPath: last))
    let resumed = try scratch.gan("resume", scratch.run(), "--epochs", "6", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains("passed over"))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `a run of which every checkpoint is damaged is refused`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    for name in try scratch.names(scratch.run() + "/checkpoints") {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.run() + "/checkpoints/" + name))
      try handle.truncate(atOffset: 5000)
      try handle.close()
    }
    let metrics = try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/metrics.csv"))
    let resumed = try scratch.gan("resume", scratch.run(), "--epochs", "6", "--quiet")
    #expect(resumed.status == 74)
    #expect(resumed.errors.contains("no checkpoint"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/metrics.csv")) == metrics)
  }

  @Test func `of twenty processes in one folder one runs`() throws {
    let long = RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 300")
    let scratch = try RunScratch(spec: long)
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    let all = try (0..<20).map { _ in
      try scratch.start("resume", scratch.run(), "--epochs", "3000", "--threads", "1", "--quiet")
    }
    var ended: [Int32] = []
    // The one that runs is stopped when the others have gone.
    let deadline = Date().addingTimeInterval(60)
    while all.filter(\.isRunning).count > 1, Date() < deadline { usleep(10_000) }
    for process in all where process.isRunning { process.signal(SIGINT) }
    for process in all { ended.append(process.wait().status) }
    #expect(ended.filter { $0 == 130 }.count == 1, "\(ended)")
    #expect(ended.filter { $0 == 75 }.count == 19, "\(ended)")
  }

  @Test func `twenty runs started at once get a folder each`() throws {
    let scratch = try RunScratch()
    let all = try (0..<20).map { _ in
      try scratch.start("run", "small.yaml", "--set", "training.steps=3", "--threads", "1", "--quiet")
    }
    let folders = all.map { $0.wait() }.map { result in
      result.status == 0 ? result.output : "status \(result.status): \(result.errors)"
    }
    #expect(Set(folders).count == 20, "\(folders)")
    #expect(try scratch.names(scratch.folder("Runs/small")).count == 20)
  }

  @Test(.enabled("no tmpfs may be mounted here") { SmallDisk.isPossible })
  func `a full disk ends with 74 and the run goes on once there is room`() throws {
    let scratch = try RunScratch()
    let disk = try SmallDisk(kibibytes: 160)
    let mount = disk.folder.path
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let full = try scratch.gan("run", "small.yaml", "--runs", mount, "--quiet")
    #expect(full.status == 74, Comment(rawValue: full.errors))
    #expect(
      full.errors.contains("make room on the disk, then go on with: gan-exp resume \(mount)/small/001"),
      "\(full.errors)")
    try disk.resize(kibibytes: 64 << 10)
    let resumed = try scratch.gan("resume", mount + "/small/001", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(try scratch.differences(scratch.run(), mount + "/small/001") == [])
  }

  @Test func `a value that is not finite ends the run where it came up`() throws {
    let wild = RunScratch.spec.replacingOccurrences(
      of: "generator: adam", with: "generator: {sgd: {learning_rate: 1e30}}")
    let scratch = try RunScratch(spec: wild)
    let result = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(result.status == 3, Comment(rawValue: result.errors))
    #expect(result.errors.contains("small.yaml:"), Comment(rawValue: result.errors))
    #expect(result.errors.contains("finite number"))
    let shown = try scratch.gan("show", scratch.run())
    #expect(shown.output.contains("diverged"))
  }

  @Test func `a changed spec is refused with the difference`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    let resolved = scratch.run() + "/resolved.yaml"
    let text = try String(contentsOfFile: resolved, encoding: .utf8)
    try text.replacingOccurrences(of: "batch_size: 256", with: "batch_size: 32").write(
      toFile: resolved, atomically: true, encoding: .utf8)
    let refused = try scratch.gan("resume", scratch.run(), "--epochs", "6", "--quiet")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("training.batch_size: 256 -> 32"), Comment(rawValue: refused.errors))
  }

  @Test(arguments: [
    (["resume", "nowhere"], Int32(66), "there is no run nowhere in Runs"),
    (["run", "nowhere.yaml"], 66, "nowhere.yaml"),
    (["run", "small.yaml", "--threads", "0"], 64, "--threads"),
    (["run", "small.yaml", "--runs", "/proc/none"], 73, "/proc/none"),
    (["sample", "nowhere"], 66, "nowhere"),
    (["compare", "nowhere"], 66, "nowhere"),
    (["frobnicate"], 64, "frobnicate"),
    (["run", SafetyTests.tutorial, "--data-dir", "/nowhere"], 66, "/nowhere"),
    (["run", "small.yaml", "--runs", ""], 64, "--runs"),
    (["check", "small.yaml", "--threads", "0"], 64, "--threads"),
    (["sample", "nowhere", "--threads", "5000"], 64, "--threads"),
    (["resume", "nowhere", "--epochs", "0"], 64, "--epochs"),
    (["list", "--runs", "nowhere"], 66, "nowhere"),
    (["describe", "trainig"], 64, "did you mean training?"),
  ]) func `what cannot be done ends with its exit code and says why`(
    arguments: [String], status: Int32, text: String
  ) throws {
    let scratch = try RunScratch()
    let result = try Program.run(arguments, in: scratch.folder.path)
    #expect(result.status == status, Comment(rawValue: result.errors))
    #expect(result.errors.contains(text), Comment(rawValue: result.errors))
  }
}
