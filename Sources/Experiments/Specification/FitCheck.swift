import Compute
import Datasets
import Networks
import YAML

/// What must agree between the sections of a spec: networks, data and batches.
struct FitCheck {
  let parts: Parts
  let loss: any Loss
  let dataset: SurveyedDataset
  let diagnostics: Diagnostics

  private var datasetName: String { dataset.name }
  private var wanted: Shape { Shape(dataset.sampleShape) }

  /// The generator must make samples like the data's.
  func generator(_ network: Network, _ layers: [Marked<any Layer>]) {
    warn(of: layers)
    guard let last = network.rows.last else { return }
    if network.outputShape != wanted {
      let maker = network.rows.last { !FitCheck.shapers.contains($0.layer) }
      diagnostics.error(
        "the generator makes \(network.outputShape), but a sample of \(datasetName) is \(wanted)",
        at: last.mark,
        remedy: remedy(for: network),
        related: maker.flatMap { maker in
          maker.mark == last.mark
            ? nil : [(mark: maker.mark, note: "its values are made here: \(maker.output)")]
        } ?? [])
      return
    }
    guard let bounds = dataset.bounds, let maker = layers.last(where: { !isShaper($0) }),
      let made = maker.value.outputBounds, made != bounds
    else { return }
    diagnostics.warning(
      "the data lie in \(plain(bounds)), but this layer makes values in \(plain(made))", at: maker.mark,
      remedy: bounds == -1...1
        ? (maker.value is Dense ? "use activation: tanh" : "use - tanh in its place") : nil)
  }

  /// What layers do otherwise than their fields say, with the spec's batches.
  private func warn(of layers: [Marked<any Layer>]) {
    let batch = parts.training.batchSize / parts.training.gradientAccumulation
    for layer in layers {
      guard let caution = layer.value.caution(batch: batch) else { continue }
      diagnostics.warning(caution.text, at: layer.mark, remedy: caution.remedy)
    }
  }

  /// How a generator's output becomes a sample: the nearest change that leaves a spec which passes.
  private func remedy(for network: Network) -> String {
    let output = network.outputShape
    let reshape = "- reshape: {shape: \(wanted)}"
    let dense = "- dense: {units: \(wanted.count)\(dataset.bounds == -1...1 ? ", activation: tanh" : "")}"
    let isReshape = network.rows.last?.layer == Networks.Reshape.name
    if output.count == wanted.count {
      if isReshape { return "use shape: \(wanted)" }
      return wanted.rank == 1 ? "add - flatten after it" : "add \(reshape) after it"
    }
    let more = wanted.rank == 1 ? "" : " and \(reshape)"
    if output.rank == 1 {
      let isDense = network.rows.last?.layer == Dense.name
      if isDense {
        return "use units: \(wanted.count)" + (more.isEmpty ? "" : " and add \(reshape) after it")
      }
      return "add \(dense)\(more) after it"
    }
    if isReshape, network.rows.dropLast().last?.output.rank ?? 1 == 1 {
      return more.isEmpty ? "write \(dense) in its place" : "put \(dense) before it and use shape: \(wanted)"
    }
    return "add - flatten, \(dense)\(more) after it"
  }

  /// The discriminator must make what the loss takes.
  func discriminator(_ network: Network, _ layers: [Marked<any Layer>]) {
    warn(of: layers)
    guard let last = network.rows.last else { return }
    switch loss.output {
    case .score: score(network, last, layers)
    case .reconstruction: reconstruction(network, last)
    }
  }

  /// Values that the discriminator's last layer makes beside the score.
  var heads: Int {
    let classes = parts.conditional.map { $0.classes ?? dataset.classes?.count ?? 0 } ?? 0
    return (parts.conditional?.auxiliaryClassifier == nil ? 0 : classes) + (parts.latent.codes?.count ?? 0)
  }

  /// What comes behind the score, in words.
  private var others: String {
    let codes = parts.latent.codes?.count ?? 0
    let texts = [
      heads > codes ? "\(heads - codes) logits of classes (auxiliary_classifier)" : nil,
      codes > 0 ? "\(codes) values of codes" : nil,
    ].compactMap { $0 }
    return texts.isEmpty ? "" : ", then " + texts.joined(separator: " and ")
  }

