import Compute
import TestSupport
import Testing

/// Emitted gradients, first and second, against central differences.
@Suite struct GradientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// The shapes of the inputs.
    let shapes: [Shape]
    let range: ClosedRange<Float>
    let apply: @Sendable (inout Graph, [Tensor]) -> Tensor
    var testDescription: String { name }

    init(
      _ name: String, _ shapes: [Shape], _ range: ClosedRange<Float> = -2...2,
      _ apply: @escaping @Sendable (inout Graph, [Tensor]) -> Tensor
    ) {
      self.name = name
      self.shapes = shapes
      self.range = range
      self.apply = apply
    }
  }

  private static let geometries: [ConvolutionGeometry] = {
    typealias Pair = ConvolutionGeometry.Pair
    return [
      ConvolutionGeometry(
        input: Pair(5, 4), output: Pair(4, 4), kernel: Pair(3, 2), strides: Pair(1, 1), dilation: Pair(1, 1),
        padding: Pair(1, 0)),
      ConvolutionGeometry(
        input: Pair(9, 7), output: Pair(4, 3), kernel: Pair(3, 3), strides: Pair(2, 2), dilation: Pair(2, 1),
        padding: Pair(1, 1)),
      ConvolutionGeometry(
        input: Pair(3, 4), output: Pair(3, 4), kernel: Pair(1, 1), strides: Pair(1, 1), dilation: Pair(1, 1),
        padding: Pair(0, 0)),
      ConvolutionGeometry(
        input: Pair(9, 7), output: Pair(5, 4), kernel: Pair(3, 3), strides: Pair(2, 2), dilation: Pair(1, 1),
        padding: Pair(1, 1)),
    ]
  }()

  static let cases: [Case] = [
    Case("relu", [[5, 7]]) { $0.relu($1[0]) },
    Case("leaky relu", [[5, 7]]) { $0.leakyRelu($1[0], slope: 0.2) },
    Case("elu", [[5, 7]]) { $0.elu($1[0], alpha: 0.7) },
    Case("square", [[33]]) { $0.square($1[0]) },
    Case("square root", [[33]], 0.3...3) { $0.squareRoot($1[0]) },
    Case("exponential", [[33]]) { $0.exponential($1[0]) },
    Case("logarithm", [[33]], 0.3...3) { $0.logarithm($1[0]) },
    Case("tanh", [[33]]) { $0.tanh($1[0]) },
    Case("sigmoid", [[33]]) { $0.sigmoid($1[0]) },
    Case("softplus", [[33]]) { $0.softplus($1[0]) },
    Case("error function", [[33]]) { $0.errorFunction($1[0]) },
    Case("is positive", [[33]]) { $0.multiply($0.isPositive($1[0]), $1[0]) },
    Case("clip", [[33]]) { $0.clip($1[0], to: 10) },
    Case("clip, all cut", [[33]], 1...2) { $0.clip($1[0], to: 0.5) },
    Case("clip, some cut", [[33]]) { $0.clip($1[0], between: -0.7, and: 1.1) },
    Case("absolute", [[33]]) { $0.absolute($1[0]) },
    Case("minimum", [[33]]) { $0.minimum($1[0], 5) },
    Case("scale and offset", [[33]]) { $0.offset($0.scale($1[0], by: -3), by: 2) },
    Case("add, periodic", [[5, 7], [7]]) { $0.add($1[0], $1[1]) },
    Case("subtract, scalar first", [[], [5, 7]]) { $0.subtract($1[0], $1[1]) },
    Case("subtract, repeated", [[5, 7], [5, 1]]) { $0.subtract($1[0], $1[1]) },
    Case("multiply", [[5, 7], [5, 7]]) { $0.multiply($1[0], $1[1]) },
    Case("multiply, a value with itself", [[5, 7]]) { $0.multiply($1[0], $1[0]) },
    Case("multiply, periodic first", [[3, 7], [2, 3, 7]]) { $0.multiply($1[0], $1[1]) },
    Case("divide, repeated", [[5, 7], [5, 1]], 0.5...2) { $0.divide($1[0], $1[1]) },
    Case("divide, by a scalar", [[5, 7], [1]], 0.5...2) { $0.divide($1[0], $1[1]) },
    Case("divide, a row by a matrix", [[7], [5, 7]], 0.5...2) { $0.divide($1[0], $1[1]) },
    Case("broadcast", [[7]]) { $0.broadcast($1[0], to: [3, 5, 7]) },
    Case("broadcast of one", [[1]]) { $0.broadcast($1[0], to: [3, 5]) },
    Case("reshape", [[4, 6]]) { $0.reshape($0.tanh($1[0]), to: [2, 3, 4]) },
    Case("sum over outer axes", [[2, 3, 7]]) { $0.sum($1[0], over: 0..<2) },
    Case("sum over inner axes", [[2, 3, 7]]) { $0.sum($1[0], over: 1..<3) },
    Case("sum over middle axes", [[2, 3, 4, 5]]) { $0.sum($1[0], over: 1..<3) },
    Case("subtract, nested", [[2, 3, 4, 5], [2, 1, 1, 5]]) { $0.subtract($1[0], $1[1]) },
    Case("multiply, nested first", [[2, 1, 3], [2, 4, 3]]) { $0.multiply($1[0], $1[1]) },
    Case("sum over many rows", [[1024, 8]]) { $0.square($0.sum($1[0], over: 0..<1)) },
    Case("total", [[5, 7]]) { $0.square($0.sum($1[0])) },
    Case("total of squares", [[5, 7]]) { $0.squareRoot($0.sumOfSquares($1[0])) },
    Case("product", [[3, 5], [5, 4]]) { $0.product($1[0], $1[1]) },
    Case("product, first transposed", [[5, 3], [5, 4]]) { $0.product($1[0], $1[1], transposeA: true) },
    Case("product, second transposed", [[3, 5], [4, 5]]) { $0.product($1[0], $1[1], transposeB: true) },
    Case("product, both transposed", [[5, 3], [4, 5]]) {
      $0.product($1[0], $1[1], transposeA: true, transposeB: true)
    },
    Case("convolution", [[2, 5, 4, 2], [3, 2, 2, 3]]) { $0.convolution($1[0], $1[1], geometries[0]) },
    Case("convolution, strides and dilation", [[2, 9, 7, 1], [3, 3, 1, 2]]) {
      $0.convolution($1[0], $1[1], geometries[1])
    },
    Case("convolution, place by place", [[2, 3, 4, 5], [1, 1, 5, 3]]) { $0.convolution($1[0], $1[1], geometries[2]) },
    Case("transposed convolution", [[2, 4, 4, 3], [3, 2, 2, 3]]) { $0.convolutionInput($1[0], $1[1], geometries[0]) },
    Case("transposed convolution, strides and dilation", [[2, 4, 3, 2], [3, 3, 1, 2]]) {
      $0.convolutionInput($1[0], $1[1], geometries[1])
    },
    Case("convolution's kernel", [[2, 9, 7, 1], [2, 4, 3, 2]]) { $0.convolutionKernel($1[0], $1[1], geometries[1]) },
    Case("means over windows", [[2, 5, 4, 3]]) {
      $0.resample(
        $1[0], rows: .means(5, outputs: 3, size: 3, stride: 2, padding: 1),
        columns: .means(4, outputs: 3, size: 2, stride: 1, padding: 0))
    },
    Case("interpolation", [[2, 3, 4, 2]]) {
      $0.resample($1[0], rows: .linear(3, times: 2), columns: .nearest(4, times: 3))
    },
    Case("window's maximum", [[2, 5, 4, 2]]) { $0.windowMaximum($1[0], geometries[0]) },
    Case("window's maximum, strides", [[2, 9, 7, 1]]) { $0.windowMaximum($1[0], geometries[3]) },
    Case("depthwise convolution", [[2, 5, 4, 3], [3, 2, 3]]) { $0.depthwiseConvolution($1[0], $1[1], geometries[0]) },
    Case("depthwise convolution, strides and dilation", [[2, 9, 7, 2], [3, 3, 2]]) {
      $0.depthwiseConvolution($1[0], $1[1], geometries[1])
    },
    Case("depthwise convolution's input", [[2, 4, 3, 2], [3, 3, 2]]) {
      $0.depthwiseInput($1[0], $1[1], geometries[1])
    },
    Case("depthwise convolution's kernel", [[2, 9, 7, 2], [2, 4, 3, 2]]) {
      $0.depthwiseKernel($1[0], $1[1], geometries[1])
    },
    Case("concatenation", [[5, 3], [5, 1], [5, 4]]) { $0.concatenate([$0.tanh($1[0]), $1[1], $1[2]]) },
    Case("concatenation with itself", [[2, 3, 2]]) { $0.concatenate([$1[0], $0.square($1[0])]) },
    Case("columns", [[5, 7]]) { $0.columns($0.square($1[0]), from: 2, count: 3) },
    Case("batched product", [[2, 3, 5], [2, 5, 4]]) { $0.batchedProduct($1[0], $1[1]) },
    Case("batched product, first transposed", [[2, 5, 3], [2, 5, 4]]) {
      $0.batchedProduct($1[0], $1[1], transposeA: true)
    },
    Case("batched product, second transposed", [[2, 3, 5], [2, 4, 5]]) {
      $0.batchedProduct($1[0], $1[1], transposeB: true)
    },
    Case("batched product, both transposed", [[2, 5, 3], [2, 4, 5]]) {
      $0.batchedProduct($1[0], $1[1], transposeA: true, transposeB: true)
    },
    Case("softmax", [[5, 7]]) { $0.softmax($1[0]) },
    Case("softmax of one", [[5, 1]]) { $0.multiply($0.softmax($1[0]), $1[0]) },
    Case("distance of pairs", [[4, 3, 2]]) { $0.pairDistance($1[0]) },
    Case("sum over pairs", [[4, 4, 3], [4, 3, 2]]) { $0.pairSum($1[0], by: $1[1]) },
    Case("times a ramp", [[5, 7]]) { $0.multiply($1[0], $0.ramp(from: 2, until: 10)) },
    Case("slope of tanh twice", [[9]]) { graph, x in
      let total = graph.sum(graph.tanh(x[0]))
      return graph.gradients(of: total, withRespectTo: [x[0]])[0] ?? total
    },
    Case("slope of sigmoid twice", [[9]]) { graph, x in
      let total = graph.sum(graph.sigmoid(x[0]))
      return graph.gradients(of: total, withRespectTo: [x[0]])[0] ?? total
    },
    Case("translation", [[3, 5, 4, 2]]) { graph, x in
      let offsets = graph.offset(graph.uniform([3, 2], stream: "t"), by: -0.5)
      return graph.translation(x[0], by: offsets, height: 5, width: 5)
    },
    Case("ln of a sum of exponentials", [[5, 7]]) { $0.logSumExp($1[0]) },
    Case("masked by a draw", [[5, 7]]) { $0.multiply($1[0], $0.mask([5, 7], rate: 0.4, stream: "m")) },
    Case("a small network", [[6, 5], [5, 8], [8], [8, 1]]) { graph, x in
      let hidden = graph.tanh(graph.add(graph.product(x[0], x[1]), x[2]))
      return graph.softplus(graph.product(hidden, x[3]))
    },
  ]

  @Test(arguments: cases) func `gradients match central differences`(test: Case) throws {
    var generator = SeededGenerator(11)
    var trial = Trial()
    for (number, shape) in test.shapes.enumerated() {
      trial.inputs["x\(number)"] = generator.floats(shape.count, in: test.range, gap: 0.05)
    }
    let weights = generator.floats(10_000, in: 0.5...1.5)
    let errors = try GradientCheck(trial).errors { graph in
      let x = test.shapes.enumerated().map { graph.input("x\($0)", $1) }
      let y = test.apply(&graph, x)
      // Weights of its own for each value, and a square, so that no second gradient is zero for want of curvature.
      let total = graph.shape(y).count
      var sum = graph.scale(graph.sumOfSquares(y), by: 0.5)
      for place in 0..<min(total, 3) {
        sum = graph.add(sum, graph.scale(graph.sum(y), by: weights[place]))
      }
      return (sum, x)
    }
    #expect(errors.emitted < 1e-7)
    #expect(errors.emittedSecond < 1e-7)
    #expect(errors.planned < 1e-4)
    #expect(errors.plannedSecond < 1e-4)
  }

  @Test func `what is held constant has no gradient`() throws {
    var trial = Trial()
    trial.inputs["x"] = [0.5, -1, 2]
    var graph = Graph()
    let x = graph.input("x", [3])
    let loss = graph.sum(graph.multiply(graph.snapshot(graph.square(x)), x))
    let gradient = try #require(graph.gradients(of: loss, withRespectTo: [x])[0])
    #expect(try trial.run(graph, outputs: [gradient]).outputs[0] == [0.25, 1, 4])
    let square = graph.sumOfSquares(graph.snapshot(x))
    #expect(graph.gradients(of: square, withRespectTo: [x]) == [nil])
  }

  @Test func `what a loss does not depend on has no gradient`() {
    var graph = Graph()
    let x = graph.input("x", [3])
    let y = graph.input("y", [3])
    let loss = graph.sum(graph.add(graph.square(x), graph.isPositive(y)))
    let gradients = graph.gradients(of: loss, withRespectTo: [x, y])
    #expect(gradients[0] != nil && gradients[1] == nil)
  }
}
