import Compute

/// A layer's place in a network, for the warnings that depend on it.
public struct LayerPlace: Sendable {
  /// The samples of a batch, or of a micro-batch.
  public let batch: Int
  /// The shape of one sample of its input.
  public let input: Shape
  /// The layer after it; nil for the last.
  public let next: (any Layer)?

  /// A layer's place.
  public init(batch: Int, input: Shape, next: (any Layer)?) {
    self.batch = batch
    self.input = input
    self.next = next
  }
}

/// A warning before training, with its remedy.
public struct Caution: Sendable {
  /// What happens.
  public let text: String
  /// How to avoid it.
  public let remedy: String

  /// The warning of a normalization over `values` values at a time: over a single one its output is constant.
  static func normalizing(_ name: String, _ what: String, values: Int) -> Caution? {
    guard values == 1 else { return nil }
    return Caution(
      text: "\(name) takes the mean of \(what), here of one value, from it: nothing but beta is left",
      remedy: "leave it out, or use batch_norm")
  }
}
