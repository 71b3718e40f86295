import Compute
import Datasets
import Networks
import Specs

/// What must agree between the sections of a classifier's spec: network, data and batches.
struct ClassifierFit {
  let sections: SupervisedSections
  let dataset: SurveyedDataset
  /// The spec as it was read, for the places in it.
  let spec: Fields
  let diagnostics: Diagnostics

  /// The data must have classes.
  func classes() {
    guard let classes = dataset.classes else {
      diagnostics.error(
        "\(dataset.name) has no classes here, which a classifier learns", at: spec.place("dataset"),
        remedy: dataset.labelling ?? "use data with classes")
      return
    }
    guard classes.count < 2 else { return }
    diagnostics.error(
      "\(dataset.name) has 1 class, between which there is nothing to tell",
      at: spec.place("dataset.classes", "dataset"),
      remedy: "use data with two classes or more")
  }

  /// The network must make a logit a class.
  func network(_ network: Network, _ layers: [Marked<any Layer>]) {
    network.warn(of: layers, batch: sections.training.common.microBatchSize, to: diagnostics)
    guard let last = network.rows.last, let classes = dataset.classes?.count else { return }
    guard network.outputShape == [classes] else {
      let dense = "- dense: {units: \(classes)}"
      diagnostics.error(
        "the network makes \(network.outputShape), but a classifier makes a logit for each of the \(classes) classes of "
          + "\(dataset.name), [\(classes)]", at: last.mark,
        remedy: last.layer == Dense.name
          ? "use units: \(classes)"
          : network.outputShape.rank == 1 ? "add \(dense) after it" : "add - flatten and \(dense) after it")
      return
    }
    guard let made = OutputBounds(layers), let own = made.source.value.outputBounds(of: nil) else { return }
    diagnostics.warning(
      "this layer keeps logits in \(FitCheck.plain(own)), but the loss takes any number", at: made.source.mark,
      remedy: made.source.value.hasActivation ? "use activation: linear" : "leave it out")
  }

  /// The samples to evaluate on, which must be like those to learn from; nil after a report.
  func validation() -> ValidationSource? {
    let fields = sections.validation
    guard let data = fields.data else {
      guard let share = fields.share else { return nil }
      let count = max(1, Int((share * Double(dataset.count)).rounded()))
      return count < dataset.count ? .share(count: count) : nil
    }
    let place = spec.place("validation.dataset", "validation.split", "validation")
    guard data.sampleShape == dataset.sampleShape else {
      diagnostics.error(
        "a sample to evaluate on is \(Shape(data.sampleShape)), one to learn from \(Shape(dataset.sampleShape))",
        at: place,
        remedy: "use data of the same shape")
      return nil
    }
    guard data.classes?.count == dataset.classes?.count, data.classes?.names == dataset.classes?.names else {
      diagnostics.error(
        "the data to evaluate on have \(ClassifierFit.text(data.classes)), those to learn from "
          + "\(ClassifierFit.text(dataset.classes))", at: place, remedy: "use data with the same classes")
      return nil
    }
    return .data(data)
  }

  private static func text(_ classes: Classes?) -> String {
    guard let classes else { return "no classes" }
    let names = classes.names.map { ": " + $0.prefix(6).joined(separator: ", ") + ($0.count > 6 ? ", ..." : "") } ?? ""
    return "\(classes.count) classes\(names)"
  }

  /// A step must not need more samples than there are.
  func batches(_ validation: ValidationSource?) {
    let held = if case .share(let count)? = validation { count } else { 0 }
    let (batch, count) = (sections.training.common.batchSize, dataset.count - held)
    guard batch > count else { return }
    diagnostics.error(
      "a batch is \(batch) samples, but \(dataset.name) has \(count)\(held > 0 ? " to learn from, beside \(held) to evaluate on" : "")",
      at: spec.place("training.batch_size", "training", "dataset"), remedy: "use batch_size: \(count) or less")
  }

  /// Translation and cutout are of images.
  func augmentation() {
    guard let augmentation = sections.training.augmentation, augmentation.needsImages, dataset.sampleShape.count != 3
    else { return }
    diagnostics.error(
      "translation and cutout change images, but a sample of \(dataset.name) is \(Shape(dataset.sampleShape))",
      at: spec.place("training.augmentation", "training"), remedy: "leave them out")
  }
}
