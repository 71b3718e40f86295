import Compute
import TestSupport
import Testing

/// Sums of products as one product.
@Suite struct JoinedProductsTests {
  /// A graph with two matrices, of which one is a variable.
  private struct Matrices {
    let graph = GraphBuilder()
    var trial = Trial()
    let variable: Variable
    var x: Tensor

    init() {
      var generator = SeededGenerator(5)
      variable = trial.layout.add("matrix", shape: [40, 24], to: trial.layout.addBlock("parameters"))
      trial.variables[variable] = generator.floats(variable.shape.count, in: -1...1)
      trial.inputs["x"] = generator.floats(40 * 24, in: -1...1)
      x = graph.input("x", [40, 24])
    }

    /// x^T times the variable's rows from `start`, [24, 24].
    mutating func product(_ count: Int, from start: Int = 0) -> Tensor {
      let rows = graph.read(variable).rows(from: start, count: count)
      return x.rows(from: start, count: count).product(with: rows, transposeA: true)
    }
  }

  private struct Case: Sendable, CustomStringConvertible {
    let description: String
    /// The numbers of terms of the sums that are left, in order.
    let terms: [Int]
    let build: @Sendable (inout Matrices) -> [Tensor]
  }

  private static let cases: [Case] = [
    Case(description: "two products of other inner extents", terms: [2]) { m in
      let (a, b) = (m.product(40), m.product(7))
      return [(a + b).relu()]
    },
    Case(
      description: "four, of which one is of other transposes and one has a single inner place, in pairs",
      terms: [2, 2]
    ) { m in
      let (a, b, c) = (m.product(16), m.product(9, from: 3), m.product(1, from: 20))
      let square = m.x.rows(from: 0, count: 24).product(with: m.x.rows(from: 8, count: 24))
      let first = a + b
      let second = square + c
      return [first + second]
    },
    Case(description: "three, the sum of two last", terms: [3]) { m in
      let (a, b, c) = (m.product(16), m.product(9, from: 3), m.product(1, from: 20))
      let sum = b + c
      return [a + sum]
    },
    Case(description: "a product that something else reads", terms: []) { m in
      let (a, b) = (m.product(40), m.product(7))
      return [a + b, a.tanh()]
    },
    Case(description: "a product twice", terms: []) { m in
      let a = m.product(40)
      return [a + a]
    },
    Case(description: "a product beside something else", terms: []) { m in
      let a = m.product(24)
      return [a + m.x.rows(from: 0, count: 24)]
    },
    Case(description: "a factor that is updated before the sum", terms: []) { m in
      let (a, b) = (m.product(40), m.x.product(with: m.x, transposeA: true))
      let half = 0.5 * m.graph.read(m.variable)
      m.graph.assign(m.variable, half)
      return [a + b]
    },
    Case(description: "a factor that is updated after the sum", terms: [2]) { m in
      let (a, b) = (m.product(40), m.x.product(with: m.x, transposeA: true))
      let sum = a + b
      let half = 0.5 * m.graph.read(m.variable)
      m.graph.assign(m.variable, half)
      return [sum]
    },
  ]

  @Test(arguments: cases)
  private func `products are joined where nothing else depends on them`(_ joining: Case) throws {
    var matrices = Matrices()
    let outputs = joining.build(&matrices)
    let plan = Plan(matrices.graph, outputs: outputs)
    let live = PlanReport(plan).rows.indices.flatMap { plan.members(ofStep: $0) }
    let sums = live.compactMap { (plan.graph.vertices[$0].operation as? SumOfProducts)?.terms.count }
    #expect(sums == joining.terms)
    let exact = try matrices.trial.interpreter.run(matrices.graph)
    let found = try matrices.trial.run(matrices.graph, outputs: outputs, threads: 2)
    for (output, values) in zip(outputs, found.outputs) {
      #expect(Comparison.largestError(of: values, from: exact[output]) < 1e-5)
    }
  }
}
