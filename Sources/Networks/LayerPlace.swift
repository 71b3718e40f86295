import Compute

/// Where a layer stands in a network, for what a person should know of it there.
public struct LayerPlace: Sendable {
  /// The samples that pass at a time.
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

/// What a person should know before training, with its remedy.
public struct Caution: Sendable {
  /// What happens.
  public let text: String
  /// How to have it otherwise.
  public let remedy: String

  /// A caution of a normalization over `values` values at a time, whose output is constant where that is one.
  static func normalizing(_ name: String, _ what: String, values: Int) -> Caution? {
    guard values == 1 else { return nil }
    return Caution(
      text: "\(name) takes the mean of \(what), here of one value, from it: nothing but beta is left",
      remedy: "leave it out, or use batch_norm")
  }
}
