import Foundation
import TestSupport
import Testing

/// A run that goes further than planned becomes the longer run, with all that it leaves.
@Suite struct LongerRunTests {
  /// Every file of a run that has no time in it.
  private func all(_ scratch: RunScratch, _ run: String) throws -> [String: Data] {
    var files = ["metrics.csv": try Data(contentsOf: URL(fileURLWithPath: run + "/metrics.csv"))]
    for folder in ["checkpoints", "samples"] {
      for name in try scratch.names("\(run)/\(folder)") {
        files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(run)/\(folder)/\(name)"))
      }
    }
    return files
  }

  /// The first end in epochs of 10 steps, and how often rows, sheets and checkpoints come.
  @Test(arguments: [
    (7, "metrics_every: 7, samples_every: 1, checkpoint_every: 1"),
    (3, "metrics_every: 7, samples_every: 2, checkpoint_every: 2"),
    (5, "metrics_every: 10, samples_every: 1, checkpoint_every: 3"),
    (5, "metrics_every: 50, samples_every: 4, checkpoint_every: 4"),
  ]) func `every file is that of the longer run`(epochs: Int, record: String) throws {
    let scratch = try RunScratch(
      spec: RunScratch.spec.replacingOccurrences(of: "metrics_every: 7", with: record))
    for line in [
      "$GAN run small.yaml --quiet", "$GAN run small.yaml --quiet --set training.epochs=\(epochs)",
      "$GAN resume Runs/small/002 --epochs 8 --quiet", "$GAN verify Runs/small/002",
    ] {
      let result = try scratch.shell(line)
      #expect(result.status == 0, "\(line): \(result.errors)\(result.output)")
    }
    let (long, grown) = (try all(scratch, scratch.run("001")), try all(scratch, scratch.run("002")))
    #expect(long.keys.sorted() == grown.keys.sorted())
    #expect(long.keys.filter { long[$0] != grown[$0] } == [])
  }

  @Test func `the checkpoint of a stop goes when the run is done`() throws {
    let scratch = try RunScratch(
      spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 200")
        .replacingOccurrences(of: "checkpoints_kept: 100", with: "checkpoints_kept: 2, checkpoint_every: 50"))
    let running = try scratch.start("run", "small.yaml", "--quiet")
    while running.isRunning, !FileManager.default.fileExists(atPath: scratch.run() + "/metrics.csv") { usleep(1000) }
    usleep(50_000)
    running.signal(SIGINT)
    #expect(running.wait().status == 130)
    #expect(try scratch.gan("resume", scratch.run(), "--quiet").status == 0)
    #expect(
      try scratch.names(scratch.run() + "/checkpoints") == ["step-001500.safetensors", "step-002000.safetensors"])
    // One too many, as a process leaves it that is killed between writing and removing, goes at the next opportunity.
    let line = """
      cd Runs/small/001; cp checkpoints/step-001500.safetensors checkpoints/step-001000.safetensors; cd ../../..
      $GAN resume Runs/small/001; ls Runs/small/001/checkpoints
      """
    #expect(
      try scratch.shell(line).output == "Runs/small/001\nstep-001500.safetensors\nstep-002000.safetensors\n")
  }
}
