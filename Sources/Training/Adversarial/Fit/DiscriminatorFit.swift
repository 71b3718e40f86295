import Compute
import Networks
import Specs

extension FitCheck {
  /// The discriminator must make what the loss takes.
  func discriminator(_ network: Network, _ layers: [Marked<any Layer>]) {
    network.warn(of: layers, batch: parts.training.common.microBatchSize, to: diagnostics)
    guard let last = network.rows.last else { return }
    switch loss.output {
    case .score: score(network, last, layers)
    case .reconstruction: reconstruction(network, last)
    }
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

  /// One score a sample.
  private func score(_ network: Network, _ last: Network.Row, _ layers: [Marked<any Layer>]) {
    guard network.outputShape == [1 + heads] else {
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
    let seen = loss.foldsSigmoid ? Ending.withoutSigmoid(layers) : layers
    if let made = OutputBounds(seen), let own = made.source.value.outputBounds(of: nil) {
      bounded(by: made.source, to: own)
    } else if let last = seen.last(where: { !$0.value.ending.isInput }),
      case .partlySigmoid = last.value.ending
    {
      diagnostics.warning(
        "a sigmoid at the end of what is in this layer "
          + (loss.foldsSigmoid
            ? "is not folded into the loss, which takes logits"
            : "keeps a part in [0, 1], but \(lossName) takes any number"),
        at: last.mark, remedy: "leave the sigmoid out")
    }
  }

  /// Scores that a layer keeps within an interval.
  private func bounded(by maker: Marked<any Layer>, to made: ClosedRange<Float>) {
    let without = maker.value.hasActivation ? "use activation: linear" : "leave it out"
    if !loss.foldsSigmoid, made == 0...1 {
      diagnostics.error(
        "this layer keeps scores in \(FitCheck.plain(made)), but \(lossName) takes them as they are, any number",
        at: maker.mark,
        remedy: without)
      return
    }
    diagnostics.warning(
      "this layer keeps scores in \(FitCheck.plain(made)), but the loss takes any number", at: maker.mark,
      remedy: !loss.foldsSigmoid
        ? without
        : made == 0...1
          ? "let the discriminator end with it: a final sigmoid is folded into the loss"
          : maker.value.hasActivation
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
}
