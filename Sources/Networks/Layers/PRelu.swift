import Compute
import YAML

/// y = x where x > 0, else alpha x, alpha trained, one for each feature (the last axis; He et al., "Delving
/// Deep into Rectifiers", 2015).
public struct PRelu: Layer {
  /// Its name in a spec.
  public static let name = "prelu"
  /// What it computes.
  public static let summary = "x where positive, else x times a trained slope of its feature"
  /// A list entry that builds.
  public static let example = Example("prelu", input: [6])

  let initializer: any Initializer

  /// Reads its fields.
  public init(from fields: inout Fields) {
    initializer =
      fields.item(
        "alpha_initializer", of: InitializerCatalog.all, default: "zeros", "the first values of the slopes") ?? Zeros()
  }

  /// Adds the function.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let features = x.shape.axes.last ?? 1
    let alpha = site.parameter("alpha", as: .scale, [features], initializer, fans: .vector(features))
    let negative = x - x.relu()
    return x.relu() + negative * alpha
  }
}
