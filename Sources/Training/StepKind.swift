import Compute
import Networks

extension Trainer {
  /// The steps in which the same terms of lazy regularization are due, ready to run.
  struct StepKind {
    /// The numbers of these terms.
    let due: Set<Int>
    let session: Session
    /// What is measured, with where it is after a run.
    let metrics: [Column]
    let measured: [Buffer]
    /// The numbers of the samples.
    let rows: Buffer
    private let settings: [(input: OptimizerInput, buffer: Buffer)]

    /// Plans the steps.
    /// - Parameters:
    ///   - manner: what the plan makes of the step's graph.
    ///   - ranks: the processes that share out the shards of a batch and the updates; nil where this one trains alone.
    init(
      _ experiment: Experiment, _ step: StepGraph, due: Set<Int>, manner: PlanManner, state: State, pool: ThreadPool,
      samples: SampleValues, labels: [Int32], ranks: (ranks: any Ranks, homes: UpdateHomes)?
    ) throws(PlanError) {
      var (graph, outputs) = (step.graph, step.values)
      if let (ranks, homes) = ranks {
        (graph, outputs) = graph.placed(outputs: outputs, shards: experiment.training.shards, on: ranks, homes: homes)
      }
      let session = try Session(
        Plan(graph, outputs: outputs, manner: manner), state: state, pool: pool,
        samples: samples, labels: labels, seed: experiment.seed, ranks: ranks?.ranks)
      self.due = due
      self.session = session
      metrics = step.measured.map(\.column)
      measured = outputs.map { session.buffer($0) }
      guard let rows = session.input(StepGraph.rows) else { preconditionFailure("a step without real samples") }
      self.rows = rows
      settings = step.settings.compactMap { input in session.input(input.name).map { (input, $0) } }
    }

    /// Writes the optimizers' numbers for the step that comes after so many.
    func writeSettings(after steps: Int) {
      for (input, buffer) in settings {
        let (size, decay) = input.values(after: steps)
        buffer.write(size, decay)
      }
    }
  }
}
