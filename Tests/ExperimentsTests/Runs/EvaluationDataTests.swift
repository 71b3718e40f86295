import Compute
import Datasets
import Foundation
import Specs
import TestSupport
import Testing
import Training

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

  @Test func `the modes of stacked digits are counted by a classifier of digits`() throws {
    let found = try verdict(
      dataset: "{stacked_mnist: {samples: 3000}}",
      networks: """
        generator: [dense: {units: 2352, activation: tanh}, reshape: {shape: [28, 28, 3]}]
        discriminator: [flatten, dense: {units: 1}]
        """,
      evaluation: """
        {samples: 50, metrics: [found_classes],
          at_end: {samples: 1000, metrics: [found_classes, class_histogram, ms_ssim, laplacian_distance]}}
        """)
    func real(_ metric: String) throws -> Double { try #require(found[metric]?["real_data"].flatMap { Double($0) }) }
    // Of a thousand draws of a thousand classes 632 come on average, give or take 10.
    #expect(try abs(real("found_classes@digits-1") - 632) < 40)
    #expect(try #require(found["found_classes@digits-1"]?["value"].flatMap { Double($0) }) < 30)
    #expect(try (0.1..<0.4).contains(real("ms_ssim@pad32")))
    #expect(try real("laplacian_distance") < 30)
  }

  @Test func `a network of gray images looks at each channel, and tells their classes together`() throws {
    let location = DataLocation.standard()
    var fields = Fields.describing(subject: "digits-1")
    let source = try #require(FeatureCatalog.all.entries.first { $0.name == "digits-1" }).read(&fields)
    let file = try #require(source.network)
    let (gray, color) = (
      try FeatureNetwork(source, file, in: location, sampleShape: [28, 28, 1]),
      try FeatureNetwork(source, file, in: location, sampleShape: [28, 28, 3])
    )
    #expect(color.featureCount == 3 * gray.featureCount && color.digest == gray.digest)
    let count = 250
    let table = try ExampleData.table("{stacked_mnist: {samples: \(count)}}")
    guard case .bytes(let bytes, let lookup) = table.values else { preconditionFailure("MNIST is bytes") }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let images = bytes.map { lookup[Int($0)] }
    let (all, one) = (try color.extractor(pool: pool), try gray.extractor(pool: pool))
    #expect(all.count == count && one.count == count)
    let (features, logits) = all(images)
    for channel in 0..<3 {
      let seen = one(stride(from: channel, to: images.count, by: 3).map { images[$0] }).features
      for sample in 0..<count {
        let start = sample * 192 + channel * 64
        #expect(Array(features[start..<(start + 64)]) == Array(seen[(sample * 64)..<(sample * 64 + 64)]))
      }
    }
    let known = try #require(logits)
    let classes = (0..<count).map { sample in
      (0..<1000).max { known[sample * 1000 + $0] < known[sample * 1000 + $1] } ?? -1
    }
    let labels = try #require(table.labels)
    #expect((0..<count).count { classes[$0] == Int(labels[$0]) } > 240)
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
