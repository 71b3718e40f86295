import Compute
import Networks

/// A network of a task as other programs get it: what it computes at inference, from named inputs to a named output.
package struct PortableNetwork: Sendable {
  /// The layers, with their shapes and variables.
  package let network: Network
  /// What its input is called: `latent` or `samples`.
  package let input: String
  /// What its output is called: `samples`, `scores`, `reconstructions` or `logits`.
  package let output: String
  /// What the values of its input are, where it makes samples; else nil.
  package let latent: InputParts?
  /// Whether the sigmoid that its layers end with in the spec is the loss's: the output is what goes into it.
  package let isWithoutSigmoid: Bool
  private let average: ParameterAverage?

  init(
    _ network: Network, from input: String, to output: String, average: ParameterAverage? = nil,
    latent: InputParts? = nil, isWithoutSigmoid: Bool = false
  ) {
    (self.network, self.input, self.output) = (network, input, output)
    (self.average, self.latent, self.isWithoutSigmoid) = (average, latent, isWithoutSigmoid)
  }

  /// Its name, which is also its section in a spec.
  package var name: String { network.name }
  /// How many classes it tells samples apart by; nil where it is not given them.
  package var classes: Int? { network.contains { type(of: $0).seesClasses } ? network.classes : nil }
  /// Whether its parameters are averages.
  package var isAveraged: Bool { average != nil }

  /// What the output of a classifier is called.
  package static let logits = "logits"
  /// What the classes of the samples are called as an input, [N, 1].
  package static let labels = "labels"

  /// Its parameters, or their averages where these are kept, and its running statistics, by the names of the checkpoint.
  package var variables: [Variable] {
    network.parameters.map { average?.variable(for: $0.variable) ?? $0.variable } + network.statistics.map(\.variable)
  }

  /// What it computes of a batch [count] + input shape.
  package func graph(batch count: Int) -> (graph: Graph, output: VertexNumber) {
    let builder = GraphBuilder()
    let y = apply(to: builder.input(input, Shape([count] + network.inputShape.axes)), batch: count, in: builder)
    return (builder.finished(), y.number)
  }

  private func apply(to x: Tensor, batch count: Int, in builder: GraphBuilder) -> Tensor {
    let labels = classes.map { _ in builder.input(PortableNetwork.labels, [count, 1]) }
    return network.apply(x, mode: .inference, labels: labels, parameters: average?.values(in: builder) ?? [:])
  }

  /// A batch, and what the network makes of it.
  package struct Example: Sendable {
    /// [count] + the network's input shape.
    package let inputs: [Float]
    /// The class of each sample; nil where the network is given none.
    package let labels: [Int]?
    /// [count] + the network's output shape.
    package let outputs: [Float]
  }

  /// What it makes of standard normal values of the stream `examples/NAME`, sample n of class n modulo their number.
  package func example(count: Int, seed: UInt64, state: State, pool: ThreadPool) throws(PlanError) -> Example {
    let builder = GraphBuilder()
    let x = builder.input(input, Shape([count] + network.inputShape.axes))
    let session = try Session(
      Plan(builder, outputs: [apply(to: x, batch: count, in: builder)]), state: state, pool: pool)
    let inputs = Random(seed: seed).normal(stream: "examples/\(name)", step: 0, count: x.shape.count)
    let labels = classes.map { classes in (0..<count).map { $0 % classes } }
    session.input(input)?.write(inputs)
    if let labels { session.input(PortableNetwork.labels)?.write(labels.map { Float($0) }) }
    session.run(step: 0)
    return Example(inputs: inputs, labels: labels, outputs: session.buffer(session.plan.outputs[0]).values)
  }
}
