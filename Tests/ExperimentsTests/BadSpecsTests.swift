import Datasets
import Foundation
import Networks
import TestSupport
import Testing

/// What people are told about specs with mistakes: `Tests/BadSpecs/NAME.yaml` and, in `NAME.txt`, every word of it.
///
/// Lists of a whole catalogue are left out of them, so that a new entry changes none. `make answers` writes the texts.
struct BadSpecsTests {
  @Test(arguments: try BadSpec.all(in: "Tests/BadSpecs"))
  func `every mistake is shown where it is, with its remedy`(spec: BadSpec) throws {
    let result = try BadSpec.gan("check", spec.path)
    #expect(try spec.difference(of: result.errors) == nil)
    #expect(result.output == "")
    #expect(result.status == 65)
  }

  @Test(arguments: try BadSpec.all(in: "Tests/BadSpecs"))
  func `a run of a spec with mistakes begins nothing`(spec: BadSpec) throws {
    let result = try BadSpec.gan("run", spec.path)
    #expect(try spec.difference(of: result.errors) == nil)
    #expect(result.status == 65)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: BadSpec.folder.path).sorted() == [
        "Experiments", "Tests",
      ])
  }

  @Test(arguments: try BadSpec.all(in: "Tests/BadSweeps"))
  func `every mistake of a sweep is shown before anything is trained`(spec: BadSpec) throws {
    let result = try BadSpec.gan("sweep", spec.path)
    #expect(try spec.difference(of: result.errors) == nil)
    #expect(result.output == "")
    #expect(result.status == 65)
  }

  @Test(arguments: try BadSpec.all(in: "Tests/BadSpecs/Warnings"))
  func `what may be meant is warned of`(spec: BadSpec) throws {
    let result = try BadSpec.gan("check", "--resolved", spec.path)
    #expect(try spec.difference(of: result.errors) == nil)
    #expect(!result.errors.isEmpty)
    #expect(result.output.hasPrefix("name: "))
    #expect(result.status == 0)
  }

  @Test(arguments: WrongOverride.table)
  func `a mistake on the command line is shown as carefully as one in the file`(override: WrongOverride)
    throws
  {
    let result = try BadSpec.gan("check", "Experiments/mlp-mnist.yaml", "--set", override.argument)
    #expect(BadSpec.withoutCatalogues(result.errors) == override.expected)
    #expect(result.status == 65)
  }

  /// What is left out of all other texts.
  @Test(
    arguments: [
      ("optimizers.generator=adadelta", "optimizer", OptimizerCatalog.all.names),
      ("dataset=celeba", "dataset", DatasetCatalog.all.names), ("generator[0]=input", "layer", LayerCatalog.all.names),
      ("loss=zzz", "loss", LossCatalog.all.names),
    ])
  func `a name that is none is told the names of its catalogue, 24 at most`(
    argument: String, noun: String, names: [String]
  ) throws {
    let result = try BadSpec.gan("check", "Experiments/mlp-mnist.yaml", "--set", argument)
    let shown = names.count > 24 ? Array(names.prefix(24)) + ["\(names.count - 24) more"] : names
    let list = "; there are \(shown.dropLast().joined(separator: ", ")) and \(shown[shown.count - 1])\n"
    #expect(result.errors.contains("error: there is no \(noun) \""), Comment(rawValue: result.errors))
    #expect(result.errors.contains(list), Comment(rawValue: result.errors))
    #expect(BadSpec.withoutCatalogues(result.errors) == result.errors.replacing(list, with: "\n"))
  }

  @Test(arguments: WrongOverride.right)
  func `an override may be written in any of these ways`(argument: String) throws {
    let result = try BadSpec.gan("check", "--resolved", "Experiments/mlp-mnist.yaml", "--set", argument)
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  /// How much memory there is depends on the machine.
  @Test(
    arguments: [
      (
        "generator: [dense: {units: 1000000}, dense: {units: 1000000}, dense: {units: 2}]",
        #"^big.yaml:2:38: error: the experiment needs at least .* of memory, .* of it for parameters and their moments"#,
        "^~~~~ dense alone has 1000001000000 parameters: use fewer units"
      ),
      (
        "training: {batch_size: 65536}\n"
          + "generator: [dense: {units: 1000000}, \(String(repeating: "tanh, ", count: 190))dense: {units: 2}]",
        #"^big.yaml:2:24: error: the experiment needs at least .* of memory, .* of it for the values of a batch of 65536"#,
        "^~~~~ use a smaller batch_size, or fewer units in the widest layers"
      ),
    ])
  func `more memory than the machine has is refused before it is reserved`(
    section: String, message: String, remedy: String
  ) throws {
    let folder = try TemporaryFolder()
    let spec = "dataset: gaussian_ring\n\(section)\ndiscriminator: [dense: {units: 1}]\n"
    try folder.put(spec, into: "big.yaml")
    let result = try Program.run(["check", "big.yaml"], in: folder.path)
    let first = result.errors.split(separator: "\n").first.map(String.init) ?? ""
    #expect(first.range(of: message, options: .regularExpression) != nil, "\(first)")
    #expect(
      first.range(
        of: #", but the (machine has|control group of this process allows) \d[\d.]* [KMGT]iB$"#,
        options: .regularExpression) != nil,
      "\(first)")
    #expect(result.errors.contains(remedy), "\(result.errors)")
    #expect(result.status == 65)
  }
}

/// A spec of which something is said.
struct BadSpec: CustomTestStringConvertible {
  let path: String
  var testDescription: String { path }

  /// Where what is said of it differs from its text, and what writes that anew; nil where it does not.
  func difference(of errors: String) throws -> String? {
    try Recorded.difference(
      of: BadSpec.withoutCatalogues(errors), from: path.replacing(/\.yaml$/, with: ".txt"))
  }

  /// Messages without the names of whole catalogues; where a list is long and there is a name to propose it is not shown at all.
  static func withoutCatalogues(_ errors: String) -> String {
    let nouns = "layer|activation|initializer|loss|classification loss|regularizer|optimizer|schedule|dataset"
    return errors.replacingOccurrences(
      of: "(?m)(there is no (?:\(nouns)) \"[^\"\n]*\"); there (?:are|is only) [a-z0-9_, ]+$", with: "$1",
      options: .regularExpression)
  }

  /// The specs of a folder.
  static func all(in folder: String) throws -> [BadSpec] {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: repository.appendingPathComponent(folder).path)
    func stems(_ end: String) -> [String] {
      names.filter { $0.hasSuffix(end) }.map { String($0.dropLast(end.count)) }.sorted()
    }
    try #require(!stems(".yaml").isEmpty && Set(stems(".txt")).isSubset(of: stems(".yaml")), "a spec for every text")
    return stems(".yaml").map { BadSpec(path: "\(folder)/\($0).yaml") }
  }

  /// Runs the program where the paths of specs are those of the repository, and nothing else is.
  static func gan(_ arguments: String...) throws -> Program.Result {
    try Program.run(arguments, in: folder.path)
  }

  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder: TemporaryFolder = {
    do {
      let folder = try TemporaryFolder()
      for name in ["Tests", "Experiments"] {
        let original = repository.appendingPathComponent(name).path
        try FileManager.default.createSymbolicLink(atPath: folder(name), withDestinationPath: original)
      }
      return folder
    } catch {
      preconditionFailure("no temporary folder: \(error)")
    }
  }()
}
