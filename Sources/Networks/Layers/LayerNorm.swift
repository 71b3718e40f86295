import Compute
import Specs

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over the features (the last axis) of each place
/// of each sample (Ba et al., "Layer Normalization", 2016).
package struct LayerNorm: Layer {
  package static let name = "layer_norm"
  package static let summary =
    "layer normalization: the features of each place with mean 0 and variance 1, then scaled and shifted"
  package static let example = Example("layer_norm", input: [2, 3, 4])

  let normalization: Normalization

  package init(from fields: inout Fields) {
    normalization = Normalization(from: &fields)
  }

  /// One feature is its own mean.
  package func caution(at place: LayerPlace) -> Caution? {
    Caution.normalizing(LayerNorm.name, "the features of a place", values: place.input.axes.last ?? 1)
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let rank = x.shape.rank
    return normalization.finish(
      normalization.normalized(x, over: (rank - 1)..<rank), at: &site)
  }
}
