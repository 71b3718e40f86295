import Compute
import YAML

/// What batch normalization knows of its input: mean and (biased) variance of each feature, of the batch in training, running ones
/// at inference.
///
/// The running ones move by `running <- momentum running + (1 - momentum) batch` in the passes of the network's own updates.
struct BatchStatistics: Sendable {
  let momentum: Double
  let epsilon: Float

  /// Reads `momentum` and `epsilon`.
  init(from fields: inout Fields) {
    momentum = fields.number(
      "momentum", in: .halfOpen(0, 1), default: 0.99, "how slowly the running statistics move")
    epsilon = Float(fields.number("epsilon", in: .above(0), default: 1e-3, "added to the variance"))
  }

  /// x - mean, and sqrt(variance + epsilon), [features].
  func centered(_ x: Tensor, at site: inout LayerSite) -> (centered: Tensor, deviation: Tensor) {
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
    return (centered, site.graph.squareRoot(site.graph.offset(variance, by: epsilon)))
  }

  private func move(_ running: Variable, to batch: Tensor, in graph: inout Graph) {
    let old = graph.read(running)
    let kept = graph.scale(old, by: Float(momentum))
    graph.assign(running, graph.add(kept, graph.scale(batch, by: Float(1 - momentum))))
  }
}
