import Compute
import YAML

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta for each feature (the last axis), over all other axes of the
/// batch (Ioffe and Szegedy, "Batch Normalization", 2015).
///
/// In training mean and (biased) variance are the batch's, and the running ones move by
/// `running <- momentum running + (1 - momentum) batch` in the passes of the network's own updates. At inference the
/// running ones are used.
public struct BatchNorm: Layer {
  /// Its name in a spec.
  public static let name = "batch_norm"
  /// What it computes.
  public static let summary = "each feature with mean 0 and variance 1 over the batch, then scaled and shifted"
  /// A list entry that builds.
  public static let example = Example("batch_norm: {momentum: 0.8}", input: [6])

  /// How slowly running statistics move, at least 0 and below 1.
  public let momentum: Double
  let normalization: Normalization

  /// Reads its fields.
  public init(from fields: inout Fields) {
    momentum = fields.number(
      "momentum", in: .halfOpen(0, 1), default: 0.99, "how slowly the running statistics move")
    normalization = Normalization(from: &fields)
  }

  /// Adds the normalization.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let shape = site.graph.shape(x)
    let features = shape.axes[shape.rank - 1]
    let runningMean = site.statistic("moving_mean", [features], initially: 0)
    let runningVariance = site.statistic("moving_variance", [features], initially: 1)
    let mean: Tensor
    let variance: Tensor
    var centered: Tensor
    if case .training(_, let updates) = site.mode {
      let share = Float(features) / Float(shape.count)
      let others = 0..<(shape.rank - 1)
      mean = site.graph.scale(site.graph.sum(x, over: others), by: share)
      centered = site.graph.subtract(x, mean)
      variance = site.graph.scale(site.graph.sum(site.graph.square(centered), over: others), by: share)
      if updates {
        move(runningMean, to: mean, in: &site.graph)
        move(runningVariance, to: variance, in: &site.graph)
      }
    } else {
      mean = site.graph.read(runningMean)
      variance = site.graph.read(runningVariance)
      centered = site.graph.subtract(x, mean)
    }
    let deviation = normalization.deviation(variance, in: &site.graph)
    var y: Tensor
    if normalization.scales {
      let gamma = site.parameter("gamma", [features], Ones(), fans: .vector(features))
      y = site.graph.multiply(centered, site.graph.divide(gamma, deviation))
    } else {
      y = site.graph.divide(centered, deviation)
    }
    if normalization.centers {
      y = site.graph.add(y, site.parameter("beta", [features], Zeros(), fans: .vector(features)))
    }
    return y
  }

  private func move(_ running: Variable, to batch: Tensor, in graph: inout Graph) {
    let old = graph.read(running)
    let kept = graph.scale(old, by: Float(momentum))
    graph.assign(running, graph.add(kept, graph.scale(batch, by: Float(1 - momentum))))
  }
}
