/// A small spec drawn from a seed: of every kind of layer, loss, regularizer, optimizer and training.
///
/// Most are valid; those that are not are refused as those of people are, and drawn again.
struct RandomSpec {
  /// The classes of the data that `RandomSpec.data` describes.
  static let classes = 3
  /// Its steps.
  static let steps = 5

  private(set) var text = ""

  private var draw: SpecDraw
  private var isConditional = false
  private var hasCodes = false
  private var hasPacks = false
  /// Values that the discriminator makes beside a score: logits of classes and values of codes.
  private var guessedValues = 0
  /// Whether matrices are large enough for several tiles, and so for several threads.
  private let isWide: Bool

  /// The `number`-th draw of a seed.
  init(seed: UInt64, number: Int) {
    draw = SpecDraw(seed: seed &* 1_000_003 &+ UInt64(number))
    isWide = draw.isTrue(0.2)
    let lines = draw.isTrue(0.12) ? classifier() : adversarial()
    text = lines.joined(separator: "\n") + "\n"
  }

  /// Samples of a spec: their form, and the words for them.
  private struct Data {
    let form: RandomLayers.Form
    let text: String
    let hasClasses: Bool
  }

  private mutating func drawData(needsClasses: Bool) -> Data {
    switch draw.integer(needsClasses ? 3...9 : 0...9) {
    case 0, 1: return Data(form: .vector(2), text: "gaussian_ring: {samples: 400}", hasClasses: false)
    case 2: return Data(form: .vector(2), text: "gaussian_grid: {samples: 400}", hasClasses: false)
    case 3: return Data(form: .vector(5), text: "csv: {path: table.csv, label: 6}", hasClasses: true)
    case 4 where !isWide && !needsClasses:
      return Data(
        form: .image(height: 28, width: 28, channels: 1), text: "mnist: {split: test, subset: 300}", hasClasses: false)
    case let kind:
      let (name, form) = RandomData.images[kind % RandomData.images.count]
      return Data(form: form, text: "npy: {path: \(name), labels: labels.npy, scaling: bytes}", hasClasses: true)
    }
  }

  private mutating func classifier() -> [String] {
    let data = drawData(needsClasses: true)
    var layers = RandomLayers(draw, from: data.form, isConditional: false, widest: isWide ? 200 : 40)
    layers.add(layers.draw.integer(1...4))
    layers.flatten()
    layers.add(layers.draw.integer(0...2))
    layers.addDense(RandomSpec.classes, activation: "linear")
    draw = layers.draw
    let average = draw.isTrue(0.4) ? ["average: {\(averageField())}"] : []
    return ["dataset: {\(data.text)}", "network:"] + layers.layers.map { "  - \($0)" } + [
      "loss: \(draw.value("cross_entropy", [], ["label_smoothing: 0.1"]))", "optimizer: \(draw.optimizer())",
      "validation: {share: 0.1}", training(data, more: average, isAdversarial: false), RandomSpec.record,
    ]
  }

  private static let record = "record: {metrics_every: 1, samples_every: 1, sample_count: 9}"

  private mutating func averageField() -> String {
    draw.pick(["decay: \(draw.number(0.5...0.99))", "half_life: \(draw.integer(10...90))"])
      + ", start: \(draw.integer(0...3))"
  }

  private mutating func training(_ data: Data, more: [String], isAdversarial: Bool) -> String {
    let micro = draw.isTrue(0.2) ? draw.integer(2...3) : 1
    let shards = draw.isTrue(0.15) ? draw.integer(2...3) : 1
    let batch = micro * shards * (isWide ? draw.integer(30...70) : draw.integer(2...17))
    var fields = ["batch_size: \(batch)", "epochs: 9", "steps: \(RandomSpec.steps)"] + more
    if micro > 1 { fields.append("gradient_accumulation: \(micro)") }
    if shards > 1 { fields.append("shards: \(shards)") }
    if draw.isTrue(0.3) { fields.append("sampling: with_replacement") }
    if draw.isTrue(0.25) {
      var parts = ["brightness: \(draw.number(0.1...1))"]
      if data.form.isImage { parts += ["translation: \(draw.number(0.1...0.3))", "cutout: \(draw.number(0.2...0.5))"] }
      parts = [draw.pick(parts)] + (draw.isTrue(0.4) ? ["probability: \(draw.number(0.2...0.9))"] : [])
      if isAdversarial, parts.count == 1, draw.isTrue(0.4) { parts.append("adaptive: {target: 0.5, images: 200}") }
      fields.append("augmentation: {\(parts.joined(separator: ", "))}")
    }
    return "training: {\(fields.joined(separator: ", "))}"
  }

