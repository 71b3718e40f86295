import Compute
import Datasets
import Networks
import YAML

/// What must agree between the sections of a spec: networks, data and batches.
struct FitCheck {
  let parts: Parts
  let dataset: any Dataset
  let diagnostics: Diagnostics

  /// The generator must make samples like the data's.
  func generator(_ network: Network, _ layers: [Marked<any Layer>]) {
    let wanted = Shape(dataset.sampleShape)
    guard let last = network.rows.last, let lastLayer = layers.last else { return }
    if network.outputShape != wanted {
      let remedy =
        network.outputShape.count == wanted.count
        ? "add - reshape: {shape: \(wanted)} after it"
        : wanted.rank == 1
          ? "end with - dense: {units: \(wanted.count)}"
          : "end with - dense: {units: \(wanted.count)} and - reshape: {shape: \(wanted)}"
      diagnostics.error(
        "the generator makes \(network.outputShape), but a sample of \(type(of: dataset).name) is \(wanted)",
        at: last.mark, remedy: remedy)
      return
    }
    guard let bounds = dataset.bounds else { return }
    let shapers: [String] = [Networks.Reshape.name, Networks.Flatten.name]
    let maker = layers.last { !shapers.contains(type(of: $0.value).name) } ?? lastLayer
    guard let made = maker.value.outputBounds, made != bounds else { return }
    diagnostics.warning(
      "the data lie in [\(plain(bounds.lowerBound)), \(plain(bounds.upperBound))], but this layer makes values in "
        + "[\(plain(made.lowerBound)), \(plain(made.upperBound))]",
      at: maker.mark, remedy: bounds == -1...1 ? "end with activation: tanh" : nil)
  }

  /// The discriminator must make one score a sample.
  func discriminator(_ network: Network, _ layers: [Marked<any Layer>]) {
    guard let last = network.rows.last else { return }
    if network.outputShape != [1] {
      diagnostics.error(
        "the discriminator makes \(network.outputShape), but the loss takes one score a sample", at: last.mark,
        remedy: network.outputShape.rank == 1
          ? "end with - dense: {units: 1, activation: sigmoid}"
          : "end with - flatten and - dense: {units: 1, activation: sigmoid}")
    } else if let final = layers.last, let made = final.value.outputBounds, made != 0...1 {
      diagnostics.warning(
        "this layer keeps scores in [\(plain(made.lowerBound)), \(plain(made.upperBound))], but the loss takes any number",
        at: final.mark, remedy: "end with activation: sigmoid, which is folded into the loss, or linear")
    }
  }

  /// A step must not need more samples than there are.
  func batches(_ fields: inout Fields) {
    guard parts.training.samplesPerStep > dataset.count else { return }
    let mark = FitCheck.mark(of: ["training", "batch_size"], in: fields)
    diagnostics.error(
      "a step uses \(parts.training.samplesPerStep) samples (batch_size x discriminator_steps), but "
        + "\(type(of: dataset).name) has \(dataset.count)",
      at: mark, remedy: "use batch_size: \(max(1, dataset.count / parts.training.discriminatorSteps)) or less")
  }

  private static func mark(of path: [String], in fields: Fields) -> Mark {
    var node = fields.resolved
    for key in path { node = node[key] ?? node }
    return node.mark.isSomewhere ? node.mark : fields.mark
  }

  private func plain(_ number: Float) -> String {
    number.isInfinite ? (number < 0 ? "-infinity" : "infinity") : "\(Int(number))"
  }
}

/// A final sigmoid of the discriminator, as losses take scores.
enum FoldedSigmoid {
  /// The layers without a sigmoid at the end.
  static func layers(_ layers: [Marked<any Layer>]) -> [Marked<any Layer>] {
    guard let last = layers.last else { return layers }
    if let dense = last.value as? Dense, dense.activation is Sigmoid {
      return layers.dropLast() + [Marked<any Layer>(dense.withoutActivation, mark: last.mark)]
    }
    return last.value is Sigmoid && layers.count > 1 ? layers.dropLast() : layers
  }
}
