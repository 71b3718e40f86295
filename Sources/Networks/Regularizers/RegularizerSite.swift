import Compute

/// What a regularizer works with while it adds its term to a network's loss.
package struct RegularizerSite {
  /// A batch as the discriminator takes it, with its scores [N, 1].
  package struct Batch {
    package let samples: Tensor
    /// Their classes, [N, 1]; nil where the spec has none.
    package let labels: Tensor?
    package let scores: Tensor

    package init(samples: Tensor, labels: Tensor?, scores: Tensor) {
      self.samples = samples
      self.labels = labels
      self.scores = scores
    }
  }

  /// The graph that grows.
  package let graph: GraphBuilder
  /// The number of the turn, `1`, which keeps its random draws and passes apart from other turns'.
  let turn: String
  /// The real batch; in the generator's update that of the discriminator's last turn.
  package let real: Batch
  /// The generated batch.
  package let generated: Batch
  /// The pass in which the scores were made.
  let mode: Mode
  /// The network whose loss is added to.
  let network: Network
  let critic: ScoringNetwork
  /// Values in place of the discriminator's parameters: those after the unrolled updates, where there are some.
  let parameters: [Variable: Tensor]
  /// What it accumulates over the micro-batches of a turn.
  package let held: TurnMemory
  private let kept: [String: Variable]

  package init(
    graph: GraphBuilder, turn: String, real: Batch, generated: Batch, mode: Mode, network: Network,
    critic: ScoringNetwork,
    parameters: [Variable: Tensor] = [:], kept: [String: Variable], held: TurnMemory
  ) {
    self.graph = graph
    self.turn = turn
    self.real = real
    self.generated = generated
    self.mode = mode
    self.network = network
    self.critic = critic
    self.parameters = parameters
    self.kept = kept
    self.held = held
  }

  /// The variable of a kept value, or of a parameter's mirror.
  func variable(_ name: String) -> Variable {
    guard let variable = kept[name] else { preconditionFailure("\(name) was not declared") }
    return variable
  }

  /// Whether it is the first turn of its network in a step.
  var isFirstTurn: Bool { turn == "1" || turn == "1.1" }

  /// The scores of samples, of the classes that a batch has, in a pass of its own.
  func scores(of samples: Tensor, classesOf batch: Batch, pass: String) -> Tensor {
    let mode = Mode.training(pass: "\(pass)/\(turn)", updatesStatistics: false)
    return critic.judge(samples, mode: mode, labels: batch.labels, parameters: parameters).scores
  }

  /// What a layer of the discriminator makes of a batch, in the pass in which the scores were made.
  func features(of batch: Batch, layer: Int) -> Tensor {
    critic.network.apply(
      batch.samples, mode: mode, labels: batch.labels, parameters: parameters, layers: layer + 1)
  }

  /// The gradient of the sum of scores by samples, in a pass of its own: for each sample that of its own score.
  func slopes(at samples: Tensor, classesOf batch: Batch, pass: String) -> Tensor {
    let total = scores(of: samples, classesOf: batch, pass: pass).sum()
    guard let slopes = total.gradients(withRespectTo: [samples])[0] else {
      preconditionFailure("the scores do not depend on the samples")
    }
    return slopes
  }

  /// Uniform values in (0, 1), one for each of `count` samples of the given rank: [count, 1, ...].
  func uniform(perSampleOf samples: Tensor, stream: String) -> Tensor {
    let shape = samples.shape
    let values = graph.uniform([shape[0], 1], stream: "\(stream)/\(turn)")
    return values.reshaped(to: Shape([shape[0]] + shape.axes.dropFirst().map { _ in 1 }))
  }
}

extension Tensor {
  /// The squared length of each sample, the sum of the squares of its values: [N, ...] -> [N].
  func squaredNorms() -> Tensor { square().sum(over: 1..<shape.rank) }
}
