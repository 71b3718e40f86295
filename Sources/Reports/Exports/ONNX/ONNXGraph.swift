import Compute
import Files
import Specs
import Training

/// A network's inference as a graph of ONNX operators, one vertex of the program's own graph after the other.
///
/// The network is built for two numbers of samples; what differs between both depends on the batch, which has a name in ONNX in
/// place of a length. All layers are covered because all operations are: a layer of one's own is exported without more ado.
struct ONNXGraph {
  /// `NodeProto`s in the order in which they can run.
  private(set) var nodes: [ProtobufMessage] = []
  /// `TensorProto`s.
  private(set) var tensors: [ProtobufMessage] = []
  /// `ValueInfoProto`s.
  private(set) var inputs: [ProtobufMessage] = []
  private(set) var output = ProtobufMessage()

  let graph: Graph
  private let other: Graph
  private let batches: (Int, Int)
  private let network: PortableNetwork
  private let layer: (Origin) -> (path: String, layer: String, mark: Mark)?
  private let read: (Variable) -> [Float]
  /// What the values of vertices are called.
  var names: [Int: String] = [:]
  /// Images by their names, and what the same is called with the channels first.
  var channelsFirst: [String: String] = [:]
  private var constants: Set<String> = []
  private var batchName: String?

  /// Translates a network.
  /// - Parameters:
  ///   - layer: says which layer an origin stands for.
  ///   - read: gives the values of a variable.
  /// - Throws: `RunError` (65) with layer and line where an operation has no counterpart.
  init(
    _ network: PortableNetwork, layer: @escaping (Origin) -> (path: String, layer: String, mark: Mark)?,
    read: @escaping (Variable) -> [Float]
  ) throws(RunError) {
    (self.network, self.layer, self.read) = (network, layer, read)
    batches = ONNXExtent.batches(unit: network.network.batchUnit)
    let made = network.graph(batch: batches.0)
    (graph, other) = (made.graph, network.graph(batch: batches.1).graph)
    let live = graph.live([made.output])
    guard graph.vertices.count == other.vertices.count else {
      throw refusal(graph.vertices.count - 1, "takes other operations for other numbers of samples")
    }
    // Parameters become values where they are read.
    for vertex in live where !(graph.vertices[vertex].operation is ReadVariable) {
      let name = try add(vertex, to: vertex == made.output.index ? network.output : nil)
      names[vertex] = name
    }
    let last = made.output.index
    if names[last] != network.output {
      node("Identity", [names[last] ?? network.input], at: last, to: network.output)
    }
    output = ONNXValue.value(network.output, .float32, try extents(last))
  }

  /// What is to be said of an operation that cannot be exported.
  func refusal(_ vertex: Int, _ problem: String) -> RunError {
    let vertex = graph.vertices[vertex]
    guard let layer = layer(vertex.origin) else {
      return RunError(
        "\(vertex.operation.name) \(problem), which ONNX cannot say", remedy: "export it for torch or keras",
        exitCode: 65)
    }
    return RunError(
      Diagnostic.error(
        "\(layer.layer) (\(layer.path)) cannot be exported to ONNX: \(vertex.operation.name) \(problem)",
        at: layer.mark,
        remedy: "export it for torch or keras"), exitCode: 65)
  }

  /// The axes of a value.
  func extents(_ vertex: Int) throws(RunError) -> [ONNXExtent] {
    try extents(graph.vertices[vertex].shape, other.vertices[vertex].shape, at: vertex)
  }

  /// Axes that have these lengths for either number of samples.
  func extents(_ a: Shape, _ b: Shape, at vertex: Int) throws(RunError) -> [ONNXExtent] {
    var found: [ONNXExtent] = []
    guard a.rank == b.rank else { throw refusal(vertex, "has other axes for other numbers of samples") }
    for (a, b) in zip(a.axes, b.axes) {
      guard let extent = ONNXExtent(a, b, of: batches) else {
        throw refusal(vertex, "makes values that do not grow with the samples")
      }
      found.append(extent)
    }
    return found
  }

  /// The vertex of the other number of samples.
  func twin(_ vertex: Int) -> Graph.Vertex { other.vertices[vertex] }

