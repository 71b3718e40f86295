import Foundation
import Networks
import Specs
import Testing

/// The specs that come with the program.
@Suite struct ExampleSpecsTests {
  private static let folder = BadSpec.repository.appendingPathComponent("Experiments")

  static let files: [String] = {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("sweeps/") }.sorted()
  }()

  static let sweeps: [String] = {
    let all = FileManager.default.enumerator(atPath: folder.path + "/sweeps")?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test(arguments: sweeps) func `every sweep is right, and says what it would train`(file: String) throws {
    let result = try BadSpec.gan("sweep", "Experiments/sweeps/" + file, "--dry-run")
    #expect(result.status == 0)
    #expect(result.output.contains(#/ runs?.*\n +[0-9.]+ [MGTP]FLOP, about /#), "\(result.output)")
    #expect(result.errors == "")
  }

  @Test func `there are specs to look at`() { #expect(ExampleSpecsTests.files.count >= 18) }

  @Test(arguments: files) func `every spec is right, and has the name of its file`(file: String) throws {
    let result = try BadSpec.gan("check", "--resolved", "Experiments/" + file)
    #expect(result.status == 0)
    let name = URL(filePath: file).deletingPathExtension().lastPathComponent
    #expect(result.output.contains("name: \(name)\n"))
    // Only MNIST comes with the program: other data may not be here.
    let missing = #/[^\n]*warning: the data of \w+ are not here[^\n]*\n(?: +[^\n]*\n)+/#
    #expect(result.errors.replacing(missing, with: "") == "")
  }

  /// Without comments, the words of all specs, and of the network of features that the pages have.
  private func words() throws -> Set<Substring> {
    var words: Set<Substring> = []
    for file in ExampleSpecsTests.files + ["../Documentation/inception.yaml"] {
      let text = try String(contentsOf: ExampleSpecsTests.folder.appendingPathComponent(file), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let code = line.prefix { $0 != "#" }
        words.formUnion(code.split { !($0.isLetter || $0.isNumber || $0 == "_") })
      }
    }
    return words
  }

  @Test(arguments: [
    ("layers", LayerCatalog.all.names), ("losses", LossCatalog.all.names),
    ("regularizers", RegularizerCatalog.all.names), ("schedules", ScheduleCatalog.all.names),
    ("optimizers", OptimizerCatalog.all.names), ("initializers", InitializerCatalog.all.names),
    (
      "fields of training",
      [
        "generator_steps", "discriminator_steps", "gradient_accumulation", "unrolled_steps", "packing", "half_life",
        "translation", "cutout", "brightness", "adaptive", "clipvalue", "clipnorm", "global_clipnorm", "warmup_steps",
        "label_smoothing", "label_flipping", "every", "codes", "auxiliary_classifier",
      ]
    ),
  ])
  func `everything of a catalogue has a place in a spec`(catalogue: String, names: [String]) throws {
    let words = try words()
    let missing = names.filter { !words.contains(Substring($0)) }
    #expect(missing == [], "neither a spec under Experiments nor Documentation/inception.yaml shows them")
  }
}
