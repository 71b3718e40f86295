import Foundation
import Networks
import Specs
import TestSupport
import Testing

/// The JSON Schema with which editors check specs while they are written.
struct SchemaTests {
  @Test func `the schema beside the specs is the program's`() throws {
    let result = try BadSpec.gan("schema")
    #expect(result.status == 0)
    #expect(try Recorded.difference(of: result.output, from: "Experiments/schema.json") == nil)
  }

  private static func validator() throws -> SchemaValidator {
    let data = Data(try BadSpec.gan("schema").output.utf8)
    return SchemaValidator(try #require(JSONSerialization.jsonObject(with: data) as? [String: Any]))
  }

  /// A spec as programs that read YAML 1.2 see it.
  private static func value(_ text: String) throws -> Any {
    let diagnostics = Diagnostics()
    let node = try #require(Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics))
    return try JSONSerialization.jsonObject(with: JSONEncoder().encode(node))
  }

  @Test(arguments: ["Experiments", "Experiments/Vocabulary", "Tests/Golden", "Tests/BadSpecs/Warnings"])
  func `every spec that is right is right by the schema`(folder: String) throws {
    let url = BadSpec.repository.appendingPathComponent(folder)
    let validator = try SchemaTests.validator()
    // Editors show what is on its way out.
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter {
      $0.hasSuffix(".yaml") && $0 != "former-name.yaml"
    }
    #expect(names.count > 5)
    for name in names {
      let text = try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
      #expect(validator.errors(of: try SchemaTests.value(text)) == [], "\(name)")
    }
  }

  /// What an editor shows is about the place, and short.
  @Test(
    arguments: [
      ("generator: [Dense]", ["generator/0: not one of the words"]),
      ("generator: [{Dense: {units: 3}}]", ["generator/0: additional property Dense"]),
      (
        "generator: [{dense: {unit: 3}}]",
        ["generator/0/dense: additional property unit", "generator/0/dense: required units"]
      ),
      ("generator: [{dense: {units: many}}]", ["generator/0/dense/units: not of type [\"integer\"]"]),
      ("generator: [{dense: {units: 3}, tanh: }]", ["generator/0: too many properties"]),
      (
        "generator: [{conv2d: {filters: 3, kernel_size: [3, 3, 3]}}]",
        ["generator/0/conv2d/kernel_size: too many items"]
      ),
      (
        "generator: [{conv2d: {filters: 3, kernel_size: 3, padding: sam}}]",
        ["generator/0/conv2d/padding: not one of the words"]
      ),
      ("generator: [{conv2d_transpose: {filters: 3, kernel_size: 3, output_padding: null}}]", []),
      ("generator: [{conv2d_transpose: {filters: 3, kernel_size: 3, output_padding: [0, 1]}}]", []),
      ("generator: [{residual: {body: [Dense]}}]", ["generator/0/residual/body/0: not one of the words"]),
      ("name: ../evil", ["name: does not match"]), ("name: größe", ["name: does not match"]), ("name: a.b-c_1+2=3", []),
      ("loss: {relativistic: {on: hinge}}", ["loss/relativistic: additional property on"]),
      ("loss: {hinge: }", []), ("loss: wgan", ["loss: not one of the words"]),
      (
        "optimizers: {generator: {adam: {learning_rate: fast}}}",
        ["optimizers/generator/adam/learning_rate: not of type [\"object\"]"]
      ),
      (
        "optimizers: {generator: {adam: {learning_rate: {cosine_decay: {decay_steps: 5}}}}}",
        ["optimizers/generator/adam/learning_rate/cosine_decay: required initial_learning_rate"]
      ),
      ("x-layers: &a {units: 3}", []), ("layers: &a {units: 3}", [": additional property layers"]),
      (
        "loss: null\nseed: null\nregularization: null\noptimizers: {generator: {adam: {learning_rate: null}}}\n"
          + "training: {sampling: null, batch_size: null}\ndataset: null", []
      ),
      ("generator: null", ["generator: not of type [\"array\"]"]),
      ("latent:\nconditional:\nrecord:", []), ("conditional: {classes: null}", []),
    ] as [(String, [String])]) func `what is wrong is said of one place in few words`(text: String, errors: [String])
    throws
  {
    var spec = try #require(
      SchemaTests.value("generator: [{dense: {units: 2}}]\ndiscriminator: [flatten]") as? [String: Any])
    let changes = try #require(SchemaTests.value(text) as? [String: Any])
    spec.merge(changes) { $1 }
    #expect(try SchemaTests.validator().errors(of: spec) == errors)
  }

  @Test func `both networks are required, here or in a parent`() throws {
    let validator = try SchemaTests.validator()
    #expect(validator.errors(of: ["name": "x"]) == [": required generator", ": required discriminator"])
    #expect(validator.errors(of: ["extends": "x.yaml"]) == [])
    #expect(validator.errors(of: ["network": ["flatten"]]) == [])
    #expect(validator.errors(of: ["network": ["flatten"], "latent": ["dim": 2]]) == [": additional property latent"])
    #expect(validator.errors(of: ["extends": "x.yaml", "optimizer": "sgd"]) == [])
  }

  @Test func `every spec among the experiments names it on its first line`() throws {
    let folder = BadSpec.repository.appendingPathComponent("Experiments")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    #expect(!names.isEmpty)
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(text.hasPrefix("# yaml-language-server: $schema=schema.json\n"), "\(name)")
    }
  }
}
