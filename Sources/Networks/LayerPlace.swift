import Compute

/// A layer's place in a network, for the warnings that depend on it.
package struct LayerPlace: Sendable {
  /// The samples of a batch, or of a micro-batch.
  package let batch: Int
  /// The shape of one sample of its input.
  package let input: Shape
  /// The layer after it; nil for the last.
  package let next: (any Layer)?

  package init(batch: Int, input: Shape, next: (any Layer)?) {
    self.batch = batch
    self.input = input
    self.next = next
  }
}

/// A warning before training, with its remedy.
package struct Caution: Sendable {
  package let text: String
  package let remedy: String

  /// The warning of a normalization over `values` values at a time: over a single one its output is constant.
  static func normalizing(_ name: String, _ what: String, values: Int) -> Caution? {
    guard values == 1 else { return nil }
    return Caution(
      text: "\(name) takes the mean of \(what), here of one value, from it: nothing but beta is left",
      remedy: "leave it out, or use batch_norm")
  }
}
