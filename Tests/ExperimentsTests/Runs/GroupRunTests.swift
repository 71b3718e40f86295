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
    ("", "it is empty"), ("a", "a is none"), ("1..", "1.. is none"), ("3..1", "3..1 ends before it begins"),
    ("1,1", "1 comes twice"), ("0..3,2", "2 comes twice"), ("-1", "-1 is none"), ("1,,2", "1,,2 is none"),
    ("0..10000", "there are more than 10000"), ("0..18446744073709551615", "0..18446744073709551615 is none"),
  ])
  func `what are no seeds is told`(text: String, problem: String) {
    let error = #expect(throws: RunError.self) { try Seeds.read(text) }
    #expect(error?.message == "--seeds must be a list of seeds from 0 on: \(problem)")
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

  @Test func `a spec can ask for a group by itself, and a seed on the command line for one run`() throws {
    let scratch = try RunScratch(spec: "seeds: [7, 5]\n" + RunScratch.spec)
    let group = try scratch.gan(["run", "small.yaml", "--jobs", "2"] + GroupRunTests.steps)
    #expect(group.status == 0 && group.output == "Runs/small/group-001\n", Comment(rawValue: group.errors))
    let alone = try scratch.gan(["run", "small.yaml", "--seed", "7"] + GroupRunTests.steps)
    #expect(alone.output == "Runs/small/001\n", Comment(rawValue: alone.errors))
    #expect(try scratch.evidence(seed(7, in: scratch)) == scratch.evidence(scratch.run()))
    // What a run says of itself is of that run.
    let resolved = try scratch.folder.text(of: "Runs/small/group-001/seed-5/resolved.yaml")
    #expect(resolved.contains("\nseed: 5\n") && !resolved.contains("seeds:"))
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

  @Test func `a worker that is killed is restarted, and the runs are as without it`() throws {
    let (scratch, whole) = (try RunScratch(), try RunScratch())
    let command = ["run", "small.yaml", "--seeds", "0..1", "--jobs", "2", "--set", "training.epochs=60"]
    let running = try Program.start(command + ["--runs", "My runs"], in: scratch.folder.path)
    let path = scratch.folder("My runs/small/group-001/seed-0")
    while !FileManager.default.fileExists(atPath: "\(path)/checkpoints/step-000010.safetensors"), running.isRunning {
      usleep(20_000)
    }
    // Its number is in the lock of its run.
    let worker = try #require(
      Int32(try scratch.text("\(path)/.lock").trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(worker, SIGKILL)
    let ended = running.wait()
    #expect(ended.status == 0, Comment(rawValue: ended.errors))
    #expect(ended.errors.contains("a worker was killed by signal 9: it is restarted"))
    #expect(try whole.gan(command + ["--quiet"]).status == 0)
    #expect(try scratch.evidence(path) == whole.evidence(seed(0, in: whole)))
  }

  @Test func `a run that cannot go on keeps none of the others from their end, and what is at work is left alone`()
    throws
  {
    let scratch = try RunScratch()
    let command = ["run", "small.yaml", "--seeds", "0..2", "--jobs", "2"] + GroupRunTests.steps
    #expect(try scratch.gan(["run", "small.yaml", "--seeds", "1"] + GroupRunTests.steps).status == 0)
    // What is in the place of the first run is none.
    try scratch.folder.put("mine", into: "Runs/small/group-001/seed-0/notes.txt")
    let failed = try scratch.gan(command)
    #expect(failed.status == 74, Comment(rawValue: failed.errors))
    #expect(failed.errors.contains("seed 0 did not finish"))
    // Neither worker tries what the other could not do.
    #expect(failed.errors.components(separatedBy: "seed 0: ").count == 2, Comment(rawValue: failed.errors))
    for number in 1...2 { #expect(try scratch.gan("verify", seed(number, in: scratch)).status == 0) }
    try FileManager.default.removeItem(atPath: seed(0, in: scratch))
    #expect(try scratch.gan(command).status == 0)

    let longer = ["run", "small.yaml", "--seeds", "0", "--set", "training.epochs=500", "--quiet"]
    let first = try Program.start(longer, in: scratch.folder.path)
    let claimed = scratch.folder("Runs/small/group-002/seed-0/metrics.csv")
    while !FileManager.default.fileExists(atPath: claimed), first.isRunning { usleep(20_000) }
    let second = try scratch.gan(longer)
    #expect(second.status == 75 && second.errors.contains("seed 0: another process is at work on it"))
    first.signal(SIGTERM)
    #expect(first.wait().status == 143)
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
      (["--seeds", "x"], "x is none"),
    ] {
      let refused = try scratch.gan(["run", "small.yaml"] + arguments)
      #expect(refused.status == 64 && refused.errors.contains(problem), Comment(rawValue: refused.errors))
    }
  }
}
