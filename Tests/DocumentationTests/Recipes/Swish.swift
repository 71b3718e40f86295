import Compute
import Networks
import Specs

/// y = x / (1 + e^(-beta x)), beta trained, one for each feature, the last axis (Ramachandran et al., "Searching for Activation
/// Functions", 2017).
package struct Swish: Layer {
  package static let name = "swish"
  package static let summary = "x times the sigmoid of beta x, beta a trained number of its feature"
  package static let example = Example("swish", input: [6])
  let initializer: any Initializer

  package init(from fields: inout Fields) {
    initializer =
      fields.item(
        "beta_initializer", of: InitializerCatalog.all, default: "ones", "the first values of beta") ?? Ones()
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let features = x.shape.axes.last ?? 1
    let beta = site.parameter("beta", as: .scale, [features], initializer, fans: .vector(features))
    return x * (x * beta).sigmoid()
  }
}
