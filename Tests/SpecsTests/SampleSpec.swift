import Specs

/// A small spec that uses every kind of read, as the modules above Specs do.
struct SampleSpec {
  enum Padding: String, Choice {
    case same
    case valid
  }

  enum Activation: String, Choice {
    case linear, relu, tanh
    case leakyRelu = "leaky_relu"

    var alsoCalled: [String] { self == .leakyRelu ? ["lrelu"] : [] }
  }

  struct Layer: Sendable {
    let name: String
    var units = 0
  }

  var name = ""
  var seed = 0
  var layers: [Marked<Layer>] = []
  var dimension = 0
  var clipping: Double?
  var rates: [Double] = []
  var isComplete = false

  static let layers = Catalog<Layer>(
    noun: "layer",
    [
      .init(name: "dense", summary: "Every output sees every input.", alsoCalled: ["linear"]) { fields in
        fields.leaveOut(NeedlessNames(["in_features"], "leave it out: it follows from the layer before"))
        let units = fields.integer(
          FieldName("units", alsoCalled: ["out_features", "size"], example: "256"), in: 1...65536, "Number of outputs.")
        _ = fields.choice("activation", default: Activation.linear, "Applied to the outputs.")
        _ = fields.boolean("use_bias", default: true, "Whether a bias is added.")
        return Layer(name: "dense", units: units)
      },
      .init(name: "conv2d", summary: "Slides kernels over an image.") { fields in
        _ = fields.integer(FieldName("filters", example: "64"), in: 1...4096, "Number of kernels.")
        let kernel = fields.integerOrPair(
          FieldName("kernel_size", example: "3"), in: 1...64, "Rows and columns of a kernel.")
        _ = fields.integerOrPair("strides", in: 1...64, default: (1, 1), "Steps between kernels.")
        _ = fields.choice("padding", default: Padding.valid, "What is done at the edges.")
        if kernel.0 > 32 {
          fields.error(
            "a kernel of \(kernel.0) rows is too large", at: "kernel_size", remedy: "use 32 or fewer")
        }
        return Layer(name: "conv2d")
      },
      .init(name: "dropout", summary: "Drops values while training.") { fields in
        _ = fields.number(
          FieldName("rate", alsoCalled: ["p"], example: "0.3"), in: .halfOpen(0, 1), "Share of values dropped.")
        return Layer(name: "dropout")
      },
      .init(name: "reshape", summary: "Gives the values another shape.") { fields in
        _ = fields.integers(
          FieldName("shape", example: "[28, 28, 1]"), count: 1...3, each: 1...4096, "Sizes of the axes.")
        return Layer(name: "reshape")
      },
      .init(name: "flatten", summary: "One axis of all values.") { _ in Layer(name: "flatten") },
    ])

  static let optimizers = Catalog<Double>(
    noun: "optimizer",
    [
      .init(name: "sgd", summary: "Steps down the gradient.") { fields in
        let rate = fields.number("learning_rate", in: .above(0), default: 0.01, "Length of a step.")
        _ = fields.number("momentum", in: .halfOpen(0, 1), default: 0, "Share of the last step kept.")
        return rate
      },
      .init(name: "adam", summary: "Steps by moments of the gradient.") { fields in
        let rate = fields.number(
          FieldName("learning_rate", alsoCalled: ["lr"], example: "2e-4"), in: .above(0), default: 1e-3,
          "Length of a step.")
        _ = fields.number("beta_1", in: .halfOpen(0, 1), default: 0.9, "Decay of the mean.")
        return rate
      },
    ])

  static let losses = Catalog<Double>(
    noun: "loss",
    [
      .init(name: "non_saturating", summary: "Cross-entropy.", alsoCalled: ["bce"]) { fields in
        fields.number(
          "label_smoothing", in: .halfOpen(0, 0.5), default: 0, "Taken from the labels of real samples.")
      },
      .init(name: "hinge", summary: "Margins.") { fields in
        fields.number("margin", in: .openClosed(0, 10), default: 1, "Width of the margin.")
      },
    ])

  /// Reads everything; the caller finishes.
  init(from fields: inout Fields) {
    name = fields.string(FieldName("name", example: "my-experiment"), "What the run is called.") {
      $0.contains(" ") ? "use - for the blank" : nil
    }
    seed = fields.integer(FieldName("seed", example: "42"), in: 0...Int.max, default: 0, "Where randomness begins.")
    dimension = fields.group("latent", "The noise.") { latent in
      let dimension = latent.integer(
        FieldName("dim", alsoCalled: ["z_dim"], example: "100"), in: 1...65536, default: 100, "Number of values.")
      _ = latent.choice(
        "distribution", among: ["normal", "uniform"], default: "normal", "What they are drawn from.")
      return dimension
    }
    layers = fields.items("generator", of: SampleSpec.layers, count: 1...100, "Layers from noise to sample.")
    rates = fields.group("optimizers", required: true, "How parameters move.") { optimizers in
      [
        optimizers.item("generator", of: SampleSpec.optimizers, default: "adam", "Moves the generator."),
        optimizers.item("discriminator", of: SampleSpec.optimizers, "Moves the discriminator."),
      ].compactMap { $0 }
    }
    _ = fields.item("loss", of: SampleSpec.losses, default: "non_saturating", "What is minimised.")
    _ = fields.optionalItem("penalty", of: SampleSpec.losses, "What is added to it.")
    clipping = fields.optionalNumber("clipping", in: .above(0), "Longest gradient.")
    _ = fields.optionalInteger("threads", in: 1...64, "Number of threads.")
    _ = fields.optionalGroup("record", "What is written.") {
      $0.integer("every", in: 1...1000, "Steps between rows.")
    }
    isComplete = fields.isComplete
  }

  /// The description of all of it.
  static var description: FieldsDescription {
    var fields = Fields.describing(subject: "the experiment")
    _ = SampleSpec(from: &fields)
    return fields.description
  }

  /// Reads a text, with what was said about it and the resolved spec.
  static func read(_ text: String, overrides: [String] = []) -> (
    spec: SampleSpec?, messages: String, resolved: Node?
  ) {
    let diagnostics = Diagnostics()
    var result: (SampleSpec, Node)?
    if var node = Parser.parse(bytes: Array(text.utf8), name: "spec.yaml", diagnostics: diagnostics) {
      for override in overrides { node = Override.apply(override, to: node, diagnostics: diagnostics) }
      result = read(node, diagnostics)
    }
    return (result?.0, DiagnosticRenderer(color: false).render(diagnostics), result?.1)
  }

  static func read(_ node: Node, _ diagnostics: Diagnostics) -> (SampleSpec, Node) {
    var fields = Fields(node, of: "the experiment", diagnostics: diagnostics)
    let spec = SampleSpec(from: &fields)
    fields.finish()
    return (spec, fields.resolved)
  }
}
