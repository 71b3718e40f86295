import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// What `gan-exp evaluate` prints and writes, of runs and of pictures that others made.
@Suite(.serialized) struct EvaluateCommandTests {
  private static let spec = """
    name: small
    dataset: {mnist: {split: test, subset: 400}}
    generator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
    discriminator: [flatten, dense: {units: 1}]
    training: {batch_size: 16, steps: 2}
    evaluation: {features: digits-1, samples: 60, metrics: [mind], at_end: {samples: 60, metrics: [mind, precision, ms_ssim]}}

    """

  /// A folder with the first test images of MNIST as pictures.
  private func pictures(_ count: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    guard case .bytes(let bytes, _) = try ExampleData.table("{mnist: {split: test}}").values else {
      preconditionFailure("MNIST is bytes")
    }
    for number in 0..<count {
      let pixels = Array(bytes[(number * 784)..<((number + 1) * 784)])
      try folder.put(
        try PNG(width: 28, height: 28, color: .gray, pixels: pixels).encoded(), into: "\(1000 + number).png")
    }
    return folder
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `a run's values are told with the features that they are of, for people and for programs`() throws {
    let scratch = try RunScratch(spec: EvaluateCommandTests.spec)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let table = try scratch.gan("evaluate", "latest")
    #expect(
      table.output.hasPrefix(
        "small, step 2: 60 generated samples, 60 training ones, features digits-1 (SHA-256 ec020a364431...)\n"))
    let text = try scratch.gan("evaluate", "latest", "--json").output
    let all = try object(text)
    #expect(all["name"] as? String == "small" && all["step"] as? Int == 2 && all["epoch"] as? Int == 1)
    #expect(all["against"] as? String == "training")
    #expect((all["features"] as? [String: String])?["sha256"]?.hasPrefix("ec020a364431") == true)
    let metrics = try #require(all["metrics"] as? [[String: Any]])
    #expect(metrics.map { $0["name"] as? String } == ["mind@digits-1", "precision@digits-1", "ms_ssim@pad32"])
    // As at the end of the run, to the last bit; only what is of features names them.
    let rows = try scratch.text(scratch.run() + "/verdict.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    for row in rows { #expect(text.contains("\"value\" : \(row[2].replacing(/\.0$/, with: ""))\n"), "\(row[1])") }
    #expect(rows.map { $0[7].prefix(12) } == ["ec020a364431", "ec020a364431", ""])
  }

  @Test func `the picture of neighbours goes into a file or a pipe, and what is told is not lost`() throws {
    let scratch = try RunScratch(spec: EvaluateCommandTests.spec)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let written = try scratch.gan("evaluate", "latest", "-o", "nearest.png")
    #expect(written.status == 0 && written.output.contains("mind@digits-1"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.folder("nearest.png")))
    #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/neighbours.png"))))
    let piped = try scratch.shell("\"$GAN\" evaluate latest -o - >piped.png")
    #expect(piped.errors.contains("mind@digits-1"))
    #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: scratch.folder("piped.png")))))
    let lost = try scratch.gan("evaluate", "latest", "-o", "missing/nearest.png")
    #expect(lost.status == 73 && lost.output.contains("mind@digits-1"), Comment(rawValue: lost.errors))
    for (arguments, problem) in [
      (["--row", "-o", "x.png"], "without the picture of -o"),
      (["--json", "-o", "-"], "both write to standard output"),
    ] {
      let refused = try scratch.gan(["evaluate", "latest"] + arguments)
      #expect(refused.status == 64 && refused.errors.contains(problem), Comment(rawValue: refused.errors))
    }
  }

  @Test func `points have no picture of neighbours, which is said before anything is measured`() throws {
    let scratch = try RunScratch(spec: RunScratch.spec.replacing("epochs: 8", with: "steps: 2"))
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let refused = try scratch.gan("evaluate", "latest", "-o", "x.png")
    #expect(refused.status == 64 && refused.output.isEmpty)
    #expect(refused.errors.contains("samples of gaussian_ring are no images"))
    let tooMany = try scratch.gan("evaluate", "latest", "--samples", "1000000", "--metrics", "vendi_score")
    #expect(tooMany.status == 0, Comment(rawValue: tooMany.errors))
  }

  @Test(arguments: [7, 45])
  func `pictures of others are measured, and copies of training images told`(count: Int) throws {
    let folder = try pictures(count)
    let scratch = try RunScratch(spec: EvaluateCommandTests.spec)
    let arguments = [
      "evaluate", "--folder", folder.path, "--against", "{mnist: {split: test}}", "--features", "pixels", "--metrics",
      "nearest_neighbour_test,mind",
    ]
    let found = try scratch.gan(arguments + ["-o", "nearest.png"])
    #expect(found.status == 0, Comment(rawValue: found.errors))
    #expect(found.output.hasPrefix("\(folder.path): \(count) generated samples, "))
    let picture = try PNG(decoding: Array(Data(contentsOf: URL(fileURLWithPath: scratch.folder("nearest.png")))))
    #expect(picture.width > 28 * min(count, 10))
    let values = try object(try scratch.gan(arguments + ["--json"]).output)
    #expect(values["step"] == nil && values["features"] == nil && values["name"] as? String == folder.path)
    let refused = try scratch.gan(["evaluate", "--folder", folder.path])
    #expect(refused.status == 64 && refused.errors.contains("--against"))
  }
}
