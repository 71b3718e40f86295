import Compute
import Networks

/// The generator, or its average where one is kept, at inference on latent points of a stream, `samples` at step 0 for sheets.
///
/// With classes or a categorical code every row of a sheet is of one of them: sample n is of class
/// (n / samplesOfClass) mod classes.
package final class Sampler {
  /// Samples in a row of a sheet with classes.
  package static let columns = 10

  /// Samples it makes at a time.
  package let count: Int
  private let session: Session
  private let output: VertexNumber
  private let input: VertexNumber
  private let keepsLatent: Bool
  /// The class, or first categorical code, of each sample; nil where there are none.
  package let labels: [Int]?

  /// Plans the samples of the generator whose parameters are in `state`.
  /// - Throws: `PlanError` when there is not enough memory.
  init(_ task: Adversarial, _ request: SampleRequest, state: State, pool: ThreadPool) throws(PlanError) {
    let count = request.count
    let graph = GraphBuilder()
    var latent = task.latent.values(count: count, stream: request.stream, in: graph)
    let parameters = task.generatorAverage?.values(in: graph) ?? [:]
    let kinds = (request.drawsCodes || request.inputs != nil) && !task.samplesClasses ? nil : task.sampledKinds
    let labels = kinds.map { _ in graph.input("labels", [count, 1]) }
    if request.inputs != nil {
      latent = graph.input("inputs", [count, task.latent.count])
    } else if let fields = task.latent.codes {
      let drawn = CodeValues(fields, count: count, stream: request.stream, in: graph)
      let codes = task.samplesClasses ? drawn : labels.map { drawn.replacingFirst(by: $0) } ?? drawn
      latent = codes.joined(to: latent)
    }
    let samples = task.generator.apply(
      latent, mode: .inference, labels: task.samplesClasses ? labels : nil, parameters: parameters)
    (output, input) = (samples.number, latent.number)
    keepsLatent = request.keepsLatent
    let plan = Plan(graph, outputs: keepsLatent ? [samples, latent] : [samples])
    guard plan.arenaBytes <= request.limit else { throw .outOfMemory(bytes: plan.arenaBytes) }
    session = try Session(plan, state: state, pool: pool, seed: request.seed)
    self.count = count
    let numbers = kinds.map { kinds in
      (0..<count).map { request.label ?? $0 / request.samplesOfClass % kinds }
    }
    self.labels = numbers
    if let inputs = request.inputs { session.input("inputs")?.write(inputs) }
    if let numbers { session.input("labels")?.write(numbers.map { Float($0) }) }
  }

  /// The latent vectors of the last samples, codes behind them, [count, values]; nothing where they are not kept.
  package var latent: [Float] { keepsLatent ? session.buffer(input).values : [] }

  /// The samples [count] + sample shape, row-major, of the latent points that the stream has at a step.
  /// - Parameter classes: the classes of the samples in place of those of a sheet, where there are some.
  package func samples(step: UInt32 = 0, classes: [Int]? = nil) -> [Float] {
    if let classes { session.input("labels")?.write(classes.map { Float($0) }) }
    session.run(step: step)
    return session.buffer(output).values
  }
}
