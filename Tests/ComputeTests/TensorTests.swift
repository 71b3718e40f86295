import Compute
import TestSupport
import Testing

/// The notation of tensors: what an expression adds to the graph, in which order, and what it means.
@Suite struct TensorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// The operations behind the inputs, in order.
    let operations: [String]
    let value: @Sendable (Double, Double) -> Double
    let apply: @Sendable (Tensor, Tensor) -> Tensor
    var testDescription: String { text }

    init(
      _ text: String, _ operations: [String], value: @escaping @Sendable (Double, Double) -> Double,
      _ apply: @escaping @Sendable (Tensor, Tensor) -> Tensor
    ) {
      self.text = text
      self.operations = operations
      self.value = value
      self.apply = apply
    }
  }

  static let cases: [Case] = [
    Case("a + b", ["add"], value: { $0 + $1 }) { $0 + $1 },
    Case("a - b", ["subtract"], value: { $0 - $1 }) { $0 - $1 },
    Case("a * b", ["multiply"], value: { $0 * $1 }) { $0 * $1 },
    Case("a / b", ["divide"], value: { $0 / $1 }) { $0 / $1 },
    Case("-a", ["scale"], value: { a, _ in -a }) { a, _ in -a },
    Case("a * 3", ["scale"], value: { a, _ in 3 * a }) { a, _ in a * 3 },
    Case("3 * a", ["scale"], value: { a, _ in 3 * a }) { a, _ in 3 * a },
    Case("a * 1", [], value: { a, _ in a }) { a, _ in a * 1 },
    Case("a + 3", ["offset"], value: { a, _ in a + 3 }) { a, _ in a + 3 },
    Case("3 + a", ["offset"], value: { a, _ in a + 3 }) { a, _ in 3 + a },
    Case("a + 0", [], value: { a, _ in a }) { a, _ in a + 0 },
    Case("a - 3", ["offset"], value: { a, _ in a - 3 }) { a, _ in a - 3 },
    Case("3 - a", ["scale", "offset"], value: { a, _ in 3 - a }) { a, _ in 3 - a },
    Case("a / 3", ["3.0", "divide"], value: { a, _ in a / 3 }) { a, _ in a / 3 },
    Case("3 / a", ["3.0", "divide"], value: { a, _ in 3 / a }) { a, _ in 3 / a },
    Case("a times a constant", ["3.0", "scale"], value: { a, _ in 3 * a }) { a, _ in a * a.graph.constant(3) },
    Case("equal terms are one", ["add", "multiply"], value: { ($0 + $1) * ($0 + $1) }) { ($0 + $1) * ($0 + $1) },
    Case("a point between", ["multiply", "scale", "offset", "multiply", "add"], value: { $0 * $1 + $1 * (1 - $0) }) {
      a, b in a * b + b * (1 - a)
    },
    Case("mean", ["sum", "scale"], value: { a, _ in a }) { a, _ in a.broadcast(to: [4]).mean() },
  ]

  @Test(arguments: cases) func `an expression adds its operations from left to right`(_ test: Case) throws {
    let graph = GraphBuilder()
    let (a, b) = (graph.input("a", []), graph.input("b", []))
    let result = test.apply(a, b)
    let added = graph.finished().vertices.dropFirst(2).map(\.operation.name)
    #expect(added.filter { $0 != "broadcast" } == test.operations)
    let values = Interpreter(inputs: ["a": [0.75], "b": [1.5]])
    #expect(abs(try values.run(graph)[result][0] - test.value(0.75, 1.5)) < 1e-6)
  }

  @Test func `a finished graph stays as it is while its builder goes on`() {
    let graph = GraphBuilder()
    let x = graph.input("x", [3])
    let finished = graph.finished()
    let y = x.square() + 1
    #expect(finished.vertices.count == 1)
    #expect(graph.finished().vertices.count == 3)
    #expect(y.shape == [3] && finished.shape(x.number) == [3])
  }

  @Test func `the same vertex of another graph is another value`() {
    let (one, other) = (GraphBuilder(), GraphBuilder())
    let (x, y) = (one.input("x", [3]), other.input("x", [3]))
    #expect(x == one.input("x", [3]))
    #expect(x != y && x.number == y.number)
  }
}
