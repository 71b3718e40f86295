import TestSupport
import Testing

/// `list --where`, `--sort` and `--columns` on stored runs.
@Suite struct SelectionTests {
  private func world() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var first = StoredRun.withAccuracy
    first.spec = """
      training: {batch_size: 64, epochs: 2}
      optimizers:
        generator:
          adam: {learning_rate: 0.0002}
      regularization:
        - r1: {weight: 10.0}
        - weight_decay: {weight: 0.1}

      """
    first.evaluation = "step,epoch,frechet_distance@digits-1\n10,1,30.5\n20,2,20.25\n"
    first.verdict = "step,metric,value,standard_error,real_data\n20,mind@digits-1,1.5,0.1,0.5\n"
    first.isConcluded = true
    var second = StoredRun.withPenalty
    second.status = "diverged"
    second.spec = "training: {batch_size: 128, epochs: 2}\n"
    second.evaluation = "step,epoch,frechet_distance@digits-1\n20,2,9.5\n"
    try first.write("Runs/a/001", into: folder)
    try second.write("Runs/b/001", into: folder)
    try StoredRun.withConvergence.write("Runs/b/002", into: folder)
    try folder.put(#"{"tags": ["best", "old"], "note": "no sevens"}"#, into: "Runs/b/002/notes.json")
    return folder
  }

  @Test(arguments: [
    ("loss = wasserstein", ["b/001"]), ("loss = wasserstein and status = complete", []),
    ("status != complete", ["b/001"]), ("training.batch_size >= 64", ["a/001", "b/001"]),
    ("not training.batch_size > 100", ["a/001"]), ("training.batch_size != 64", ["b/001"]),
    ("optimizers.generator = adam", ["a/001"]), ("optimizers.generator.adam.learning_rate = 2e-4", ["a/001"]),
    ("regularization = r1", ["a/001"]), ("regularization ~ decay", ["a/001"]),
    ("regularization[1].weight_decay.weight < 1", ["a/001"]),
    ("frechet_distance@digits-1 < 25", ["a/001", "b/001"]), ("mind@digits-1 > 0", ["a/001"]),
    ("generator_loss > 0", ["a/001", "b/002"]), ("convergence < 1", ["b/002"]),
    ("tag = best", ["b/002"]), ("tag != best", ["a/001", "b/001"]), ("note ~ sevens", ["b/002"]),
    ("run ~ b/", ["b/001", "b/002"]), ("data = mnist and data.count = 60000", ["a/001", "b/001", "b/002"]),
    ("took < 10s and started >= 2026-01-31", ["a/001", "b/001", "b/002"]),
    ("seed = 7 or loss.non_saturating.label_smoothing = 0", ["a/001", "b/001", "b/002"]),
    // What no run has but one could have fits none.
    ("validation_accuracy > 0.5", []), ("reason = x", []),
  ])
  func `runs are those of which the condition holds`(condition: String, runs: [String]) throws {
    let folder = try world()
    let result = try Program.run(["list", "--where", condition, "--columns", "status"], in: folder)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let found = result.output.split(separator: "\n").dropFirst().compactMap { $0.split(separator: " ").first }
    #expect(found.map(String.init) == runs)
  }

  @Test(arguments: [
    ("frechet_distance@digits-1", ["b/001", "a/001", "b/002"]),
    ("frechet_distance@digits-1 --reverse", ["a/001", "b/001", "b/002"]),
    ("training.batch_size", ["a/001", "b/001", "b/002"]), ("seed", ["b/001", "a/001", "b/002"]),
    ("seed --reverse", ["b/002", "a/001", "b/001"]), ("run --reverse", ["b/002", "b/001", "a/001"]),
    ("loss", ["a/001", "b/002", "b/001"]), ("tag --reverse", ["b/002", "b/001", "a/001"]),
  ])
  func `runs come in an order, those without the name last`(order: String, runs: [String]) throws {
    let result = try Program.shell("$GAN list --columns seed --sort \(order)", in: try world())
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let found = result.output.split(separator: "\n").dropFirst().compactMap { $0.split(separator: " ").first }
    #expect(found.map(String.init) == runs)
  }