  /// Classes must be those of the data, and heads beside a score.
  func conditional(_ fields: Fields) {
    func mark(_ keys: String...) -> Mark {
      var node: Node? = fields.resolved
      var found: Mark?
      for key in keys {
        node = node?[key]
        if let mark = node?.mark, mark.isSomewhere { found = mark }
      }
      return found ?? fields.mark
    }
    if let conditional = parts.conditional {
      guard let classes = dataset.classes else {
        diagnostics.error(
          "\(datasetName) has no classes", at: mark("conditional"), remedy: "leave conditional out, or use other data")
        return
      }
      if let wanted = conditional.classes, wanted != classes.count {
        diagnostics.error(
          "\(datasetName) has \(classes.count) classes, not \(wanted)", at: mark("conditional", "classes"),
          remedy: "use classes: \(classes.count), or leave it out")
      }
    }
    if heads > 0, case .reconstruction = loss.output {
      diagnostics.error(
        "\(lossName) takes a reconstruction, beside which the discriminator can guess no classes and codes",
        at: mark("loss"), remedy: "use another loss")
    }
    if parts.training.packing > 1, parts.conditional != nil || parts.latent.codes != nil {
      diagnostics.error(
        "samples that are seen as one have neither one class nor one code", at: mark("training", "packing"),
        remedy: "use packing: 1, or leave conditional and codes out")
    }
  }

  private var lossName: String { type(of: loss).name }

  /// One score a sample.
  private func score(_ network: Network, _ last: Network.Row, _ layers: [Marked<any Layer>]) {
    if network.outputShape != [1 + heads] {
      let folds = loss.foldsSigmoid && heads == 0
      let dense = "- dense: {units: \(1 + heads)\(folds ? ", activation: sigmoid" : "")}"
      let remedy =
        last.layer == Dense.name
        ? "use units: \(1 + heads)"
        : network.outputShape.rank == 1 ? "add \(dense) after it" : "add - flatten and \(dense) after it"
      diagnostics.error(
        "the discriminator makes \(network.outputShape), but the loss takes one score a sample\(others)",
        at: last.mark,
        remedy: remedy)
      return
    }
    let seen = loss.foldsSigmoid ? FoldedSigmoid.layers(layers) : layers
    guard let maker = seen.last(where: { !isShaper($0) }), let made = maker.value.outputBounds else { return }
    if !loss.foldsSigmoid, made == 0...1 {
      diagnostics.error(
        "this layer keeps scores in \(plain(made)), but \(lossName) takes them as they are, any number", at: maker.mark,
        remedy: maker.value is Dense ? "use activation: linear" : "leave it out")
      return
    }
    diagnostics.warning(
      "this layer keeps scores in \(plain(made)), but the loss takes any number", at: maker.mark,
      remedy: !loss.foldsSigmoid
        ? (maker.value is Dense ? "use activation: linear" : "leave it out")
        : made == 0...1
          ? "let it be the last layer: a final sigmoid is folded into the loss"
          : maker.value is Dense
            ? "use activation: sigmoid, which is folded into the loss, or linear"
            : "use - sigmoid in its place, which is folded into the loss, or nothing")
  }

  /// Every sample again.
  private func reconstruction(_ network: Network, _ last: Network.Row) {
    guard network.outputShape.count != network.inputShape.count else { return }
    diagnostics.error(
      "the discriminator makes \(network.outputShape), but \(lossName) wants an autoencoder: each sample again, "
        + "\(network.inputShape)", at: last.mark,
      remedy: last.layer == Dense.name
        ? "use units: \(network.inputShape.count)"
        : "add - flatten and - dense: {units: \(network.inputShape.count)} after it")
  }

