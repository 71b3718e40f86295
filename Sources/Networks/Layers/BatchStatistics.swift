import Compute
import Specs

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
      .momentum, in: .halfOpen(0, 1), default: 0.99, "how slowly the running statistics move")
    epsilon = Float(fields.number(.epsilon, in: .above(0), default: 1e-3, "added to the variance"))
  }

  /// x - mean, and sqrt(variance + epsilon), [features].
  func centered(_ x: Tensor, at site: inout LayerSite) -> (centered: Tensor, deviation: Tensor) {
    let shape = x.shape
    let features = shape.axes[shape.rank - 1]
    let runningMean = site.statistic("moving_mean", [features], initially: 0)
    let runningVariance = site.statistic("moving_variance", [features], initially: 1)
    let mean: Tensor
    let variance: Tensor
    var centered: Tensor
    if case .training(_, let updates) = site.mode {
      let share = Float(features) / Float(shape.count)
      let others = 0..<(shape.rank - 1)
      mean = share * x.sum(over: others)
      centered = x - mean
      variance = share * centered.square().sum(over: others)
      if updates {
        move(runningMean, to: mean)
        move(runningVariance, to: variance)
      }
    } else {
      mean = site.graph.read(runningMean)
      variance = site.graph.read(runningVariance)
      centered = x - mean
    }
    return (centered, (variance + epsilon).squareRoot())
  }

  private func move(_ running: Variable, to batch: Tensor) {
    let old = batch.graph.read(running)
    batch.graph.assign(running, Float(momentum) * old + Float(1 - momentum) * batch)
  }
}
