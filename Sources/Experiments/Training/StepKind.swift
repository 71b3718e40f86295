import Compute
import Networks

extension Trainer {
  /// The steps in which the same regularizers are due, ready to run.
  struct Kind {
    /// The numbers of these regularizers.
    let due: Set<Int>
    let session: Session
    /// What is measured, with where it is after a run.
    let metrics: [Column]
    let measured: [Buffer]
    /// The numbers of the real samples.
    let rows: Buffer
    let settings: [Setting]

    /// Plans the steps.
    init(
      _ experiment: Experiment, due: Set<Int>, isFusing: Bool, state: State, pool: ThreadPool, samples: SampleValues,
      labels: [Int32]
    ) throws(PlanError) {
      let step = StepGraph(experiment, due: due)
      let session = try Session(
        Plan(step.graph, outputs: step.values, isFusing: isFusing), state: state, pool: pool, samples: samples,
        labels: labels,
        seed: experiment.seed)
      self.due = due
      self.session = session
      metrics = step.measured.map(\.column)
      measured = step.values.map { session.buffer($0) }
      guard let rows = session.input(StepGraph.rows) else { preconditionFailure("a step without real samples") }
      self.rows = rows
      let training = experiment.training
      let turns = StepGraph.discriminatorUpdates(training)
      let all =
        (0..<turns).map { ("discriminator", $0, $0, turns, experiment.discriminatorOptimizer) }
        + (0..<training.generatorSteps).map {
          ("generator", $0, $0, training.generatorSteps, experiment.generatorOptimizer)
        }
        // What the discriminator would do next.
        + (0..<training.unrolledSteps * StepGraph.updatesPerTurn(training)).map {
          ("discriminator.unrolled", $0, turns + $0, turns, experiment.discriminatorOptimizer)
        }
      settings = all.compactMap { name, number, update, perStep, state in
        session.input(StepGraph.settings(name, update: number)).map {
          Setting(buffer: $0, optimizer: state.optimizer, update: update, perStep: perStep)
        }
      }
    }
  }

  /// An optimizer's input for one update of a step.
  struct Setting {
    let buffer: Buffer
    let optimizer: any Optimizer
    /// Which of the network's updates of a step, from 0, and how many there are.
    let update: Int
    let perStep: Int

    /// Writes the numbers for the step that comes after so many.
    func write(after steps: Int) {
      let count = UInt64(steps) * UInt64(perStep) + UInt64(update) + 1
      let (size, decay) = optimizer.settings(update: count, step: steps + 1)
      buffer.write(size, decay)
    }
  }
}
