import Foundation
import TestSupport
import Testing

/// `check --json`: what `check` finds, for programs.
struct CheckJSONTests {
  private func json(_ arguments: String..., status: Int32 = 0) throws -> [String: Any] {
    let result = try Program.run(["check", "--json", "--threads", "1"] + arguments, in: BadSpec.folder.path)
    #expect(result.status == status)
    #expect(result.errors == "")
    return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test func `a spec that is right is shown with its layers, steps, arithmetic, memory and time`() throws {
    let report = try json("Experiments/mlp-mnist.yaml", "--set", "training.epochs=2")
    #expect(report["spec"] as? String == "Experiments/mlp-mnist.yaml")
    #expect(report["name"] as? String == "mlp-mnist")
    #expect(report["seed"] as? Int == 42)
    #expect((report["warnings"] as? [Any])?.isEmpty == true)
    let data = try #require(report["data"] as? [String: Any])
    #expect(data["dataset"] as? String == "mnist")
    #expect(data["count"] as? Int == 60_000)
    #expect(data["shape"] as? [Int] == [28, 28, 1])
    #expect(data["range"] as? [Double] == [-1, 1])
    #expect(data["classes"] as? Int == 10)
    let networks = try #require(report["networks"] as? [[String: Any]])
    #expect(networks.map { $0["network"] as? String } == ["generator", "discriminator"])
    #expect(networks.map { $0["input"] as? [Int] } == [[100], [28, 28, 1]])
    #expect(networks.map { $0["folded_activation"] as? String } == [nil, "sigmoid"])
    // 101 · 256 + 257 · 512 + 513 · 1024 + 1025 · 784, and 785 · 512 + 513 · 256 + 257.
    #expect(networks.map { $0["parameters"] as? Int } == [1_486_352, 533_505])
    let layers = try #require(networks[0]["layers"] as? [[String: Any]])
    #expect(layers.map { $0["layer"] as? String } == ["dense", "dense", "dense", "dense", "reshape"])
    #expect(layers.map { $0["activation"] as? String } == ["relu", "relu", "relu", "tanh", nil])
    #expect(layers.map { $0["output"] as? [Int] } == [[256], [512], [1024], [784], [28, 28, 1]])
    #expect(layers.map { $0["parameters"] as? Int } == [25_856, 131_584, 525_312, 803_600, 0])
    let steps = try #require(report["steps"] as? [String: Any])
    #expect(["total", "per_epoch", "batch_size"].map { steps[$0] as? Int } == [936, 468, 128])
    let arithmetic = try #require(report["arithmetic"] as? [String: Int])
    #expect(arithmetic["operations"] ?? 0 > arithmetic["products"] ?? 0)
    let memory = try #require(report["memory"] as? [String: Any])
    let parts = try #require(memory["parts"] as? [[String: Any]])
    #expect(memory["total"] as? Int == parts.reduce(0) { $0 + ($1["bytes"] as? Int ?? 0) })
    let time = try #require(report["time"] as? [String: Any])
    let each = try #require(time["seconds_per_step"] as? Double)
    #expect(each > 0 && abs((time["seconds"] as? Double ?? 0) / (each * 936) - 1) < 1e-9)
    #expect(time["timed_steps"] as? Int ?? 0 > 1)
    #expect(report["evaluations"] as? Int == 2)
    let resolved = try #require(report["resolved"] as? [String: Any])
    #expect((resolved["training"] as? [String: Any])?["epochs"] as? Int == 2)
    #expect((resolved["latent"] as? [String: Any])?["distribution"] as? String == "normal")
    let optimizer = (resolved["optimizers"] as? [String: [String: [String: Any]]])?["generator"]?["adam"]
    #expect(optimizer?["learning_rate"] as? Double == 2e-4)
  }

  @Test func `warnings are values with their places`() throws {
    let spec = "Tests/BadSpecs/Warnings/former-name.yaml"
    let warnings = try #require(try json(spec)["warnings"] as? [[String: Any]])
    #expect(warnings.count == 1)
    #expect(warnings[0]["severity"] as? String == "warning")
    #expect(warnings[0]["message"] as? String == "on is now called cost")
    #expect(warnings[0]["remedy"] as? String == "write cost: hinge")
    #expect(warnings[0]["file"] as? String == spec)
    #expect(["line", "column", "length"].map { warnings[0][$0] as? Int } == [7, 23, 2])
  }

  @Test func `data that are not here are a warning`() throws {
    let folder = try TemporaryFolder()
    let spec = "dataset: cifar10\nnetwork: [flatten, dense: {units: 10}]\nvalidation: {split: test}\n"
    try folder.put(spec, into: "a.yaml")
    let result = try Program.run(
      ["check", "--json", "--threads", "1", "a.yaml"], in: folder.path,
      environment: ["HOME": folder.path, "XDG_CACHE_HOME": folder.path, "GAN_EXP_DATA": ""])
    #expect(result.status == 0)
    let report = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect((report["data"] as? [String: Any])?["inspection"] as? String == "not here")
    let warnings = try #require(report["warnings"] as? [[String: Any]])
    #expect(
      warnings.map { $0["message"] as? String }
        == ["the data of cifar10 are not here, without which no run begins"])
    #expect((warnings.first?["remedy"] as? String)?.contains("gan-exp data fetch cifar10") ?? false)
    #expect(["line", "column"].map { warnings.first?[$0] as? Int } == [1, 10])
  }

  @Test func `few classes that have names are named`() throws {
    let folder = try TemporaryFolder()
    try folder.put("x,kind\n1,b\n2,a\n3,b\n4,a\n", into: "a.csv")
    let spec = "dataset: {csv: {path: a.csv, label: kind}}\nnetwork: [dense: {units: 2}]\ntraining: {batch_size: 2}\n"
    try folder.put(spec, into: "a.yaml")
    let result = try Program.run(
      ["check", "a.yaml", "--threads", "1"], in: folder.path, environment: ["COLUMNS": "100"])
    #expect(
      result.output.contains("4 samples of [1], 2 classes (a, b); read every line"), Comment(rawValue: result.output))
    let digits = try #require(try json("Experiments/mlp-mnist.yaml")["data"] as? [String: Any])
    #expect(digits["class_names"] == nil)
  }

  @Test func `so are mistakes, and the status is that of the words`() throws {
    let report = try json("Tests/BadSpecs/loss-of-a-paper.yaml", status: 65)
    let errors = try #require(report["errors"] as? [[String: Any]])
    #expect(errors.count == 1)
    #expect(errors[0]["severity"] as? String == "error")
    #expect((errors[0]["lines"] as? [String])?.first == "loss: wasserstein")
    #expect(report["networks"] == nil)
  }

  @Test func `--resolved beside it is refused`() throws {
    let result = try BadSpec.gan("check", "Experiments/mlp-mnist.yaml", "--json", "--resolved")
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix("gan-exp: error: --json has the resolved spec in it: leave --resolved out\n"))
  }
}
