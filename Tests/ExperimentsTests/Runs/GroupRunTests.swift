import Foundation
import Runs
import TestSupport
import Testing
import Training

/// Groups: runs of one spec over seeds.
@Suite(.serialized) struct GroupRunTests {
  @Test(arguments: [
    ("0..3", [0, 1, 2, 3], "0..3"), ("7", [7], "7"), ("5,1", [5, 1], "1,5"),
    ("4,0..2, 9", [4, 0, 1, 2, 9], "0..2,4,9"),
    ("1..2", [1, 2], "1,2"),
  ])
  func `seeds are read and written`(text: String, seeds: [UInt64], shortest: String) throws {
    #expect(try Seeds.read(text) == seeds)
    #expect(Seeds.text(seeds) == shortest)
  }

  @Test(arguments: [
    ("", "it is empty"), ("a", "it is a"), ("1..", "it is 1.."), ("3..1", "3..1 ends before it begins"),
    ("1,1", "1 comes twice"), ("0..3,2", "2 comes twice"), ("-1", "it is -1"), ("1,,2", "it is 1,,2"),
    ("0..10000", "there are more than 10000"), ("0..18446744073709551615", "it is 0..18446744073709551615"),
  ])
  func `what are no seeds is told`(text: String, problem: String) {
    let error = #expect(throws: RunError.self) { try Seeds.read(text) }
    #expect(error?.message == "--seeds takes seeds from 0 on, but \(problem)")
    #expect(error?.exitCode == 64)
  }

  private static let steps = ["--set", "training.steps=40", "--quiet"]

  private func seed(_ number: Int, in scratch: RunScratch, group: String = "group-001") -> String {
    scratch.folder("Runs/small/\(group)/seed-\(number)")
  }

  @Test func `a group is the same runs for any number of jobs, and each is a run of its seed`() throws {
    let (one, two) = (try RunScratch(), try RunScratch())
    let alone = try one.gan(["run", "small.yaml", "--seeds", "3..5", "--jobs", "1"] + GroupRunTests.steps)
    #expect(alone.status == 0 && alone.output == "Runs/small/group-001\n", Comment(rawValue: alone.errors))
    let together = try two.gan(["run", "small.yaml", "--seeds", "3..5", "--jobs", "3"] + GroupRunTests.steps)
    #expect(together.status == 0, Comment(rawValue: together.errors))
    #expect(try one.gan(["run", "small.yaml", "--seed", "4"] + GroupRunTests.steps).status == 0)
    for number in 3...5 {
      #expect(try one.evidence(seed(number, in: one)) == two.evidence(seed(number, in: two)))
      #expect(try one.gan("verify", seed(number, in: one)).status == 0)
    }
    #expect(try one.evidence(seed(4, in: one)) == one.evidence(one.run()))
  }

  @Test func `the same command goes on after an interruption and trains what further seeds lack`() throws {
    let (scratch, whole) = (try RunScratch(), try RunScratch())
    let command = ["run", "small.yaml", "--seeds", "0..2", "--jobs", "2", "--set", "training.epochs=60", "--quiet"]
    let running = try Program.start(command, in: scratch.folder.path)
    let first = seed(0, in: scratch) + "/checkpoints/step-000010.safetensors"
    while !FileManager.default.fileExists(atPath: first), running.isRunning { usleep(20_000) }
    running.signal(SIGTERM)
    let stopped = running.wait()
    #expect(stopped.status == 143, Comment(rawValue: stopped.errors))
    #expect(stopped.errors.contains("stopped after checkpoints; the same command goes on"))
    var more = command
    more[3] = "0..3"
    let ended = try scratch.gan(more)
    #expect(ended.status == 0, Comment(rawValue: ended.errors))
    #expect(try scratch.names(scratch.folder("Runs/small")) == ["group-001"])
    #expect(try whole.gan(more).status == 0)
    for number in 0...3 {
      #expect(try scratch.evidence(seed(number, in: scratch)) == whole.evidence(seed(number, in: whole)))
    }
    // Nothing is left to do.
    let again = try scratch.gan(more)
    #expect(again.status == 0 && again.output == "Runs/small/group-001\n")
  }

  @Test func `another spec is another group, and one that diverges is counted`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan(["run", "small.yaml", "--seeds", "0,1"] + GroupRunTests.steps).status == 0)
    let spoilt = try scratch.gan(
      [
        "run", "small.yaml", "--seeds", "0,1", "--set", "training.steps=40", "--set",
        "optimizers.generator={sgd: {learning_rate: 1e30}}",
      ])
    #expect(spoilt.status == 3, Comment(rawValue: spoilt.errors))
    #expect(spoilt.output == "Runs/small/group-002\n")
    #expect(spoilt.errors.contains("seed 1: diverged, "))
    for (arguments, problem) in [
      (["--seeds", "0..1", "--seed", "3"], "not both"), (["--jobs", "2"], "--seeds 0..9"),
      (["--seeds", "x"], "it is x"),
    ] {
      let refused = try scratch.gan(["run", "small.yaml"] + arguments)
      #expect(refused.status == 64 && refused.errors.contains(problem), Comment(rawValue: refused.errors))
    }
  }
}
