import Compute
import YAML

/// What the two networks minimise, as functions of the discriminator's scores [N, 1] (logits: a final sigmoid of the
/// discriminator is folded in).
public protocol Loss: Sendable {
  /// Its name in a spec.
  static var name: String { get }
  /// One sentence: what it is.
  static var summary: String { get }
  /// Reads its fields.
  init(from fields: inout Fields)
  /// The discriminator's loss on real samples, a scalar.
  func real(_ score: Tensor, in graph: inout Graph) -> Tensor
  /// The discriminator's loss on generated samples, a scalar.
  func generated(_ score: Tensor, in graph: inout Graph) -> Tensor
  /// The generator's loss, a scalar.
  func generator(_ score: Tensor, in graph: inout Graph) -> Tensor
}

extension Loss {
  static var entry: Catalog<any Loss>.Entry {
    Catalog<any Loss>.Entry(name: name, summary: summary) { fields in Self(from: &fields) }
  }
}

/// The losses that a spec can name.
public enum LossCatalog {
  /// Every loss, one line each.
  public static let all = Catalog<any Loss>(
    noun: "loss",
    [
      NonSaturating.entry,
      Minimax.entry,
    ])
}

/// A loss whose discriminator minimises the cross-entropy of its scores with the labels real = 1 - `label_smoothing`,
/// generated = 0.
public protocol CrossEntropyLoss: Loss {
  /// How far the label of real samples lies below 1: at least 0 and below 0.5.
  var labelSmoothing: Float { get }
}

extension CrossEntropyLoss {
  /// Reads `label_smoothing`.
  static func labelSmoothing(from fields: inout Fields) -> Float {
    Float(
      fields.number(
        "label_smoothing", in: .halfOpen(0, 0.5), default: 0, "how far the label of real samples lies below 1"))
  }

  /// The cross-entropy with the label of real samples.
  public func real(_ score: Tensor, in graph: inout Graph) -> Tensor {
    CrossEntropy.mean(score, target: 1 - labelSmoothing, in: &graph)
  }

  /// The cross-entropy with the label 0.
  public func generated(_ score: Tensor, in graph: inout Graph) -> Tensor {
    CrossEntropy.mean(score, target: 0, in: &graph)
  }
}

/// Binary cross-entropy of a score s with a target t in [0, 1]: mean of softplus(s) - t s, which is
/// -t ln p - (1 - t) ln(1 - p) for p = sigmoid(s).
enum CrossEntropy {
  static func mean(_ score: Tensor, target: Float, in graph: inout Graph) -> Tensor {
    if target == 1 { return graph.mean(graph.softplus(graph.scale(score, by: -1))) }
    let soft = graph.softplus(score)
    return graph.mean(target == 0 ? soft : graph.subtract(soft, graph.scale(score, by: target)))
  }
}
