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
    let apply: @Sendable ([Tensor]) -> Tensor
    var testDescription: String { name }

    init(
      _ name: String, _ shapes: [Shape], _ range: ClosedRange<Float> = -2...2,
      _ apply: @escaping @Sendable ([Tensor]) -> Tensor
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
    Case("relu", [[5, 7]]) { $0[0].relu() },
    Case("leaky relu", [[5, 7]]) { $0[0].leakyRelu(slope: 0.2) },
    Case("elu", [[5, 7]]) { $0[0].elu(alpha: 0.7) },
    Case("square", [[33]]) { $0[0].square() },
    Case("square root", [[33]], 0.3...3) { $0[0].squareRoot() },
    Case("exponential", [[33]]) { $0[0].exponential() },
    Case("logarithm", [[33]], 0.3...3) { $0[0].logarithm() },
    Case("tanh", [[33]]) { $0[0].tanh() },
    Case("sigmoid", [[33]]) { $0[0].sigmoid() },
    Case("softplus", [[33]]) { $0[0].softplus() },
    Case("error function", [[33]]) { $0[0].errorFunction() },
    Case("is positive", [[33]]) { $0[0].isPositive() * $0[0] },
    Case("clip", [[33]]) { $0[0].clipped(to: 10) },
    Case("clip, all cut", [[33]], 1...2) { $0[0].clipped(to: 0.5) },
    Case("clip, some cut", [[33]]) { $0[0].clipped(between: -0.7, and: 1.1) },
    Case("absolute", [[33]]) { $0[0].absolute() },
    Case("minimum", [[33]]) { $0[0].minimum(5) },
    Case("scale and offset", [[33]]) { -3 * $0[0] + 2 },
    Case("add, periodic", [[5, 7], [7]]) { $0[0] + $0[1] },
    Case("subtract, scalar first", [[], [5, 7]]) { $0[0] - $0[1] },
    Case("subtract, repeated", [[5, 7], [5, 1]]) { $0[0] - $0[1] },
    Case("multiply", [[5, 7], [5, 7]]) { $0[0] * $0[1] },
    Case("multiply, a value with itself", [[5, 7]]) { $0[0] * $0[0] },
    Case("multiply, periodic first", [[3, 7], [2, 3, 7]]) { $0[0] * $0[1] },
    Case("divide, repeated", [[5, 7], [5, 1]], 0.5...2) { $0[0] / $0[1] },
    Case("divide, by a scalar", [[5, 7], [1]], 0.5...2) { $0[0] / $0[1] },
    Case("divide, a row by a matrix", [[7], [5, 7]], 0.5...2) { $0[0] / $0[1] },
    Case("broadcast", [[7]]) { $0[0].broadcast(to: [3, 5, 7]) },
    Case("broadcast of one", [[1]]) { $0[0].broadcast(to: [3, 5]) },
    Case("reshape", [[4, 6]]) { $0[0].tanh().reshaped(to: [2, 3, 4]) },
    Case("sum over outer axes", [[2, 3, 7]]) { $0[0].sum(over: 0..<2) },
    Case("sum over inner axes", [[2, 3, 7]]) { $0[0].sum(over: 1..<3) },
    Case("sum over middle axes", [[2, 3, 4, 5]]) { $0[0].sum(over: 1..<3) },
    Case("subtract, nested", [[2, 3, 4, 5], [2, 1, 1, 5]]) { $0[0] - $0[1] },
    Case("multiply, nested first", [[2, 1, 3], [2, 4, 3]]) { $0[0] * $0[1] },
    Case("sum over many rows", [[1024, 8]]) { $0[0].sum(over: 0..<1).square() },
    Case("total", [[5, 7]]) { $0[0].sum().square() },
    Case("total of squares", [[5, 7]]) { $0[0].sumOfSquares().squareRoot() },
    Case("product", [[3, 5], [5, 4]]) { $0[0].product(with: $0[1]) },
    Case("product, first transposed", [[5, 3], [5, 4]]) { $0[0].product(with: $0[1], transposeA: true) },
    Case("product, second transposed", [[3, 5], [4, 5]]) { $0[0].product(with: $0[1], transposeB: true) },
    Case("product, both transposed", [[5, 3], [4, 5]]) {
      $0[0].product(with: $0[1], transposeA: true, transposeB: true)
    },
    Case("convolution", [[2, 5, 4, 2], [3, 2, 2, 3]]) { $0[0].convolution(with: $0[1], geometries[0]) },
    Case("convolution, strides and dilation", [[2, 9, 7, 1], [3, 3, 1, 2]]) {
      $0[0].convolution(with: $0[1], geometries[1])
    },
    Case("convolution, place by place", [[2, 3, 4, 5], [1, 1, 5, 3]]) { $0[0].convolution(with: $0[1], geometries[2]) },
    Case("transposed convolution", [[2, 4, 4, 3], [3, 2, 2, 3]]) {
      $0[0].transposedConvolution(with: $0[1], geometries[0])
    },
    Case("transposed convolution, strides and dilation", [[2, 4, 3, 2], [3, 3, 1, 2]]) {
      $0[0].transposedConvolution(with: $0[1], geometries[1])
    },
    Case("convolution's kernel gradient", [[2, 9, 7, 1], [2, 4, 3, 2]]) {
      $0[0].convolutionKernelGradient(with: $0[1], geometries[1])
    },
    Case("means over windows", [[2, 5, 4, 3]]) {
      $0[0].resampled(
        rows: .means(5, outputs: 3, size: 3, stride: 2, padding: 1),
        columns: .means(4, outputs: 3, size: 2, stride: 1, padding: 0))
    },
    Case("interpolation", [[2, 3, 4, 2]]) {
      $0[0].resampled(rows: .linear(3, times: 2), columns: .nearest(4, times: 3))
    },
    Case("window's maximum", [[2, 5, 4, 2]]) { $0[0].windowMaximum(geometries[0]) },
    Case("window's maximum, strides", [[2, 9, 7, 1]]) { $0[0].windowMaximum(geometries[3]) },
    Case("depthwise convolution", [[2, 5, 4, 3], [3, 2, 3]]) { $0[0].depthwiseConvolution(with: $0[1], geometries[0]) },
    Case("depthwise convolution, strides and dilation", [[2, 9, 7, 2], [3, 3, 2]]) {
      $0[0].depthwiseConvolution(with: $0[1], geometries[1])
    },
    Case("depthwise convolution's input gradient", [[2, 4, 3, 2], [3, 3, 2]]) {
      $0[0].depthwiseInputGradient(with: $0[1], geometries[1])
    },
    Case("depthwise convolution's kernel gradient", [[2, 9, 7, 2], [2, 4, 3, 2]]) {
      $0[0].depthwiseKernelGradient(with: $0[1], geometries[1])
    },
    Case("concatenation", [[5, 3], [5, 1], [5, 4]]) { $0[0].graph.concatenate([$0[0].tanh(), $0[1], $0[2]]) },
    Case("concatenation with itself", [[2, 3, 2]]) { $0[0].graph.concatenate([$0[0], $0[0].square()]) },
    Case("columns", [[5, 7]]) { $0[0].square().columns(from: 2, count: 3) },
    Case("rows", [[5, 7]]) { $0[0].square().rows(from: 1, count: 3) },
    Case("first rows", [[5, 2, 3]]) { $0[0].square().rows(from: 0, count: 2) },
    Case("last values", [[5]]) { $0[0].square().rows(from: 3, count: 2) },
    Case("overlapping rows", [[5, 7]]) { $0[0].rows(from: 0, count: 3) * $0[0].rows(from: 1, count: 3) },
    Case("batched product", [[2, 3, 5], [2, 5, 4]]) { $0[0].batchedProduct(with: $0[1]) },
    Case("batched product, first transposed", [[2, 5, 3], [2, 5, 4]]) {
      $0[0].batchedProduct(with: $0[1], transposeA: true)
    },
    Case("batched product, second transposed", [[2, 3, 5], [2, 4, 5]]) {
      $0[0].batchedProduct(with: $0[1], transposeB: true)
    },
    Case("batched product, both transposed", [[2, 5, 3], [2, 4, 5]]) {
      $0[0].batchedProduct(with: $0[1], transposeA: true, transposeB: true)
    },
    Case("softmax", [[5, 7]]) { $0[0].softmax() },
    Case("softmax of one", [[5, 1]]) { $0[0].softmax() * $0[0] },
    Case("distance of pairs", [[4, 3, 2]]) { $0[0].pairDistance() },
    Case("sum over pairs", [[4, 4, 3], [4, 3, 2]]) { $0[0].pairSum(by: $0[1]) },
    Case("times a ramp", [[5, 7]]) { $0[0] * $0[0].graph.ramp(from: 2, until: 10) },
    Case("slope of tanh twice", [[9]]) { x in
      let total = x[0].tanh().sum()
      return total.gradients(withRespectTo: [x[0]])[0] ?? total
    },
    Case("slope of sigmoid twice", [[9]]) { x in
      let total = x[0].sigmoid().sum()
      return total.gradients(withRespectTo: [x[0]])[0] ?? total
    },
    Case("translation", [[3, 5, 4, 2]]) { x in
      let offsets = x[0].graph.uniform([3, 2], stream: "t") - 0.5
      return x[0].translated(by: offsets, height: 5, width: 5)
    },
    Case("ln of a sum of exponentials", [[5, 7]]) { $0[0].logSumExp() },
    Case("masked by a draw", [[5, 7]]) { $0[0] * $0[0].graph.mask([5, 7], rate: 0.4, stream: "m") },
    Case("a small network", [[6, 5], [5, 8], [8], [8, 1]]) { x in
      let hidden = (x[0].product(with: x[1]) + x[2]).tanh()
      return hidden.product(with: x[3]).softplus()
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
      let y = test.apply(x)
      // Weights of its own for each value, and a square, so that no second gradient is zero for want of curvature.
      let total = y.shape.count
      var sum = 0.5 * y.sumOfSquares()
      for place in 0..<min(total, 3) {
        sum = sum + y.sum() * weights[place]
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
    let graph = GraphBuilder()
    let x = graph.input("x", [3])
    let loss = (x.square().stopGradient() * x).sum()
    let gradient = try #require(loss.gradients(withRespectTo: [x])[0])
    #expect(try trial.run(graph, outputs: [gradient]).outputs[0] == [0.25, 1, 4])
    let square = x.stopGradient().sumOfSquares()
    #expect(square.gradients(withRespectTo: [x]) == [nil])
  }

  @Test func `what a loss does not depend on has no gradient`() {
    let graph = GraphBuilder()
    let x = graph.input("x", [3])
    let y = graph.input("y", [3])
    let loss = (x.square() + y.isPositive()).sum()
    let gradients = loss.gradients(withRespectTo: [x, y])
    #expect(gradients[0] != nil && gradients[1] == nil)
  }
}
