import Files
import Foundation
import TestSupport
import Testing

/// How samples are measured while a run trains, when it ends, and afterwards.
@Suite(.serialized) struct EvaluationRunTests {
  private static let spec =
    RunScratch.spec
      + """
      evaluation:
        every: 1
        samples: 300
        metrics: [modes, {mind: {directions: 50}}, coverage, {kernel_distance: {block_size: 100}}]
        best: mind
        at_end:
          samples: 400
          metrics: [modes, negative_log_likelihood, density, nearest_neighbour_test, copy_test, authentic_share, copy_rate]

      """

  @Test
  func `evaluations have the same bytes for any number of threads, however often a run is resumed, and afterwards`()
    throws
  {
    let scratch = try RunScratch(spec: EvaluationRunTests.spec)
    for threads in 1...3 {
      let result = try scratch.gan("run", "small.yaml", "--threads", "\(threads)", "--quiet")
      #expect(result.status == 0, Comment(rawValue: result.errors))
    }
    let resumed = try scratch.gan("resume", scratch.run("003"), "--from", "30", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    for other in ["002", "003"] { #expect(try scratch.differences(scratch.run(), scratch.run(other)) == []) }
    let rows = try scratch.text(scratch.run() + "/evaluation.csv").split(separator: "\n").dropFirst()
    #expect(rows.count == 8)
    for row in rows {
      let step = String(row.prefix { $0 != "," })
      #expect(try scratch.gan("evaluate", "small/001", "--checkpoint", step, "--row").output == "\(row)\n")
    }
    #expect(try scratch.gan("verify", scratch.run()).status == 0)
  }

  @Test func `the best checkpoint is that of the best row, and the verdict is of its other samples`() throws {
    let scratch = try RunScratch(spec: EvaluationRunTests.spec)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let rows = try scratch.text(scratch.run() + "/evaluation.csv").split(separator: "\n").map {
      $0.split(separator: ",")
    }
    let column = try #require(rows[0].firstIndex(of: "mind"))
    let best = try #require(rows.dropFirst().min { Double($0[column]) ?? .nan < Double($1[column]) ?? .nan })
    let row = try scratch.gan("evaluate", "small/001", "--checkpoint", "best", "--row")
    #expect(row.output == best.joined(separator: ",") + "\n", Comment(rawValue: row.errors))
    let verdict = try scratch.text(scratch.run() + "/verdict.csv").split(separator: "\n")
    #expect(verdict[0] == "step,metric,value,standard_error,real_data,generated,real,features")
    #expect(verdict.dropFirst().allSatisfy { $0.hasPrefix("\(best[0]),") })
    let shown = try scratch.gan("show", scratch.run()).output.split(separator: "\n")
    #expect(shown.contains { $0.hasPrefix("verdict ") && $0.contains("  modes: ") && $0.hasSuffix(")") })
    #expect(shown.contains { $0.hasSuffix("of step \(best[0]), verdict.csv") })
    for row in verdict.dropFirst() {
      let name = row.split(separator: ",")[1]
      #expect(shown.contains { $0.hasPrefix("  \(name) ") && $0.contains(", real data ") }, "\(name)")
    }
    #expect(verdict.count == 1 + 13)
    let sampled = try scratch.gan("sample", "small/001", "--from", "best", "-o", "best.png")
    #expect(sampled.errors.hasSuffix("step \(best[0])\n"))
  }

  @Test func `a run ends where no better value came for as long as it waits`() throws {
    let scratch = try RunScratch(
      spec: EvaluationRunTests.spec.replacing("best: mind", with: "best: modes\n  patience: 2"))
    let result = try scratch.gan("run", "small.yaml", "--set", "training.epochs=100", "--quiet")
    #expect(result.status == 0)
    #expect(result.errors.contains("note: no better modes in 2 evaluations: the run ends at step "))
    let rows = try scratch.text(scratch.run() + "/evaluation.csv").split(separator: "\n").dropFirst()
    let modes = rows.compactMap { Double($0.split(separator: ",")[2]) }
    #expect(rows.count < 100 && modes.count == rows.count)
    let best = try #require(modes.max())
    #expect(modes.firstIndex(of: best) == modes.count - 3)
    // It does not train on when it is resumed, nor is it measured again.
    let verdict = try FileManager.default.attributesOfItem(atPath: scratch.run() + "/verdict.csv")[.systemFileNumber]
    let resumed = try scratch.gan("resume", scratch.run(), "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains("the run ended at step "))
    let after = try FileManager.default.attributesOfItem(atPath: scratch.run() + "/verdict.csv")[.systemFileNumber]
    #expect(verdict as? UInt64 == after as? UInt64)
    #expect(try scratch.text(scratch.run() + "/evaluation.csv").split(separator: "\n").count == rows.count + 1)
    #expect(try scratch.gan("verify", scratch.run()).status == 0)
    // Nor does patience speak where all steps are done.
    let whole = try scratch.gan("run", "small.yaml", "--set", "training.epochs=\(rows.count)", "--quiet")
    #expect(!whole.errors.contains("no better"))
    #expect(try scratch.text(scratch.run("002") + "/run.json").contains("all steps are done"))
  }

  @Test func `a verdict that was changed is made again`() throws {
    let scratch = try RunScratch(spec: EvaluationRunTests.spec)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let verdict = try scratch.text(scratch.run() + "/verdict.csv")
    #expect(try scratch.shell("echo >> Runs/small/001/verdict.csv").status == 0)
    #expect(try scratch.gan("verify", scratch.run()).output.contains("verdict.csv"))
    #expect(try scratch.gan("verify", scratch.run()).status != 0)
    #expect(try scratch.gan("resume", scratch.run(), "--quiet").status == 0)
    #expect(try scratch.text(scratch.run() + "/verdict.csv") == verdict)
  }

  @Test func `a classifier's features are the same file anew, and measure digits`() throws {
    let scratch = try RunScratch()
    let spec = BadSpec.repository.appendingPathComponent("Experiments/classifier-mnist.yaml").path
    #expect(try scratch.gan("run", spec, "--set", "training.steps=20", "--quiet").status == 0)
    let made = try scratch.gan("features", "classifier-mnist", "--layer", "14", "-o", "net.safetensors")
    #expect(made.status == 0, Comment(rawValue: made.errors))
    let digest = Digest.sha256([UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.folder("net.safetensors")))))
    #expect(
      digest == "d1126e22dad9aeefec69ef3859c63c52c8d81c92750a5a57c524d185d4868b21",
      "of the arithmetic and the spec, on any machine")
    try scratch.folder.put(
      """
      name: digits
      dataset: {mnist: {split: test}}
      generator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
      discriminator: [flatten, dense: {units: 1}]
      training: {steps: 5, epochs: 1}
      evaluation:
        samples: 300
        features: {network: {weights: net.safetensors, layer: 14, name: mine}}
        metrics: [frechet_distance, class_histogram]
        at_end: {samples: 300, metrics: [precision, recall]}

      """, into: "digits.yaml")
    let run = try scratch.gan("run", "digits.yaml", "--quiet")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    let evaluation = try scratch.text(scratch.folder("Runs/digits/001/evaluation.csv"))
    #expect(evaluation.hasPrefix("step,epoch,frechet_distance@mine,class_divergence@mine,class_variation@mine\n"))
    #expect(try scratch.text(scratch.folder("Runs/digits/001/verdict.csv")).contains(",300,\(digest)\n"))
  }
}

extension RunScratch {
  /// The text of a file.
  func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