  @Test func `columns are those that were asked for`() throws {
    let names = "seed, training.batch_size,loss,frechet_distance@digits-1,started,took,tag,data.digest"
    let result = try Program.run(["list", "--columns", names, "--sort", "seed"], in: try world())
    #expect(
      result.output == """
        run    seed  training.batch_size  loss            frechet_distance@digits-1  started           took  tag       data.digest
        b/001     7                  128  wasserstein                         9.500  2026-01-31 12:00    9s            ba891046e65000
        a/001    42                   64  non_saturating                      20.25  2026-01-31 12:00    9s            ba891046e65000
        b/002    42                       non_saturating                             2026-01-31 12:00    9s  best old  ba891046e65000

        """, Comment(rawValue: result.output + result.errors))
  }

  @Test func `the usual table has tags where a run has some`() throws {
    let result = try Program.run(["list", "--name", "small"], in: try world())
    let lines = result.output.split(separator: "\n")
    #expect(
      lines.first?.hasSuffix("  tags") == true && lines.last?.hasSuffix("9s  best old") == true, "\(result.output)")
  }

  @Test(
    arguments: [
      ("--where", "los = hinge", 1, "no run has los", "did you mean loss?"),
      ("--where", "seed = 7 and batch_size = 64", 14, "no run has batch_size", "did you mean training.batch_size?"),
      ("--where", "frechet_distance < 3", 1, "no run has frechet_distance", "did you mean frechet_distance@digits-1?"),
      ("--where", "status = complet", 10, "status is never complet", "did you mean complete?"),
      ("--where", "step = many", 8, "step is a number, and many is none", "write a number, such as 100"),
      ("--where", "took > long", 8, "took is a time, and long is none", "write seconds, or 90s, 5m, 2h, 1d"),
      ("--where", "loss < hinge", 1, "loss is a text, and < compares numbers", "write =, != or ~"),
      (
        "--where", "generator_loss = low", 18, "generator_loss is a number, and low is none",
        "write a number, such as 100"
      ),
      (
        "--where", "training.batch_size > large", 23, "> compares numbers, and large is none",
        "write a number, or =, != or ~"
      ),
      ("--sort", "sede", 1, "no run has sede", "did you mean seed?"),
      ("--columns", "seed,sted", 6, "no run has sted", "did you mean seed?"),
      ("--columns", "seed,", 6, "a name is missing here", nil),
    ] as [(String, String, Int, String, String?)])
  func `what no run can be like is said where it stands`(
    option: String, text: String, column: Int, message: String, remedy: String?
  ) throws {
    let result = try Program.run(["list", option, text], in: try world())
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix("\(option):1:\(column): error: \(message)\n"), Comment(rawValue: result.errors))
    if let remedy { #expect(result.errors.contains(remedy), Comment(rawValue: result.errors)) }
    #expect(result.output == "")
  }

  @Test func `a classifier's loss is that of its spec, and metrics.loss that of its rows`() throws {
    let folder = try TemporaryFolder()
    var run = StoredRun(loss: "cross_entropy: {}", metrics: "step,epoch,loss,accuracy\n20,2,0.5,0.75\n")
    run.spec = "network: [dense: {units: 10}]\n"
    try run.write("Runs/c/001", into: folder)
    let result = try Program.run(["list", "--columns", "loss,metrics.loss,accuracy"], in: folder)
    #expect(
      result.output == "run    loss           metrics.loss  accuracy\nc/001  cross_entropy        0.5000    0.7500\n",
      Comment(rawValue: result.output + result.errors))
    let usual = try Program.run(["list"], in: folder)
    #expect(usual.output.contains("  0.5000  "), "\(usual.output)")
  }
}
