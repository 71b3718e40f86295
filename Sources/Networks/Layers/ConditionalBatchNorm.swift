import Compute
import Specs

/// Batch normalization whose scale and shift are those of the sample's class c.
///
/// y = gamma[c] (x - mean) / sqrt(variance + epsilon) + beta[c], with gamma and beta [classes, features] (de Vries et al., "Modulating
/// early visual processing by language", 2017; Miyato and Koyama, "cGANs with Projection Discriminator", 2018). Statistics are
/// those of `batch_norm`. It needs `conditional` in the spec.
package struct ConditionalBatchNorm: Layer {
  package static let name = "conditional_batch_norm"
  package static let summary = "conditional batch normalization: batch_norm with a scale and a shift for each class"
  package static let example = Example("conditional_batch_norm: {momentum: 0.8}", input: [6])

  let statistics: BatchStatistics

  package init(from fields: inout Fields) { statistics = BatchStatistics(from: &fields) }

  /// Its values are the class's.
  package static var seesClasses: Bool { true }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let classes = try site.classes(for: ConditionalBatchNorm.name)
    let features = x.shape.axes.last ?? 1
    let (centered, deviation) = statistics.centered(x, at: &site)
    let fans = Fans(in: classes, out: features)
    let gamma = site.rows(of: site.parameter("gamma", as: .scale, [classes, features], Ones(), fans: fans))
    let beta = site.rows(of: site.parameter("beta", as: .shift, [classes, features], Zeros(), fans: fans))
    return centered / deviation * gamma.besidePlaces(of: x) + beta.besidePlaces(of: x)
  }
}