  private mutating func adversarial() -> [String] {
    let data = drawData(needsClasses: draw.isTrue(0.4))
    isConditional = data.hasClasses && draw.isTrue(0.5)
    hasPacks = !isConditional && draw.isTrue(0.15)
    hasCodes = !hasPacks && draw.isTrue(0.15)
    let loss = draw.loss()
    let isReconstruction = loss.contains("energy_based") || loss.contains("equilibrium")
    if isReconstruction { (hasPacks, hasCodes) = (false, false) }
    var lines = ["dataset: {\(data.text)}", "latent: {\(latent())}"]
    let guesses = isConditional && !isReconstruction && draw.isTrue(0.3)
    if guesses { guessedValues += RandomSpec.classes }
    if isConditional {
      lines.append(
        "conditional: {classes: \(RandomSpec.classes)\(guesses ? ", auxiliary_classifier: \(draw.number(0.2...1))" : "")}"
      )
    }
    lines += ["generator:"] + generator(data).map { "  - \($0)" }
    lines += ["discriminator:"] + discriminator(data, isReconstruction).map { "  - \($0)" }
    lines.append("loss: \(loss)")
    let terms = (0..<draw.pick([0, 0, 1, 1, 2, 3])).map { _ in draw.regularizer(isOfImages: data.form.isImage) }
    lines.append("regularization: [\(terms.joined(separator: ", "))]")
    lines.append("optimizers: {generator: \(draw.optimizer()), discriminator: \(draw.optimizer())}")
    var more: [String] = []
    if hasPacks { more.append("packing: 2") }
    if draw.isTrue(0.2) { more.append("discriminator_update: separate") }
    if draw.isTrue(0.25) { more.append("discriminator_steps: \(draw.integer(2...3))") }
    if draw.isTrue(0.2) { more.append("generator_steps: 2") }
    if draw.isTrue(0.2) { more.append("unrolled_steps: \(draw.integer(1...2))") }
    if draw.isTrue(0.3) { more.append("generator_average: {\(averageField())}") }
    return lines + [training(data, more: more, isAdversarial: true), RandomSpec.record]
  }

  private mutating func latent() -> String {
    var fields = ["dim: \(draw.integer(1...20))"]
    if draw.isTrue(0.3) { fields.append("distribution: uniform") }
    if hasCodes {
      let (first, continuous) = (draw.integer(2...4), draw.integer(1...2))
      guessedValues += first + 3 + continuous
      let codes = [
        "categorical: [\(first), 3]", "continuous: \(continuous)",
        "categorical_weight: \(draw.number(0.1...1))", "continuous_weight: \(draw.number(0.1...1))",
      ]
      fields.append("codes: {\(codes.joined(separator: ", "))}")
    }
    return fields.joined(separator: ", ")
  }

  private mutating func generator(_ data: Data) -> [String] {
    let widest = isWide ? 220 : 45
    var layers = RandomLayers(draw, from: .vector(1), isConditional: isConditional, widest: widest)
    // What the latent vector holds beside its values nobody needs to know here.
    layers.addDense(layers.draw.width(upTo: widest))
    layers.add(layers.draw.integer(0...2))
    switch data.form {
    case .vector(let count): layers.addDense(count, activation: layers.draw.pick(["linear", "tanh"]))
    case .image(let height, let width, let channels):
      if layers.draw.isTrue(0.25) {
        layers.addDense(data.form.count, activation: "tanh")
        layers.add("reshape: {shape: [\(height), \(width), \(channels)]}", making: data.form)
      } else {
        let start = (layers.draw.integer(2...6), layers.draw.integer(2...6), layers.draw.width(upTo: 24))
        layers.addDense(start.0 * start.1 * start.2)
        layers.add(
          "reshape: {shape: [\(start.0), \(start.1), \(start.2)]}",
          making: .image(height: start.0, width: start.1, channels: start.2))
        layers.add(layers.draw.integer(1...3))
        layers.resize((height, width))
        layers.addConvolution("conv2d", channels, keepsSize: true, activation: "tanh")
      }
    }
    draw = layers.draw
    return layers.layers
  }

  private mutating func discriminator(_ data: Data, _ isReconstruction: Bool) -> [String] {
    var form = data.form
    if hasPacks {
      switch form {
      case .vector(let count): form = .vector(2 * count)
      case .image(let height, let width, let channels):
        form = .image(height: height, width: width, channels: 2 * channels)
      }
    }
    var layers = RandomLayers(draw, from: form, isConditional: isConditional, widest: isWide ? 260 : 45)
    layers.add(layers.draw.integer(1...4))
    layers.flatten()
    layers.add(layers.draw.integer(0...2))
    if isReconstruction {
      layers.addDense(data.form.count)
    } else if guessedValues > 0 {
      layers.addDense(1 + guessedValues, activation: "linear")
    } else if isConditional && layers.draw.isTrue(0.4) {
      layers.addProjection()
    } else {
      layers.addDense(1, activation: layers.draw.isTrue(0.2) ? "sigmoid" : "linear")
    }
    draw = layers.draw
    return layers.layers
  }
}

extension RandomLayers.Form {
  var isImage: Bool { if case .image = self { true } else { false } }
}

extension RandomLayers {
  /// Adds a score that depends on the class.
  mutating func addProjection() {
    add(
      draw.entry(
        "projection", [],
        [
          "activation: linear", "use_bias: \(draw.truth())", "kernel_initializer: \(draw.initializer())",
          "bias_initializer: \(draw.initializer())", "embeddings_initializer: \(draw.initializer())",
        ]), making: .vector(1))
  }
}
