import Compute
import Networks

/// The generator, or its average where one is kept, at inference on latent points of the stream `samples` at step 0.
///
/// With classes or a categorical code every row of a sheet is of one of them: sample n is of class (n / columns) mod classes.
public final class Sampler {
  /// Samples in a row of a sheet with classes.
  static let columns = 10

  /// Samples it makes at a time.
  public let count: Int
  private let session: Session
  private let output: Tensor

  /// Plans `count` samples of the generator whose parameters are in `state`.
  /// - Parameter label: the class, or first categorical code, of all samples; nil for a row of each.
  /// - Throws: `PlanError` when the system has not enough memory.
  public init(
    _ experiment: Experiment, state: State, pool: ThreadPool, count: Int, seed: UInt64, label: Int? = nil
  ) throws(PlanError) {
    var graph = Graph()
    var latent = StepGraph.latent(experiment.latent, count: count, stream: "samples", in: &graph)
    var parameters: [Variable: Tensor] = [:]
    if let average = experiment.generatorAverage {
      for parameter in experiment.generator.parameters {
        parameters[parameter.variable] = graph.read(average.variable(for: parameter.variable, in: experiment.layout))
      }
    }
    let classes = experiment.sampledClasses
    let labels = classes.map { _ in graph.input("labels", [count, 1]) }
    if let fields = experiment.latent.codes {
      let drawn = CodeValues(fields, count: count, stream: "samples", in: &graph)
      let isByCode = experiment.generator.classes == nil
      let codes = isByCode ? labels.map { drawn.replacingFirst(by: $0) } ?? drawn : drawn
      latent = codes.joined(to: latent, in: &graph)
    }
    output = experiment.generator.apply(
      latent, in: &graph, mode: .inference, labels: experiment.generator.classes == nil ? nil : labels,
      parameters: parameters)
    session = try Session(Plan(graph, outputs: [output]), state: state, pool: pool, seed: seed)
    self.count = count
    guard let classes else { return }
    session.input("labels")?.write((0..<count).map { Float(label ?? $0 / Sampler.columns % classes) })
  }

  /// The samples [count] + sample shape, row-major.
  public func samples() -> [Float] {
    session.run(step: 0)
    return session.buffer(output).values
  }
}

extension Experiment {
  /// How many kinds of samples can be asked for: the classes, else the first categorical code's values.
  var sampledClasses: Int? { generator.classes ?? latent.codes?.categorical.first }

  /// How many samples lie in a row of a sheet; nil where that is free.
  var sheetColumns: Int? { sampledClasses == nil ? nil : Sampler.columns }
}
