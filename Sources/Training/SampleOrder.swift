import Compute

/// Which samples each step takes: a function of the seed, the step and the way of sampling.
///
/// With replacement, the samples of step s are independent draws from the stream `data/order` at s; shuffled, those of an epoch are
/// a permutation drawn from `data/order` at the epoch, of which each step takes the next.
struct SampleOrder {
  private let random: Random
  private let sampling: Training.Sampling
  private let count: Int
  private let perStep: Int
  private let stepsPerEpoch: Int
  private var order: [Int32]
  private var orderedEpoch = 0

  init(_ experiment: Experiment) {
    random = Random(seed: experiment.seed)
    sampling = experiment.training.sampling
    count = experiment.trainingCount
    perStep = experiment.task.samplesPerStep
    stepsPerEpoch = experiment.stepsPerEpoch
    order = sampling == .shuffle ? [Int32](repeating: 0, count: count) : []
  }

  /// Writes the sample numbers of a step, from 1, into the buffer.
  mutating func write(step: Int, to buffer: Buffer) {
    switch sampling {
    case .withReplacement:
      random.writeIndices(stream: "data/order", step: UInt32(step), below: count, to: buffer)
    case .shuffle:
      let epoch = (step - 1) / stepsPerEpoch + 1
      if epoch != orderedEpoch {
        random.shuffle(&order, stream: "data/order", step: UInt32(epoch))
        orderedEpoch = epoch
      }
      buffer.write(order, from: (step - 1) % stepsPerEpoch * perStep)
    }
  }
}
