import Compute
import Networks

/// The generator, or its average where one is kept, at inference on latent points of the stream `samples` at step 0.
public final class Sampler {
  /// Samples it makes at a time.
  public let count: Int
  private let session: Session
  private let output: Tensor

  /// Plans `count` samples of the generator whose parameters are in `state`.
  /// - Throws: `PlanError` when the system has not enough memory.
  public init(
    _ experiment: Experiment, state: State, pool: ThreadPool, count: Int, seed: UInt64
  ) throws(PlanError) {
    var graph = Graph()
    let latent = StepGraph.latent(experiment.latent, count: count, stream: "samples", in: &graph)
    var parameters: [Variable: Tensor] = [:]
    if let average = experiment.generatorAverage {
      for parameter in experiment.generator.parameters {
        parameters[parameter.variable] = graph.read(average.variable(for: parameter.variable, in: experiment.layout))
      }
    }
    output = experiment.generator.apply(latent, in: &graph, mode: .inference, parameters: parameters)
    session = try Session(Plan(graph, outputs: [output]), state: state, pool: pool, seed: seed)
    self.count = count
  }

  /// The samples [count] + sample shape, row-major.
  public func samples() -> [Float] {
    session.run(step: 0)
    return session.buffer(output).values
  }
}
