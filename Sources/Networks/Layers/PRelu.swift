import Compute
import Specs

/// y = x where x > 0, else alpha x, alpha trained, one for each feature (the last axis; He et al., "Delving
/// Deep into Rectifiers", 2015).
package struct PRelu: Layer {
  package static let name = "prelu"
  package static let summary = "f(x) = x for x > 0, else a x with a trained slope a for each feature"
  package static let example = Example("prelu", input: [6])

  let initializer: any Initializer

  package init(from fields: inout Fields) {
    initializer =
      fields.item(
        "alpha_initializer", of: InitializerCatalog.all, default: "zeros", "the first values of the slopes") ?? Zeros()
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let features = x.shape.axes.last ?? 1
    let alpha = site.parameter("alpha", as: .scale, [features], initializer, fans: .vector(features))
    let negative = x - x.relu()
    return x.relu() + negative * alpha
  }
}
