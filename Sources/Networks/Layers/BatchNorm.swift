import Compute
import Specs

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta for each feature (the last axis), over all other axes of the
/// batch (Ioffe and Szegedy, "Batch Normalization", 2015).
///
/// In training mean and (biased) variance are the batch's, and the running ones move by
/// `running <- momentum running + (1 - momentum) batch` in the passes of the network's own updates. At inference the
/// running ones are used.
package struct BatchNorm: Layer {
  package static let name = "batch_norm"
  package static let summary =
    "batch normalization: each feature with mean 0 and variance 1 over the batch, then scaled and shifted"
  package static let alsoCalled = ["batchnorm1d", "batchnorm2d", "batch_normalization", "batchnormalization", "bn"]
  package static let example = Example("batch_norm: {momentum: 0.8}", input: [6])

  let statistics: BatchStatistics
  let centers: Bool
  let scales: Bool

  package init(from fields: inout Fields) {
    statistics = BatchStatistics(from: &fields)
    (centers, scales) = Normalization.affineFields(from: &fields)
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let features = x.shape.axes.last ?? 1
    let (centered, deviation) = statistics.centered(x, at: &site)
    var y: Tensor
    if scales {
      let gamma = site.parameter("gamma", as: .scale, [features], Ones(), fans: .vector(features))
      y = centered * (gamma / deviation)
    } else {
      y = centered / deviation
    }
    if centers {
      y = y + site.parameter("beta", as: .shift, [features], Zeros(), fans: .vector(features))
    }
    return y
  }
}