  /// What the training section and the regularizers ask for must be possible with the loss and the discriminator.
  func training(_ fields: Fields, _ discriminator: Network?) {
    let training = parts.training
    func mark(_ key: String) -> Mark {
      let section = fields.resolved["training"]
      return [section?[key], section, fields.resolved["loss"]].lazy.compactMap { $0?.mark }
        .first(where: \.isSomewhere) ?? fields.mark
    }
    if loss.comparesBatches, training.discriminatorUpdate == .separate {
      diagnostics.error(
        "\(lossName) compares real and generated scores, which separate updates do not see together",
        at: mark("discriminator_update"), remedy: "use discriminator_update: joint")
    }
    if training.unrolledSteps > 0 {
      if parts.discriminatorOptimizer?.unrolling == nil, let optimizer = parts.discriminatorOptimizer {
        diagnostics.error(
          "\(type(of: optimizer).name) as it is given here cannot be unrolled", at: mark("unrolled_steps"),
          remedy: "use adam, or sgd without momentum, neither with a clipped gradient, for the discriminator")
      }
      if !loss.kept.isEmpty {
        diagnostics.error(
          "\(lossName) moves a balance in each update, which cannot be unrolled", at: mark("unrolled_steps"),
          remedy: "leave unrolled_steps out")
      }
    }
    if let augmentation = training.augmentation {
      if augmentation.needsImages, dataset.sampleShape.count != 3 {
        diagnostics.error(
          "translation and cutout change images, but a sample of \(datasetName) is \(wanted)", at: mark("augmentation"),
          remedy: "leave them out")
      }
      if augmentation.adaptive != nil, loss.threshold == nil {
        diagnostics.error(
          "an adaptive probability follows the share of real samples that are taken for real, but the scores of \(lossName) "
            + "have no limit between real and generated", at: mark("augmentation"),
          remedy: "use probability in place of adaptive, or another loss")
      }
    }
    guard let discriminator else { return }
    for regularizer in parts.regularizers {
      guard let misfit = regularizer.value.misfit(with: discriminator) else { continue }
      diagnostics.error(misfit.message, at: regularizer.mark, remedy: misfit.advice(after: nil))
    }
  }

  /// A step must not need more samples than there are.
  func batches(_ fields: Fields) {
    let training = parts.training
    guard training.samplesPerStep > dataset.count else { return }
    let steps = training.discriminatorSteps * training.packing
    let cause = training.packing == 1 ? "discriminator_steps" : "discriminator_steps, packing"
    let batches = steps == 1 ? "a batch is" : "a step takes \(steps) batches (\(cause)) of"
    let remedy =
      dataset.count >= steps
      ? "use batch_size: \(dataset.count / steps) or less"
      : "use discriminator_steps: \(dataset.count) or less, and batch_size: 1"
    diagnostics.error(
      "\(batches) \(training.batchSize) samples, but \(datasetName) has \(dataset.count)",
      at: FitCheck.mark(in: fields), remedy: remedy)
  }

  /// The place that decides how many samples a step takes.
  private static func mark(in fields: Fields) -> Mark {
    let resolved = fields.resolved
    let training = resolved["training"]
    let candidates = [
      training?["batch_size"], training?["discriminator_steps"], training, resolved["dataset"],
    ]
    return candidates.lazy.compactMap { $0?.mark }.first(where: \.isSomewhere) ?? fields.mark
  }

  private static let shapers: Set<String> = [Networks.Reshape.name, Networks.Flatten.name]

  private func isShaper(_ layer: Marked<any Layer>) -> Bool {
    FitCheck.shapers.contains(type(of: layer.value).name)
  }

  private func plain(_ range: ClosedRange<Float>) -> String {
    "[\(plain(range.lowerBound)), \(plain(range.upperBound))]"
  }

  private func plain(_ number: Float) -> String {
    if number.isInfinite { return number < 0 ? "-infinity" : "infinity" }
    return number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}

extension FitCheck {
  /// A generator that fits samples of a shape, in YAML.
  static func smallestGenerator(of shape: Shape) -> String {
    shape.rank == 1
      ? "[dense: {units: \(shape.count)}]"
      : "[dense: {units: \(shape.count), activation: tanh}, reshape: {shape: \(shape)}]"
  }

  /// A discriminator that fits samples of a shape, in YAML.
  static func smallestDiscriminator(of shape: Shape) -> String {
    "[\(shape.rank == 1 ? "" : "flatten, ")dense: {units: 1, activation: sigmoid}]"
  }
}

/// A final sigmoid of the discriminator, as losses take scores.
enum FoldedSigmoid {
  /// Whether there is one.
  static func changes(_ layers: [Marked<any Layer>]) -> Bool {
    let seen = FoldedSigmoid.layers(layers)
    return seen.count != layers.count || seen.last?.value.activationName != layers.last?.value.activationName
  }

  /// The layers without a sigmoid at the end.
  static func layers(_ layers: [Marked<any Layer>]) -> [Marked<any Layer>] {
    guard let last = layers.last else { return layers }
    if let dense = last.value as? Dense, dense.activation is Sigmoid {
      return layers.dropLast() + [Marked<any Layer>(dense.withoutActivation, mark: last.mark)]
    }
    if let norm = (last.value as? SpectralNorm)?.withoutActivation(where: { $0 is Sigmoid }) {
      return layers.dropLast() + [Marked<any Layer>(norm, mark: last.mark)]
    }
    return last.value is Sigmoid && layers.count > 1 ? layers.dropLast() : layers
  }
}
