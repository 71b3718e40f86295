/// A graph under construction.
///
/// Tensors, and the sites of layers, losses and regularizers, refer to the one builder; `finished()` gives the graph as a value.
/// Adding costs no memory for values, and equal operations on equal operands are one vertex. Variables are read in their latest
/// version: an update makes a new one, and whatever is added later reads that.
package final class GraphBuilder {
  private struct Key: Hashable {
    let operation: AnyHashable
    let operands: [VertexNumber]
  }

  private var vertices: [Graph.Vertex] = []
  private var updates: [VertexNumber] = []
  /// The origin of vertices added from here on.
  package var origin = Origin(tag: 0)
  private var known: [Key: VertexNumber] = [:]
  private var latest: [Variable: VertexNumber] = [:]
  /// Variables' values that an update has overwritten.
  private var overwritten: Set<VertexNumber> = []

  package init() {}

  /// The graph as it is now.
  package func finished() -> Graph { Graph(vertices: vertices, updates: updates) }

  /// The value of a vertex.
  func tensor(_ number: VertexNumber) -> Tensor { Tensor(graph: self, number: number) }

  package func vertex(_ tensor: Tensor) -> Graph.Vertex {
    precondition(tensor.graph === self, "a value of another graph")
    return vertices[tensor.number.index]
  }

  /// Adds an operation, or finds the equal one that is there.
  package func add(_ operation: some Operation, _ operands: [Tensor]) -> Tensor {
    precondition(operands.allSatisfy { $0.graph === self }, "\(operation.name) reads a value of another graph")
    let numbers = operands.map(\.number)
    let key = Key(operation: AnyHashable(operation), operands: numbers)
    if let number = known[key] { return tensor(number) }
    for number in numbers {
      precondition(
        !overwritten.contains(memory(of: number)) || operation is any UpdatingOperation,
        "\(operation.name) reads a variable's value that was updated before")
    }
    let shape = operation.shape(of: operands.map(\.shape))
    let number = VertexNumber(index: vertices.count)
    vertices.append(Graph.Vertex(operation: operation, operands: numbers, shape: shape, origin: origin))
    known[key] = number
    return tensor(number)
  }

  /// The value in whose memory a value lies.
  private func memory(of number: VertexNumber) -> VertexNumber {
    var root = number
    while vertices[root.index].operation is any StructuralOperation, let source = vertices[root.index].operands.first {
      root = source
    }
    return root
  }

  /// The latest value of a variable.
  package func read(_ variable: Variable) -> Tensor {
    if let number = latest[variable] { return tensor(number) }
    let read = add(ReadVariable(variable: variable), [])
    latest[variable] = read.number
    return read
  }

  /// Records that `update` replaced the value `old` of a variable.
  func replace(_ old: Tensor, of variable: Variable, by update: Tensor) {
    overwritten.insert(old.number)
    latest[variable] = update.number
    updates.append(update.number)
  }

  /// The vertices up to a value, in order.
  func vertices(to tensor: Tensor) -> ArraySlice<Graph.Vertex> { vertices[...tensor.number.index] }
}
