import Compute

/// Runs a graph in Double, vertex after vertex, by the mathematical definition of each operation: what plans and their
/// kernels are held against.
package struct Interpreter {
  /// The values of inputs by name; row numbers as whole numbers.
  package var inputs: [String: [Double]]
  /// The values of variables before the run.
  package var variables: [Variable: [Double]]
  /// The sample table, value after value.
  package var samples: [Double]
  /// The classes of the samples.
  package var labels: [Double]
  /// The seed of random draws.
  package var seed: UInt64
  /// The step of random draws.
  package var step: UInt32

  /// An interpreter with the values that a graph reads.
  package init(
    inputs: [String: [Double]] = [:], variables: [Variable: [Double]] = [:], samples: [Double] = [],
    labels: [Double] = [], seed: UInt64 = 0, step: UInt32 = 0
  ) {
    self.inputs = inputs
    self.variables = variables
    self.samples = samples
    self.labels = labels
    self.seed = seed
    self.step = step
  }

  /// What a run leaves.
  package struct Outcome {
    /// The value of every vertex.
    package let values: [[Double]]
    /// The variables after all updates.
    package let variables: [Variable: [Double]]

    /// The value of one vertex.
    package subscript(tensor: Tensor) -> [Double] { values[tensor.number.index] }
  }

  /// Why a graph cannot be interpreted.
  package enum Failure: Error, Equatable {
    /// No rule knows this operation.
    case unknownOperation(String)
    /// A rule gave a result of another size than the operation's shape.
    case wrongCount(operation: String, expected: Int, found: Int)
    /// Nobody gave this input or variable.
    case missing(String)
  }

  /// Runs every vertex of the graph that a builder holds.
  package func run(_ builder: GraphBuilder) throws -> Outcome { try run(builder.finished()) }

  /// Runs every vertex of a graph.
  package func run(_ graph: Graph) throws -> Outcome {
    let memory = Memory(self)
    var values: [[Double]] = []
    for vertex in graph.vertices {
      let operands = vertex.operands.map { Value(shape: graph.shape($0), values: values[$0.index]) }
      values.append(try result(of: vertex, operands, memory))
    }
    return Outcome(values: values, variables: memory.variables)
  }

  /// The result of one vertex for given operands.
  package func result(of vertex: Graph.Vertex, _ operands: [Value], _ memory: Memory) throws -> [Double] {
    guard let rule = Rule.all.first(where: { $0.type == type(of: vertex.operation) }) else {
      throw Failure.unknownOperation("\(type(of: vertex.operation))")
    }
    let site = Site(operands: operands, result: vertex.shape, memory: memory)
    let values = try rule.apply(vertex.operation, site)
    guard values.count == vertex.shape.count else {
      throw Failure.wrongCount(
        operation: vertex.operation.name, expected: vertex.shape.count, found: values.count)
    }
    return values
  }

  /// An operand.
  package struct Value {
    package let shape: Shape
    package let values: [Double]

    package init(shape: Shape, values: [Double]) {
      self.shape = shape
      self.values = values
    }
  }

  /// What lies around the graph: inputs, and variables as they change.
  package final class Memory {
    package let surroundings: Interpreter
    package var variables: [Variable: [Double]]

    package init(_ surroundings: Interpreter) {
      self.surroundings = surroundings
      variables = surroundings.variables
    }
  }

  /// Where a rule is applied.
  package struct Site {
    package let operands: [Value]
    package let result: Shape
    package let memory: Memory

    /// The values of an operand repeated to the result's shape.
    func repeated(_ place: Int) -> [Double] { Repetition.repeated(operands[place], to: result) }
  }
}
