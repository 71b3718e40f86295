import Foundation
import TestSupport
import Testing

/// What samples are measured beside, of data that are parts of others.
@Suite struct EvaluationDataTests {
  /// Of each metric of the verdict of a run of two steps, its cells by their columns.
  private func verdict(dataset: String, networks: String, evaluation: String) throws -> [String: [String: String]] {
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: \(dataset)
        \(networks)
        training: {batch_size: 16, steps: 2}
        evaluation: \(evaluation)

        """)
    let run = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    let lines = try String(contentsOfFile: scratch.run() + "/verdict.csv", encoding: .utf8).split(separator: "\n")
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return Dictionary(
      uniqueKeysWithValues: rows.dropFirst().map { row in
        (row[1], Dictionary(uniqueKeysWithValues: zip(rows[0], row)))
      })
  }

  private static let plain = """
    generator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
    discriminator: [flatten, dense: {units: 1}]
    """

  private static let conditional = """
    conditional: {}
    generator: [embedding: {output_dim: 8}, dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
    discriminator: [flatten, embedding: {output_dim: 8}, dense: {units: 1}]
    """

  @Test func `classes that were chosen are compared by the numbers that the classifier gives them`() throws {
    let found = try verdict(
      dataset: "{mnist: {split: test, classes: [7, 3], subset: 800}}", networks: EvaluationDataTests.conditional,
      evaluation: """
        {features: digits-1, samples: 50, metrics: [mind],
          at_end: {samples: 300, metrics: [class_histogram, condition_accuracy]}}
        """)
    func real(_ metric: String) throws -> Double {
      try #require(found["\(metric)@digits-1"]?["real_data"].flatMap { Double($0) })
    }
    #expect(try real("class_divergence") < 0.05)
    #expect(try real("class_variation") < 0.1)
    #expect(try real("condition_accuracy") > 0.95)
  }

  @Test func `real data are not measured beside themselves where nothing is held out`() throws {
    let found = try verdict(
      dataset: "{mnist: {split: test, subset: 101}}", networks: EvaluationDataTests.plain,
      evaluation: """
        {features: pixels, samples: 50, metrics: [mind],
          at_end: {samples: 400, metrics: [mind, nearest_neighbour_test, coverage]}}
        """)
    let mind = try #require(found["mind@pixels"])
    #expect(mind["real"] == "50" && mind["generated"] == "400")
    #expect(try #require(mind["real_data"].flatMap { Double($0) }) > 0.01)
    // Each image would be its own neighbour.
    let neighbours = try #require(found["generated_neighbours@pixels"]?["real_data"].flatMap { Double($0) })
    #expect(neighbours > 0.2)
  }

  @Test(arguments: [
    ("{emnist: {split: letters}}", true), ("{emnist: {split: letters, part: test}}", false), ("mnist", true),
    ("{cifar10: {split: test}}", false), ("stacked_mnist", true),
  ])
  func `held-out samples are the test part, whatever the field is called`(dataset: String, isHeldOut: Bool) throws {
    let shape = dataset.contains("cifar") ? [32, 32, 3] : dataset.contains("stacked") ? [28, 28, 3] : [28, 28, 1]
    let scratch = try RunScratch(
      spec: """
        dataset: \(dataset)
        generator: [dense: {units: \(shape.reduce(1, *)), activation: tanh}, reshape: {shape: \(shape)}]
        discriminator: [flatten, dense: {units: 1}]
        evaluation: {features: pixels}

        """)
    let check = try scratch.gan("check", "small.yaml", "--resolved")
    #expect(check.status == 0, Comment(rawValue: check.errors))
    #expect(check.output.contains("copy_rate") == isHeldOut)
    // The covariance of so many pixels would be looked at for hours.
    #expect(check.output.contains("kernel_distance") && !check.output.contains("frechet_distance"))
  }
}
