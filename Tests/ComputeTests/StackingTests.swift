import Compute
import TestSupport
import Testing

/// Passes of several batches through the same weights.
@Suite struct StackingTests {
  /// A graph of passes, each begun by random draws of its own.
  private struct Passes {
    let graph = GraphBuilder()
    var trial = Trial()
    let kernel: Variable
    let square: Variable
    let bias: Variable
    var outputs: [Tensor] = []
    private var draws = 0

    init() {
      var generator = SeededGenerator(11)
      let block = trial.layout.addBlock("parameters")
      kernel = trial.layout.add("kernel", shape: [5, 24], to: block)
      square = trial.layout.add("square", shape: [24, 24], to: block)
      bias = trial.layout.add("bias", shape: [24], to: block)
      for variable in [kernel, square, bias] {
        trial.variables[variable] = generator.floats(variable.shape.count, in: -0.4...0.4)
      }
    }

    mutating func draw(_ rows: Int) -> Tensor {
      draws += 1
      return graph.normal([rows, 5], stream: "latent/\(draws)")
    }

    mutating func first(_ x: Tensor) -> Tensor {
      (x.product(with: graph.read(kernel)) + graph.read(bias)).relu()
    }

    mutating func second(_ x: Tensor) -> Tensor {
      let rows = x.shape[0]
      let y = x.product(with: graph.read(square), transposeB: true).tanh()
      return y.reshaped(to: [rows, 4, 6])
    }

    mutating func dropped(_ x: Tensor) -> Tensor {
      draws += 1
      return x * graph.mask(x.shape, rate: 0.3, stream: "dropout/\(draws)")
    }

    mutating func centered(_ x: Tensor) -> Tensor {
      let mean = x.sum(over: 0..<1) * (1 / Float(x.shape[0]))
      return x - mean
    }

    /// As the mean over a sample's features, which is one row's own.
    mutating func leveled(_ x: Tensor) -> Tensor {
      let mean = x.sum(over: 1..<2) * (1 / 24)
      return x - mean.reshaped(to: [x.shape[0], 1])
    }

    /// Descends along the gradient of the mean square of a value.
    mutating func train(_ y: Tensor) {
      let loss = y.sumOfSquares() * (1 / Float(y.shape.count))
      let variables = [kernel, square, bias]
      let gradients = loss.gradients(withRespectTo: variables.map { graph.read($0) })
      for (variable, gradient) in zip(variables, gradients) {
        guard let gradient else { continue }
        let moved = graph.read(variable) - gradient
        graph.assign(variable, moved)
      }
    }
  }

  private struct Case: Sendable, CustomStringConvertible {
    let description: String
    /// The rows of each product on the way forward, in order.
    let rows: [Int]
    let build: @Sendable (inout Passes) -> Void
  }

