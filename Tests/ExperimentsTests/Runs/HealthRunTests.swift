import Foundation
import Testing

/// What a run says of what goes wrong in it.
@Suite(.serialized) struct HealthRunTests {
  /// A discriminator that learns far too fast, so that it is dead within some steps.
  private static let spoilt = [
    "--set", "optimizers.discriminator.rmsprop.learning_rate=30", "--set", "record.metrics_every=1",
  ]

  @Test func `a symptom is told when it first shows, and where it is asked for training ends with it`() throws {
    let scratch = try RunScratch()
    let whole = try scratch.gan(["run", "small.yaml", "--quiet"] + HealthRunTests.spoilt)
    #expect(whole.status == 0, Comment(rawValue: whole.errors))
    let rows = try scratch.text(scratch.run() + "/health.csv").split(separator: "\n").map { $0.split(separator: ",") }
    let column = try #require(rows[0].firstIndex(of: "divergence_ahead"))
    #expect(rows[0].prefix(2) == ["step", "epoch"] && rows.count == 81)
    let first = try #require(rows.first { $0[column] == "1" })
    let notes = whole.errors.split(separator: "\n").filter { $0.hasPrefix("note: divergence_ahead: ") }
    #expect(notes.count == 1 && notes.allSatisfy { $0.contains(", and grows; try a lower learning rate, ") })
    let shown = try scratch.gan("show", scratch.run())
    #expect(shown.output.contains("divergence_ahead: "))
    #expect(try scratch.gan("verify", scratch.run()).status == 0)

    let ended = try scratch.gan(
      ["run", "small.yaml", "--quiet", "--set", "training.stop_when=[divergence_ahead]"] + HealthRunTests.spoilt)
    #expect(ended.status == 0, Comment(rawValue: ended.errors))
    let told = "the run ends at step \(first[0]); without it in stop_when a new run goes further"
    #expect(ended.errors.contains("divergence_ahead, which training.stop_when names: \(told)"))
    let resumed = try scratch.gan("resume", scratch.run("002"), "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(
      try scratch.text(scratch.run("002") + "/health.csv").split(separator: "\n").last?.hasPrefix("\(first[0]),")
        == true)
    #expect(try scratch.gan("verify", scratch.run("002")).status == 0)
  }

  @Test func `health.csv is the same however often a run is resumed, and made anew from the rows where it is gone`()
    throws
  {
    let scratch = try RunScratch()
    let arguments = ["--quiet"] + HealthRunTests.spoilt
    #expect(try scratch.gan(["run", "small.yaml"] + arguments).status == 0)
    let whole = try scratch.text(scratch.run() + "/health.csv")
    #expect(try scratch.gan(["run", "small.yaml"] + arguments).status == 0)
    try FileManager.default.removeItem(atPath: scratch.run("002") + "/health.csv")
    #expect(try scratch.gan("resume", scratch.run("002"), "--from", "30", "--quiet").status == 0)
    #expect(try scratch.text(scratch.run("002") + "/health.csv") == whole)
  }

  @Test func `a symptom that nothing could show is no reason to stop`() throws {
    let scratch = try RunScratch()
    let result = try scratch.gan("check", "small.yaml", "--set", "training.stop_when=[collapse]")
    #expect(result.status == 65)
    #expect(
      result.errors.contains(
        "collapse shows in diversity or mode_variation, which is not measured while the run trains"))
    #expect(result.errors.contains("measure it: evaluation: {metrics: [diversity]}"))
  }
}
