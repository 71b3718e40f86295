import Files
import Foundation
import TestSupport
import Testing

/// Measuring a run's checkpoints when it has ended, and the best of them.
@Suite(.serialized) struct EvaluationAgainTests {
  private static let digits = """
    name: small
    dataset: {mnist: {split: test, subset: 400}}
    generator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
    discriminator: [flatten, dense: {units: 1}]
    training: {batch_size: 16, steps: 2}
    evaluation:
      features: digits-1
      samples: 60
      metrics: [mind, class_histogram]
      best: mind
      at_end: {samples: 60, metrics: [class_histogram, precision]}

    """

  @Test func `a checkpoint is measured by other metrics and features, whatever the run measures besides`() throws {
    let scratch = try RunScratch(spec: EvaluationAgainTests.digits)
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    for (arguments, wanted) in [
      (["--features", "pixels", "--metrics", "mind"], "mind@pixels"), (["--row", "--metrics", "coverage"], "2,1,"),
      (["--features", "pixels"], "coverage@pixels"),
      (["--row", "--features", "pixels", "--metrics", "precision"], "2,1,"),
    ] {
      let found = try scratch.gan(["evaluate", "latest"] + arguments)
      #expect(found.status == 0, Comment(rawValue: "\(arguments): \(found.errors)"))
      #expect(found.output.contains(wanted), "\(arguments)")
    }
  }

  @Test func `a classifier's run is told that it makes no samples`() throws {
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: {mnist: {split: test, subset: 100}}
        network: [flatten, dense: {units: 10}]
        training: {batch_size: 16, steps: 2}

        """)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    for arguments in [[], ["--metrics", "mind"]] {
      let found = try scratch.gan(["evaluate", "latest"] + arguments)
      #expect(found.status == 64)
      #expect(found.errors.contains("trains no network that makes samples"))
    }
  }

  private static let ring =
    RunScratch.spec
    + "evaluation: {samples: 300, metrics: [{mind: {directions: 50}}], best: mind, at_end: {samples: 300, metrics: [modes]}}\n"

  /// The best row of evaluation.csv.
  private func best(_ path: String) throws -> Substring {
    let rows = try String(contentsOfFile: path + "/evaluation.csv", encoding: .utf8).split(separator: "\n").dropFirst()
    func value(_ row: Substring) -> Double { row.split(separator: ",").last.flatMap { Double($0) } ?? .nan }
    return try #require(rows.min { value($0) < value($1) })
  }

  @Test func `the best checkpoint is never one of a future that was given up, nor of another run`() throws {
    let scratch = try RunScratch(spec: EvaluationAgainTests.ring)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    #expect(try scratch.gan("run", "small.yaml", "--seed", "9", "--quiet").status == 0)
    let run = scratch.run()
    #expect(try !best(run).hasPrefix("10,") && !best(run).hasPrefix("20,"), "else nothing is given up")
    // Another run's.
    let own = try Data(contentsOf: URL(fileURLWithPath: run + "/checkpoints/best.safetensors"))
    #expect(try scratch.shell("cp Runs/small/002/checkpoints/best.safetensors Runs/small/001/checkpoints/").status == 0)
    #expect(try scratch.gan("verify", run).status == 65)
    let row = try scratch.gan("evaluate", run, "--checkpoint", "best", "--row")
    #expect(try row.output == best(run) + "\n", "the checkpoint of its step is there")
    try own.write(to: URL(fileURLWithPath: run + "/checkpoints/best.safetensors"))
    #expect(try scratch.gan("verify", run).status == 0)
    // A shorter future in place of the old one.
    let resumed = try scratch.gan("resume", run, "--from", "10", "--epochs", "2", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    let again = try scratch.gan("evaluate", run, "--checkpoint", "best", "--row")
    #expect(try again.output == best(run) + "\n", Comment(rawValue: again.errors))
    #expect(try scratch.gan("verify", run).status == 0)
    let verdict = try String(contentsOfFile: run + "/verdict.csv", encoding: .utf8).split(separator: "\n")
    #expect(try verdict[1].prefix { $0 != "," } == best(run).prefix { $0 != "," })
  }

  @Test func `a network of features is the one that a run began with, and fits its layers`() throws {
    let scratch = try RunScratch(
      spec: EvaluationAgainTests.digits.replacing(
        "features: digits-1", with: "features: {weights: net.safetensors, spec: net.yaml, layer: 1}"))
    try scratch.folder.put("network: [flatten, dense: {units: 3}, dense: {units: 10}]\n", into: "net.yaml")
    func write(_ first: Float, kernel: [Int] = [784, 3]) throws {
      func tensor(_ name: String, _ shape: [Int]) -> Safetensors.Tensor {
        let values = (0..<shape.reduce(1, *)).map { Float($0 % 7) / 100 + first }
        return Safetensors.Tensor(name: name, shape: shape, values: .float32(values))
      }
      try Safetensors(
        metadata: [:],
        tensors: [
          tensor("network.1.kernel", kernel), tensor("network.1.bias", [3]), tensor("network.2.kernel", [3, 10]),
          tensor("network.2.bias", [10]),
        ]
      ).write(to: scratch.folder("net.safetensors"))
    }
    try write(0, kernel: [3, 784])
    let turned = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(turned.errors.contains("network.1.kernel has the shape [3, 784], but the network's has [784, 3]"))
    try write(0)
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    #expect(try scratch.gan("evaluate", "latest").status == 0)
    try write(0.01)
    for command in [["evaluate", "latest"], ["resume", scratch.run(), "--from", "2"]] {
      let found = try scratch.gan(command)
      #expect(found.status == 65)
      #expect(found.errors.contains("is not that which the run began with"), Comment(rawValue: found.errors))
    }
    // Nor does another file stand for one that comes with the program.
    try FileManager.default.createDirectory(atPath: scratch.folder("other"), withIntermediateDirectories: true)
    #expect(try scratch.shell("cp net.safetensors other/digits-1.safetensors").status == 0)
    let other = try scratch.gan("evaluate", "latest", "--features", "digits-1", "--data-dir", "other")
    #expect(other.status == 65)
    #expect(other.errors.contains("is not the feature network digits-1"), Comment(rawValue: other.errors))
  }
}