  /// Adds an operator.
  /// - Parameters:
  ///   - vertex: whose value it helps to make.
  ///   - output: what its output is called; nil for a name of its own.
  /// - Returns: what its output is called.
  @discardableResult
  mutating func node(
    _ type: String, _ inputs: [String], at vertex: Int, to output: String? = nil,
    _ attributes: [(String, ONNXValue.Attribute)] = []
  ) -> String {
    let place = layer(graph.vertices[vertex].origin)?.path ?? network.name
    let name = "\(place)/\(type)_\(nodes.count)"
    let output = output ?? name
    nodes.append(ONNXValue.node(type, inputs, to: output, named: name, attributes))
    return output
  }

  /// A number as a value of the model.
  mutating func constant(_ value: Float) -> String {
    constant("\(value)") { ONNXValue.tensor([value], shape: [], named: $0) }
  }

  /// Whole numbers as a value of the model, such as axes.
  mutating func constant(_ values: [Int]) -> String {
    constant("[\(values.map(String.init).joined(separator: ","))]") {
      ONNXValue.tensor(values, shape: [values.count], named: $0)
    }
  }

  /// Numbers as a value of the model, with a name that no others have.
  mutating func constant(_ name: String, _ values: [Float], shape: [Int]) -> String {
    constant(name) { ONNXValue.tensor(values, shape: shape, named: $0) }
  }

  private mutating func constant(_ name: String, _ make: (String) -> ProtobufMessage) -> String {
    if constants.insert(name).inserted { tensors.append(make(name)) }
    return name
  }

  /// The values of a variable as a value of the model.
  mutating func parameter(_ variable: Variable) -> String {
    constant(variable.name, read(variable), shape: variable.shape.axes)
  }

  /// A kernel [rows, columns, a, b] as a value [b, a, rows, columns] of the model.
  mutating func kernel(_ operand: Int, at vertex: Int) -> String {
    guard let variable = (graph.vertices[operand].operation as? ReadVariable)?.variable else {
      return node("Transpose", [name(operand)], at: vertex, [("perm", .ints([3, 2, 0, 1]))])
    }
    let (shape, values) = Permutation([3, 2, 0, 1]).applied(to: read(variable), shape: variable.shape.axes)
    return constant(variable.name, values, shape: shape)
  }

  /// What the value of a vertex is called.
  mutating func name(_ vertex: Int) -> String {
    if let name = names[vertex] { return name }
    guard let variable = (graph.vertices[vertex].operation as? ReadVariable)?.variable else {
      preconditionFailure("a value that is read before it is made")
    }
    return parameter(variable)
  }

  /// An input of the model.
  mutating func input(_ name: String, _ element: ONNXValue.Element, _ axes: [ONNXExtent]) -> String {
    inputs.append(ONNXValue.value(name, element, axes))
    return name
  }

  /// A shape as a value of the model.
  mutating func shape(_ extents: [ONNXExtent], at vertex: Int) -> String {
    if extents.allSatisfy({ !$0.isOfBatch }) {
      return constant(extents.map { if case .fixed(let length) = $0 { length } else { 0 } })
    }
    let parts = extents.map { extent -> String in
      switch extent {
      case .fixed(let length): return constant([length])
      case .ofBatch(let numerator, let denominator):
        var length = batch(at: vertex)
        if numerator != 1 { length = node("Mul", [length, constant([numerator])], at: vertex) }
        if denominator != 1 { length = node("Div", [length, constant([denominator])], at: vertex) }
        return length
      }
    }
    return node("Concat", parts, at: vertex, [("axis", .int(0))])
  }

  /// The number of samples.
  private mutating func batch(at vertex: Int) -> String {
    if let batchName { return batchName }
    let shape = node("Shape", [network.input], at: vertex)
    let name = node("Gather", [shape, constant([0])], at: vertex)
    batchName = name
    return name
  }

  /// The same values under another shape.
  mutating func reshaped(
    _ value: String, to extents: [ONNXExtent], at vertex: Int, to output: String? = nil
  ) -> String {
    let growing = extents.filter(\.isOfBatch).count
    let shape =
      growing == 1
      ? constant(extents.map { if case .fixed(let length) = $0 { length } else { -1 } })
      : shape(extents, at: vertex)
    return node("Reshape", [value, shape], at: vertex, to: output)
  }
}
