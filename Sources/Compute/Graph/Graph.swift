/// A value in a graph.
public struct Tensor: Hashable, Sendable {
  package let index: Int

  /// The value of the vertex with this index.
  package init(index: Int) { self.index = index }
}

/// What made a vertex: a number that the caller gives a meaning, such as a layer of a network.
public struct Origin: Hashable, Sendable {
  /// The caller's number; 0 for none.
  public var tag: Int
  /// Whether the vertex was emitted by a gradient rule of that origin.
  public var isGradient: Bool

  /// An origin with the caller's number.
  public init(tag: Int, isGradient: Bool = false) {
    self.tag = tag
    self.isGradient = isGradient
  }
}

/// A description of a computation: operations on values of fixed shapes, in an order in which they can run.
///
/// Building it costs no memory for values. Equal operations on equal operands are merged as they are added.
/// Variables are read in their latest version: an update makes a new one, and whatever is added later reads that.
public struct Graph: Sendable {
  /// An operation with its operands.
  package struct Vertex: Sendable {
    package let operation: any Operation
    package let operands: [Tensor]
    package let shape: Shape
    package let origin: Origin
  }

  private struct Key: Hashable, @unchecked Sendable {
    let operation: AnyHashable
    let operands: [Tensor]
  }

  package private(set) var vertices: [Vertex] = []
  /// Update vertices in the order they were added: what a plan must run although nobody reads the result.
  package private(set) var updates: [Tensor] = []
  /// The origin of vertices added from here on.
  public var origin = Origin(tag: 0)
  private var known: [Key: Tensor] = [:]
  private var latest: [Variable: Tensor] = [:]
  /// Variables' values that an update has overwritten.
  private var overwritten: Set<Tensor> = []

  /// An empty graph.
  public init() {}

  /// A graph to be planned: it knows nothing of equal vertices or of variables' latest values.
  init(vertices: [Vertex], updates: [Tensor]) {
    self.vertices = vertices
    self.updates = updates
  }

  /// The shape of a value.
  public func shape(_ tensor: Tensor) -> Shape { vertices[tensor.index].shape }

  package func vertex(_ tensor: Tensor) -> Vertex { vertices[tensor.index] }

  /// Adds an operation, or finds the equal one that is there.
  public mutating func add(_ operation: some Operation, _ operands: [Tensor]) -> Tensor {
    let key = Key(operation: AnyHashable(operation), operands: operands)
    if let tensor = known[key] { return tensor }
    for operand in operands {
      precondition(
        !overwritten.contains(memory(of: operand)) || operation is any UpdatingOperation,
        "\(operation.name) reads a variable's value that was updated before")
    }
    let shape = operation.shape(of: operands.map { self.shape($0) })
    let tensor = Tensor(index: vertices.count)
    vertices.append(Vertex(operation: operation, operands: operands, shape: shape, origin: origin))
    known[key] = tensor
    return tensor
  }

  /// The value in whose memory a value lies.
  private func memory(of tensor: Tensor) -> Tensor {
    var root = tensor
    while vertex(root).operation is any StructuralOperation, let source = vertex(root).operands.first { root = source }
    return root
  }

  /// The latest value of a variable.
  public mutating func read(_ variable: Variable) -> Tensor {
    if let tensor = latest[variable] { return tensor }
    let tensor = add(ReadVariable(variable: variable), [])
    latest[variable] = tensor
    return tensor
  }

  /// Records that `update` replaced the value `old` of a variable.
  mutating func replace(_ old: Tensor, of variable: Variable, by update: Tensor) {
    overwritten.insert(old)
    latest[variable] = update
    updates.append(update)
  }
}
