import Compute
import Networks

/// The generator, or its average where one is kept, at inference on latent points of the stream `samples` at step 0.
///
/// With classes or a categorical code every row of a sheet is of one of them: sample n is of class
/// (n / samplesOfClass) mod classes.
public final class Sampler {
  /// Samples in a row of a sheet with classes.
  public static let columns = 10

  /// Samples it makes at a time.
  public let count: Int
  private let session: Session
  private let output: VertexNumber
  private let input: VertexNumber
  private let keepsLatent: Bool
  /// The class, or first categorical code, of each sample; nil where there are none.
  public let labels: [Int]?

  /// Plans `count` samples of the generator whose parameters are in `state`.
  /// - Parameters:
  ///   - label: the class, or first categorical code, of all samples; nil for a row of each.
  ///   - samplesOfClass: how many of a class follow each other.
  ///   - keepsLatent: whether `latent` is asked for.
  ///   - limit: the most bytes that it may take beside the state.
  /// - Throws: `PlanError` when there is not enough memory.
  package init(
    _ experiment: Experiment, state: State, pool: ThreadPool, count: Int, seed: UInt64, label: Int? = nil,
    samplesOfClass: Int = Sampler.columns, keepsLatent: Bool = false, limit: Int = .max
  ) throws(PlanError) {
    let graph = GraphBuilder()
    var latent = StepGraph.latent(experiment.latent, count: count, stream: "samples", in: graph)
    var parameters: [Variable: Tensor] = [:]
    if let average = experiment.generatorAverage {
      for parameter in experiment.generator.parameters {
        parameters[parameter.variable] = graph.read(average.variable(for: parameter.variable, in: experiment.layout))
      }
    }
    let classes = experiment.sampledClasses
    let labels = classes.map { _ in graph.input("labels", [count, 1]) }
    if let fields = experiment.latent.codes {
      let drawn = CodeValues(fields, count: count, stream: "samples", in: graph)
      let isByCode = experiment.generator.classes == nil
      let codes = isByCode ? labels.map { drawn.replacingFirst(by: $0) } ?? drawn : drawn
      latent = codes.joined(to: latent, in: graph)
    }
    let output = experiment.generator.apply(
      latent, mode: .inference, labels: experiment.generator.classes == nil ? nil : labels,
      parameters: parameters)
    self.output = output.number
    input = latent.number
    self.keepsLatent = keepsLatent
    let plan = Plan(graph, outputs: keepsLatent ? [output, latent] : [output])
    guard plan.arenaBytes <= limit else { throw .outOfMemory(bytes: plan.arenaBytes) }
    session = try Session(plan, state: state, pool: pool, seed: seed)
    self.count = count
    let numbers = classes.map { classes in (0..<count).map { label ?? $0 / samplesOfClass % classes } }
    self.labels = numbers
    if let numbers { session.input("labels")?.write(numbers.map { Float($0) }) }
  }

  /// The latent vectors of the last samples, codes behind them, [count, values]; nothing where they are not kept.
  public var latent: [Float] { keepsLatent ? session.buffer(input).values : [] }

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
