import Specs
import Testing

@Suite("Fields read a mapping")
struct FieldsTests {
  static let whole = """
    name: mlp
    latent: {dim: 64}
    generator:
      - dense: {units: 256, activation: relu}
      - conv2d: {filters: 8, kernel_size: [3, 5]}
      - dropout: {rate: 0.3}
      - reshape: {shape: [7, 7]}
      - flatten
      - flatten:
    optimizers:
      discriminator: {adam: {learning_rate: 2e-5}}
    penalty: hinge
    clipping: 1
    record: {every: 50}

    """

  static let resolved = """
    name: mlp
    seed: 0
    latent: {dim: 64, distribution: normal}
    generator:
      - dense: {units: 256, activation: relu, use_bias: true}
      - conv2d: {filters: 8, kernel_size: [3, 5], strides: 1, padding: valid}
      - dropout: {rate: 0.3}
      - reshape: {shape: [7, 7]}
      - flatten
      - flatten
    optimizers:
      generator: {adam: {learning_rate: 0.001, beta_1: 0.9}}
      discriminator: {adam: {learning_rate: 2.0e-05, beta_1: 0.9}}
    loss: {non_saturating: {label_smoothing: 0.0}}
    penalty: {hinge: {margin: 1.0}}
    clipping: 1.0
    threads: null
    record: {every: 50}

    """

  @Test("and give the values and the resolved spec with every default")
  func wholeSpec() throws {
    let (spec, messages, node) = SampleSpec.read(FieldsTests.whole)
    #expect(messages == "")
    #expect(spec?.isComplete == true)
    #expect(
      spec?.layers.map(\.value.name) == ["dense", "conv2d", "dropout", "reshape", "flatten", "flatten"])
    #expect(spec?.layers.map(\.mark.line) == [4, 5, 6, 7, 8, 9])
    #expect(spec?.layers.map(\.mark.column) == [5, 5, 5, 5, 5, 5])
    #expect(spec?.rates == [1e-3, 2e-5])
    #expect(spec?.clipping == 1)
    #expect(Emitter.text(of: try #require(node)) == FieldsTests.resolved)
  }

  @Test("so that the resolved spec reads as itself")
  func resolvedTwice() throws {
    let (_, messages, node) = SampleSpec.read(FieldsTests.resolved)
    #expect(messages == "")
    #expect(Emitter.text(of: try #require(node)) == FieldsTests.resolved)
  }

  @Test("and describe themselves without a mapping")
  func description() {
    #expect(
      SampleSpec.description.text == """
          name        What the run is called. (a text; required)
          seed        Where randomness begins. (an integer at least 0; default 0)
          latent      The noise. (fields)
            dim           Number of values. (an integer between 1 and 65536; default 100)
            distribution  What they are drawn from. (one of normal, uniform; default normal)
          generator   Layers from noise to sample. (a list of 1 to 100 layers; required)
          optimizers  How parameters move. (fields; required)
            generator      Moves the generator. (an optimizer; default adam)
            discriminator  Moves the discriminator. (an optimizer; required)
          loss        What is minimised. (a loss; default non_saturating)
          penalty     What is added to it. (a loss; default none)
          clipping    Longest gradient. (a number above 0; default none)
          threads     Number of threads. (an integer between 1 and 64; default none)
          record      What is written. (fields; default none)
            every  Steps between rows. (an integer between 1 and 1000; required)
        """)
    #expect(SampleSpec.layers.describe("dropout")?.fields.map(\.name) == ["rate"])
    #expect(SampleSpec.layers.describe("dropped") == nil)
  }

  @Test("and know where values stand")
  func marks() {
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: Array("a: 1\nb:\n".utf8), name: "x", diagnostics: diagnostics) ?? .null
    let fields = Fields(node, of: "x", diagnostics: diagnostics)
    #expect(["a", "b", "c"].map { fields.mark(of: $0).line } == [1, 2, 1])
    #expect(["a", "b", "c"].map { fields.mark(of: $0).column } == [4, 1, 1])
    #expect(["a", "b", "c"].map(fields.isGiven) == [true, false, false])
  }

  @Test("and give a value of the range for one that is wrong")
  func placeholders() {
    let diagnostics = Diagnostics()
    let node =
      Parser.parse(bytes: Array("a: x\nb: x\nc: x\nd: x\ne: x\n".utf8), name: "x", diagnostics: diagnostics)
      ?? .null
    var fields = Fields(node, of: "x", diagnostics: diagnostics)
    #expect(fields.integer("a", in: 3...5, "") == 3)
    #expect(fields.integer("b", in: -5...(-3), default: -4, "") == -4)
    #expect(fields.number("c", in: .open(1, 2), "") == 1.5)
    #expect(fields.integers("d", count: 2...3, each: 1...9, "") == [1, 1])
    #expect(fields.choice("e", default: SampleSpec.Padding.valid, "") == .valid)
    #expect(diagnostics.errorCount == 5)
    #expect(!fields.isComplete)
  }
}
