import Networks
import Specs

extension FitCheck {
  /// What the training section and the regularizers ask for must be possible with the loss and the discriminator.
  func training(_ discriminator: Network?) {
    let training = parts.training
    if loss.comparesBatches, training.discriminatorUpdate == .separate {
      diagnostics.error(
        "\(lossName) compares real and generated scores, which separate updates do not see together",
        at: spec.place("training.discriminator_update", "training", "loss"), remedy: "use discriminator_update: joint")
    }
    if training.unrolledSteps > 0 { unrolling() }
    augmentation()
    lazyRegularization()
    guard let discriminator else { return }
    for regularizer in parts.regularizers {
      guard let misfit = regularizer.value.misfit(with: discriminator) else { continue }
      diagnostics.error(misfit.message, at: regularizer.mark, remedy: misfit.advice(after: nil))
    }
  }

  /// Virtual updates are on the adversarial loss of whole batches: what else the discriminator's own ones would have is refused.
  private func unrolling() {
    func refuse(_ message: String, at mark: Mark, remedy: String) {
      diagnostics.error(message, at: mark, remedy: remedy)
    }
    let place = spec.place("training.unrolled_steps", "training", "loss")
    if let optimizer = parts.discriminatorOptimizer, !optimizer.isUnrollable {
      refuse(
        "\(type(of: optimizer).name) as it is given here cannot be unrolled", at: place,
        remedy: "use adam, or sgd without momentum, neither with a clipped gradient, for the discriminator")
    }
    if !loss.kept.isEmpty {
      refuse(
        "\(lossName) moves a balance in each update, which cannot be unrolled", at: place,
        remedy: "leave unrolled_steps out")
    }
    if parts.training.microBatches > 1 {
      let key = parts.training.common.shards > 1 ? "shards" : "gradient_accumulation"
      refuse(
        "unrolled updates are on whole batches, not on \(parts.training.microBatches) parts of one",
        at: spec.place("training.\(key)", "training"), remedy: "use \(key): 1, or leave unrolled_steps out")
    }
    if heads > 0 {
      refuse(
        "unrolled updates are on the adversarial loss alone, without guesses of classes and codes",
        at: spec.place("conditional.auxiliary_classifier", "latent.codes"),
        remedy: "leave them out, or unrolled_steps")
    }
    for regularizer in parts.regularizers {
      let name = type(of: regularizer.value).name
      if regularizer.value.constrains.contains(.discriminator) {
        refuse(
          "unrolled updates are not followed by \(name)", at: regularizer.mark,
          remedy: "leave it out, or unrolled_steps")
      } else if regularizer.value.networks.contains(.discriminator) {
        refuse(
          "unrolled updates are on the adversarial loss alone, without the discriminator's \(name)",
          at: regularizer.mark,
          remedy: regularizer.value.networks == .both
            ? "use network: generator, or leave unrolled_steps out" : "leave it out, or unrolled_steps")
      }
    }
  }

  private func augmentation() {
    guard let augmentation = parts.training.augmentation else { return }
    let place = spec.place("training.augmentation", "training", "loss")
    if augmentation.needsImages, dataset.sampleShape.count != 3 {
      diagnostics.error(
        "translation and cutout change images, but a sample of \(dataset.name) is \(wanted)", at: place,
        remedy: "leave them out")
    }
    if augmentation.adaptive != nil, loss.threshold == nil {
      diagnostics.error(
        "an adaptive probability follows the share of real samples that are taken for real, but the scores of \(lossName) "
          + "have no limit between real and generated", at: place,
        remedy: "use probability in place of adaptive, or another loss")
    }
  }

  /// The most kinds of steps, by the lazy terms that are due: each has a plan of its own.
  static let mostKindsOfSteps = 64

  private func lazyRegularization() {
    let intervals = parts.regularizers.map(\.value.every)
    let steps = parts.training.common.totalSteps(dataset.count, perStep: parts.training.samplesPerStep)
    let most = FitCheck.mostKindsOfSteps
    guard DueIntervals.sets(of: intervals, before: steps, limit: most + 1).count > most else { return }
    diagnostics.error(
      "terms with the intervals \(Set(intervals).sorted().map(String.init).joined(separator: ", ")) meet in more than \(most) "
        + "ways, each of which needs memory of its own", at: spec.place("regularization"),
      remedy: "let larger values of every be multiples of smaller ones")
  }

  /// A step must not need more samples than there are.
  func batches() {
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
      "\(batches) \(training.batchSize) samples, but \(dataset.name) has \(dataset.count)",
      at: spec.place("training.batch_size", "training.discriminator_steps", "training", "dataset"), remedy: remedy)
  }
}
