import Compute
import Specs
import Testing
import Training

/// What the plan of a training step does.
@Suite struct StepPlanTests {
  /// The products with the first weights of the generator, by the rows that they make.
  private func firstProducts(_ overrides: [String]) throws -> [String] {
    let path = #filePath.replacing("Tests/ExperimentsTests/StepPlanTests.swift", with: "Experiments/mlp-mnist.yaml")
    var options = RunOptions()
    options.overrides = overrides
    let spec = try LoadedSpec(path: path, options: options, machine: .current())
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    let data = try spec.experiment.load(from: .standard(dataDirectory: nil))
    let labels = try Trainer(spec.experiment, data: data, pool: pool).report.rows.map(\.label)
    return labels.filter { $0.hasPrefix("product") && $0.contains("x256x100 ") }
  }

  @Test(arguments: [
    (["training.batch_size=32"], ["64"]),
    (["training.batch_size=32", "training.discriminator_update=joint"], ["64"]),
    (["training.batch_size=32", "training.discriminator_steps=3"], ["128"]),
    ([], ["256"]),
    (["training.batch_size=200", "training.discriminator_steps=3"], ["400", "400"]),
  ])
  func `the generator's passes of a step are one product of all their rows`(overrides: [String], rows: [String]) throws
  {
    #expect(try firstProducts(overrides) == rows.map { "product \($0)x256x100 + add + relu" })
  }
}
