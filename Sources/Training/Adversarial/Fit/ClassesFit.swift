import Networks
import Specs

extension FitCheck {
  /// Classes must be those of the data, and heads beside a score.
  func conditional() {
    if let conditional = parts.conditional {
      guard let classes = dataset.classes else {
        diagnostics.error(
          "\(dataset.name) has no classes", at: spec.place("conditional"),
          remedy: "leave conditional out, or \(dataset.labelling ?? "use other data")")
        return
      }
      if conditional.classes != classes.count {
        diagnostics.error(
          "\(dataset.name) has \(classes.count) classes, not \(conditional.classes)",
          at: spec.place("conditional.classes", "conditional"),
          remedy: "use classes: \(classes.count), or leave it out")
      }
    }
    if heads > 0, case .reconstruction = loss.output {
      diagnostics.error(
        "\(lossName) takes a reconstruction, beside which the discriminator can guess no classes and codes",
        at: spec.place("loss"), remedy: "use another loss")
    }
    if parts.training.packing > 1, parts.conditional != nil || parts.latent.codes != nil {
      diagnostics.error(
        "packing cannot be combined with classes or codes: a pack of samples has no single class",
        at: spec.place("training.packing", "training"),
        remedy: "use packing: 1, or leave conditional and codes out")
    }
  }

  /// A network that no class reaches learns none.
  func warnOfBlindNetworks(_ generator: Network, _ discriminator: Network) {
    guard let conditional = parts.conditional else { return }
    let isGuessing = conditional.auxiliaryClassifier != nil
    let seeing = (
      generator.contains { type(of: $0).seesClasses },
      isGuessing || discriminator.contains { type(of: $0).seesClasses }
    )
    guard seeing != (true, true) else { return }
    let names = LayerCatalog.seeingClasses.joined(separator: ", ")
    let blind = seeing.0 ? "the discriminator" : seeing.1 ? "the generator" : "either network"
    let effect =
      seeing.0
      ? "it cannot tell whether a sample is of the class that was asked for"
      : "samples do not depend on their class"
    diagnostics.warning(
      "no layer of \(blind) sees the class: \(effect)", at: spec.place("conditional"),
      remedy: "add a layer that does (\(names))" + (seeing.0 ? " or auxiliary_classifier: 1" : "")
        + ", or leave conditional out")
  }
}
