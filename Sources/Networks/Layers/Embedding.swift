import Compute
import Specs

/// A trained vector for each class, joined behind the last axis of x, or multiplied with x: [N, ..., C] -> [N, ..., C +
/// output_dim] or [N, ..., C]; at every place of an image the same (Mirza and Osindero, "Conditional Generative Adversarial
/// Nets", 2014).
///
/// The table `embeddings` is [classes, output_dim]. It needs `conditional` in the spec.
package struct Embedding: Layer {
  package static let name = "embedding"
  package static let summary =
    "class embedding: a trained vector of the class, concatenated with the features or multiplied into them"
  package static let example = Example("embedding: {output_dim: 3}", input: [2, 3, 4])

  /// How the vector meets the features.
  enum Merge: String, Choice {
    case concatenate, multiply
  }

  let outputDim: Int?
  let merge: Merge
  let initializer: any Initializer

  package init(from fields: inout Fields) {
    outputDim = fields.optionalInteger(
      "output_dim", in: 1...65536, "values in a class's vector; with multiply as many as there are features")
    merge = fields.choice("merge", default: .concatenate, "join the vector to the features, or multiply both")
    initializer =
      fields.item(
        "embeddings_initializer", of: InitializerCatalog.all, default: "random_uniform", "the first values of the table"
      )
      ?? Zeros()
    if merge == .concatenate, outputDim == nil {
      fields.error("output_dim is missing", remedy: "write embedding: {output_dim: 50}, or merge: multiply")
    }
  }

  /// Its values are the class's.
  package static var seesClasses: Bool { true }
  /// In front of the vector, unless both are multiplied.
  package var keepsInput: Bool { merge == .concatenate }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let classes = try site.classes(for: Embedding.name)
    let features = x.shape.axes.last ?? 1
    let size = outputDim ?? features
    guard merge == .concatenate || size == features else {
      throw Misfit(
        "embedding multiplies \(size) values with \(features) features",
        remedy: "use output_dim: \(features), or leave it out")
    }
    let table = site.parameter(
      "embeddings", as: .embeddings, [classes, size], initializer, fans: Fans(in: classes, out: size))
    let vectors = site.rows(of: table)
    if merge == .concatenate { return x.joined(with: vectors) }
    return x * vectors.besidePlaces(of: x)
  }
}
