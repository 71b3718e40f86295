import Foundation
import TestSupport
import Testing

/// What `resume` does with folders that are not as a run leaves them.
@Suite(.serialized) struct ResumeTests {
  @Test func `going on from an older checkpoint takes the later ones away`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 80"))
    for _ in 0..<2 { #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0) }
    let running = try scratch.start("resume", scratch.run(), "--from", "20", "--quiet")
    func has(_ step: Int) -> Bool {
      FileManager.default.fileExists(
        atPath: scratch.run() + "/checkpoints/step-\(String(1_000_000 + step).dropFirst()).safetensors")
    }
    while running.isRunning, has(800) || !has(30) { usleep(500) }
    running.signal(SIGKILL)
    _ = running.wait()
    // Whatever came after the checkpoint has been made again, or is not there.
    let last = try #require(try scratch.names(scratch.run() + "/checkpoints").last)
    #expect(last < "step-000800")
    try Data(repeating: 0, count: 10).write(to: URL(fileURLWithPath: scratch.run() + "/checkpoints/" + last))
    let resumed = try scratch.gan("resume", scratch.run(), "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains("passed over"))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `a run whose checkpoints are gone keeps its rows`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    let rows = try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/metrics.csv"))
    #expect(try scratch.shell("rm Runs/small/001/checkpoints/*").status == 0)
    let resumed = try scratch.gan("resume", scratch.run(), "--epochs", "4", "--quiet")
    #expect(resumed.status == 74)
    #expect(resumed.errors.contains("is empty, but the run has done 20 steps"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/metrics.csv")) == rows)
    #expect(try scratch.gan("check", scratch.run() + "/resolved.yaml", "--resolved").output.contains("epochs: 2"))
  }

  @Test func `a run of a version that left a default open goes on, and is the same as one that states it`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec + "conditional: {auxiliary_classifier: 1}\n")
    let width = "discriminator[2].dense={units: 9}"
    for _ in 0..<2 {
      #expect(try scratch.gan("run", "small.yaml", "--set", width, "--set", "training.epochs=3", "--quiet").status == 0)
    }
    // The record is made again, of the resolved spec as that version wrote it.
    let left = try scratch.shell(
      "sed -i 's/classes: 8/classes: null/' Runs/small/001/resolved.yaml; rm Runs/small/001/run.json")
    #expect(left.status == 0)
    let resumed = try scratch.gan("resume", scratch.run(), "--from", "10", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(try scratch.shell("grep -c 'classes: null' Runs/small/001/resolved.yaml").output == "1\n")
    #expect(try scratch.gan("verify", scratch.run()).status == 0)
    #expect(try scratch.gan("sample", scratch.run(), "-o", "a.png").errors == "200 samples of small/001, step 30\n")
    let compared = try scratch.gan("compare", scratch.run(), scratch.run("002"))
    #expect(compared.status == 0 && !compared.output.contains("conditional.classes"), "\(compared.errors)")
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let overrides: [String]
    let damage: String
    let arguments: [String]
    let status: Int32
    let text: String
  }

  static let refusals = [
    Refusal(
      testDescription: "fewer epochs than are done", overrides: ["training.epochs=4"], damage: "true",
      arguments: ["--epochs", "2"], status: 64, text: "the run has done 40 steps, more than 20"),
    Refusal(
      testDescription: "more epochs than training.steps allows", overrides: ["training.steps=15"], damage: "true",
      arguments: ["--epochs", "20"], status: 64, text: "training.steps ends the run at step 15"),
    Refusal(
      testDescription: "nothing left to do", overrides: ["training.epochs=1"], damage: "true", arguments: [], status: 0,
      text: "all 10 steps are done; give --epochs to go further"),
    Refusal(
      testDescription: "no metrics", overrides: ["training.epochs=1"], damage: "rm Runs/small/001/metrics.csv",
      arguments: ["--epochs", "2"], status: 66, text: "metrics.csv is gone"),
    Refusal(
      testDescription: "another spec.yaml", overrides: ["training.epochs=1"],
      damage: "echo '# more' >> Runs/small/001/spec.yaml", arguments: ["--epochs", "2"], status: 65,
      text: "gan-exp run Runs/small/001/resolved.yaml"),
  ]

  @Test(arguments: refusals) func `what cannot go on says why and stays as it was`(test: Refusal) throws {
    let scratch = try RunScratch()
    let overrides = test.overrides.map { "--set \($0)" }.joined(separator: " ")
    #expect(try scratch.shell("$GAN run small.yaml --quiet \(overrides)").status == 0)
    #expect(try scratch.shell(test.damage).status == 0)
    let digest = "cd Runs/small/001; find . -type f ! -name .lock | sort | xargs sha256sum"
    let before = try scratch.shell(digest).output
    let resumed = try scratch.gan(["resume", "Runs/small/001", "--quiet"] + test.arguments)
    #expect(resumed.status == test.status, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains(test.text), Comment(rawValue: resumed.errors))
    #expect(try scratch.shell(digest).output == before)
  }

  @Test func `a metrics.csv that a spreadsheet saved is mended, which is said`() throws {
    let scratch = try RunScratch()
    for _ in 0..<2 {
      #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    }
    #expect(try scratch.shell("sed -i 's/$/\\r/' Runs/small/001/metrics.csv").status == 0)
    for run in ["001", "002"] {
      let resumed = try scratch.gan("resume", scratch.run(run), "--epochs", "4", "--quiet")
      #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
      #expect(resumed.errors.contains("CR LF") == (run == "001"), Comment(rawValue: resumed.errors))
    }
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `timings of another version are put aside, which is said`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    #expect(try scratch.shell("sed -i '1s/$/,watts/' Runs/small/001/timing.csv").status == 0)
    let resumed = try scratch.gan("resume", scratch.run(), "--epochs", "4", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains("it is kept as"), Comment(rawValue: resumed.errors))
    let old = try String(contentsOfFile: scratch.run() + "/timing.csv.aside", encoding: .utf8)
    #expect(old.split(separator: "\n").count == 3)
  }

  @Test(arguments: [
    "truncate -s 100G $F", "truncate -s 100 $F", "rm $F; mkfifo $F", "rm $F; truncate -s 100G $F",
  ]) func `what is no checkpoint in a checkpoint's place is passed over`(damage: String) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=3", "--quiet").status == 0)
    let damaged = try scratch.shell("F=Runs/small/001/checkpoints/step-000030.safetensors; \(damage)")
    #expect(damaged.status == 0)
    let sampled = try scratch.gan("sample", scratch.run(), "-o", "a.png")
    #expect(sampled.status == 0, Comment(rawValue: sampled.errors))
    #expect(sampled.errors.contains("passed over"), Comment(rawValue: sampled.errors))
    let resumed = try scratch.gan("resume", scratch.run(), "--epochs", "4", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains("passed over"), Comment(rawValue: resumed.errors))
  }

  @Test(arguments: [
    ("truncate -s 50", "bytes, but"),
    ("printf x | dd bs=1 seek=200 conv=notrunc 2>/dev/null of=", "something else changed"),
  ]) func `a metrics.csv that is changed while the run is at work ends it`(damage: String, problem: String) throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 400"))
    let running = try scratch.start("run", "small.yaml", "--quiet")
    let metrics = scratch.run() + "/metrics.csv"
    func size() -> Int { (try? FileManager.default.attributesOfItem(atPath: metrics)[.size] as? Int) ?? 0 }
    while running.isRunning, size() < 1000 { usleep(500) }
    #expect(try scratch.shell(damage + (damage.hasSuffix("=") ? "" : " ") + metrics).status == 0)
    let ended = running.wait()
    #expect(ended.status == 65, Comment(rawValue: ended.errors))
    #expect(ended.errors.contains(problem), Comment(rawValue: ended.errors))
    #expect(
      ended.errors.contains("leave the files of a run alone while it is at work"), Comment(rawValue: ended.errors))
    #expect(try scratch.gan("show", scratch.run()).output.contains("failed"))
  }

  @Test(arguments: ["printf '1,60,6,0.02'", "printf ''  >", "rm"])
  func `a torn timing.csv is mended`(damage: String) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=2", "--quiet").status == 0)
    let path = "Runs/small/001/timing.csv"
    let line = damage == "rm" ? "rm \(path)" : damage.hasSuffix(">") ? "\(damage) \(path)" : "\(damage) >> \(path)"
    #expect(try scratch.shell(line).status == 0)
    #expect(try scratch.gan("resume", scratch.run(), "--epochs", "4", "--quiet").status == 0)
    let rows = try String(contentsOfFile: scratch.run() + "/timing.csv", encoding: .utf8).split(separator: "\n")
    #expect(rows.first?.hasPrefix("session,step") == true)
    #expect(rows.allSatisfy { $0.split(separator: ",").count == 6 })
    #expect(rows.last?.hasPrefix("2,40,4,") == true)
  }
}