  private static let cases: [Case] = [
    Case(description: "two passes through two layers", rows: [60, 60]) { passes in
      for _ in 0..<2 {
        let x = passes.draw(30)
        passes.outputs.append(passes.second(passes.first(x)))
      }
    },
    Case(description: "three passes with masks of their own", rows: [21, 21]) { passes in
      for _ in 0..<3 {
        let x = passes.dropped(passes.draw(7))
        passes.outputs.append(passes.second(passes.dropped(passes.first(x))))
      }
    },
    Case(description: "sums within a row", rows: [24, 24]) { passes in
      for _ in 0..<2 {
        let x = passes.draw(12)
        passes.outputs.append(passes.second(passes.leveled(passes.first(x))))
      }
    },
    Case(description: "rows of which one pass is trained", rows: [16, 16]) { passes in
      for number in 0..<2 {
        let x = passes.draw(8)
        let y = passes.second(passes.first(x))
        passes.outputs.append(y)
        if number == 1 { passes.train(y) }
      }
    },
    Case(description: "statistics of the batch end a stack", rows: [20, 10, 10]) { passes in
      for _ in 0..<2 {
        let x = passes.draw(10)
        passes.outputs.append(passes.second(passes.centered(passes.first(x))))
      }
    },
    Case(description: "weights that were updated in between are others", rows: [10, 10, 10, 10]) { passes in
      for _ in 0..<2 {
        let x = passes.draw(10)
        let y = passes.second(passes.first(x))
        passes.outputs.append(y)
        passes.train(y)
      }
    },
    Case(description: "batches of other sizes", rows: [10, 11]) { passes in
      for rows in [10, 11] {
        let x = passes.draw(rows)
        passes.outputs.append(passes.first(x))
      }
    },
    Case(description: "no more rows than pay", rows: [500, 100]) { passes in
      for _ in 0..<6 {
        let x = passes.draw(100)
        passes.outputs.append(passes.first(x))
      }
    },
    Case(description: "a pass that ends sooner", rows: [24, 8, 8]) { passes in
      for number in 0..<3 {
        let x = passes.draw(8)
        let y = passes.first(x)
        passes.outputs.append(number < 2 ? passes.second(y) : y)
      }
    },
    Case(description: "a pass that skips a function", rows: [18, 9, 9]) { passes in
      for number in 0..<2 {
        let x = passes.draw(9)
        let y = passes.first(x)
        passes.outputs.append(passes.second(number == 0 ? y : y.square()))
      }
    },
    Case(description: "data instead of draws", rows: [6, 6]) { passes in
      for name in ["x", "y"] {
        passes.trial.inputs[name] = (0..<30).map { Float($0 % 7) - 3 }
        let x = passes.graph.input(name, [6, 5])
        passes.outputs.append(passes.first(x))
      }
    },
    Case(description: "the same draws twice are one pass", rows: [6]) { passes in
      let x = passes.draw(6)
      for _ in 0..<2 { passes.outputs.append(passes.first(x)) }
    },
    Case(description: "a draw that leads one operand and follows in another", rows: [6, 6]) { passes in
      // Drawn in this order, y is the second pass of x and the first of z.
      let (y, x, z) = (passes.draw(6), passes.draw(6), passes.draw(6))
      for (left, right) in [(x, y), (y, z)] {
        let product = left * right
        passes.outputs.append(passes.first(product))
      }
      passes.outputs.append(z)
    },
    Case(description: "draws that follow each other round", rows: [4, 4]) { passes in
      let draws = (0..<5).map { _ in passes.draw(4) }
      for terms in [[0, 1, 2, 1, 3], [1, 3, 3, 3, 4]] {
        var sum = draws[terms[0]] + draws[terms[1]]
        for term in terms[2...3] { sum = sum + draws[term].tanh() }
        sum = sum + draws[terms[4]]
        passes.outputs.append(passes.first(sum))
      }
      passes.outputs += draws
    },
    Case(description: "draws in the other order, one of them read before", rows: [6, 6]) { passes in
      let later = passes.draw(6)
      let early = later.sumOfSquares()
      let sooner = passes.draw(6)
      for x in [sooner, later] { passes.outputs.append(passes.first(x)) }
      passes.outputs.append(early)
    },
    Case(description: "an operand shared by both passes", rows: [6, 6]) { passes in
      passes.trial.inputs["shared"] = (0..<30).map { Float($0 % 5) - 2 }
      let shared = passes.graph.input("shared", [1, 6, 5])
      for _ in 0..<2 {
        let x = (passes.draw(6) + shared).reshaped(to: [6, 5])
        passes.outputs.append(passes.first(x))
      }
    },
    Case(description: "an operand of more axes than its reader", rows: [6, 6]) { passes in
      passes.trial.inputs["shared"] = (0..<30).map { Float($0 % 5) - 2 }
      let shared = passes.graph.input("shared", [1, 6, 5])
      for _ in 0..<2 {
        let x = passes.draw(6) + shared
        passes.outputs.append(passes.first(x))
      }
    },
    Case(description: "one loss of several passes", rows: [24]) { passes in
      var sum: Tensor?
      for _ in 0..<3 {
        let x = passes.draw(8)
        let y = passes.first(x)
        passes.outputs.append(y)
        let mean = y.sigmoid().mean()
        sum = sum.map { $0 + mean } ?? mean
      }
      if let sum { passes.train(sum) }
    },
    Case(description: "single rows", rows: [2, 2]) { passes in
      for _ in 0..<2 {
        let x = passes.draw(1)
        passes.outputs.append(passes.second(passes.first(x)))
      }
    },
  ]

  @Test(arguments: cases)
  private func `passes that belong together are one, with the values of passes of their own`(_ passing: Case) throws {
    var passes = Passes()
    passing.build(&passes)
    let graph = passes.graph.finished()
    let plan = Plan(passes.graph, outputs: passes.outputs)
    let products = plan.graph.vertices.filter { vertex in
      (vertex.operation as? Product)?.transposesA == false && !vertex.origin.isGradient
    }
    #expect(products.map { $0.shape[0] } == passing.rows)

    let stacked = try passes.trial.interpreter.run(plan.graph)
    let exact = try passes.trial.interpreter.run(graph)
    for index in graph.vertices.indices {
      #expect(stacked.values[plan.place(of: VertexNumber(index: index))] == exact.values[index])
    }
    let found = try passes.trial.run(passes.graph, outputs: passes.outputs, threads: 2)
    for (output, values) in zip(passes.outputs, found.outputs) {
      #expect(Comparison.largestError(of: values, from: exact[output]) < 1e-5)
    }
    for (variable, values) in exact.variables {
      let trained = try #require(found.variables[variable])
      #expect(Comparison.largestError(of: trained, from: values) < 1e-5, "\(variable.name)")
    }
  }
}
