import Compute
import TestSupport
import Testing

/// Operations on images and along the last axis by themselves, at sizes that do not fit vectors and tiles.
@Suite struct ImageOperationTests {
  typealias Pair = ConvolutionGeometry.Pair

  /// A kernel or window over images, with the padding that Keras calls `same`.
  static func geometry(_ input: Pair, _ kernel: Pair, strides: Pair, dilation: Pair = Pair(1, 1)) -> ConvolutionGeometry
  {
    func along(_ length: Int, _ size: Int, _ stride: Int, _ dilation: Int) -> (Int, Int) {
      let output = (length + stride - 1) / stride
      return (output, max((output - 1) * stride + (size - 1) * dilation + 1 - length, 0) / 2)
    }
    let rows = along(input.height, kernel.height, strides.height, dilation.height)
    let columns = along(input.width, kernel.width, strides.width, dilation.width)
    return ConvolutionGeometry(
      input: input, output: Pair(rows.0, columns.0), kernel: kernel, strides: strides, dilation: dilation,
      padding: Pair(rows.1, columns.1))
  }

  static let sizes: [(images: Int, channels: Int, ConvolutionGeometry)] = [
    (1, 1, geometry(Pair(1, 1), Pair(1, 1), strides: Pair(1, 1))),
    (3, 7, geometry(Pair(5, 4), Pair(3, 2), strides: Pair(2, 1))),
    (2, 8, geometry(Pair(7, 9), Pair(2, 2), strides: Pair(2, 2))),
    (9, 33, geometry(Pair(6, 5), Pair(4, 3), strides: Pair(3, 2))),
    (2, 70, geometry(Pair(28, 28), Pair(3, 3), strides: Pair(1, 1))),
    (17, 3, geometry(Pair(1, 40), Pair(1, 5), strides: Pair(1, 4))),
  ]

  @Test(arguments: sizes) func `windows of images`(images: Int, channels: Int, geometry: ConvolutionGeometry) throws {
    try check { graph, trial in
      let x = ImageOperationTests.image("x", images, geometry.input, channels, graph, &trial)
      let keys = ImageOperationTests.image("keys", images, geometry.input, channels, graph, &trial)
      let y = ImageOperationTests.image("y", images, geometry.output, channels, graph, &trial)
      // Some keys are equal: the first counts.
      let ties = keys.isPositive()
      let picked = x.windowPick(by: keys, geometry)
      let tied = x.windowPick(by: ties, geometry)
      let put = y.windowPut(by: keys, geometry)
      let putTied = y.windowPut(by: ties, geometry)
      return [picked, tied, put, putTied, x.windowMaximum(geometry)]
    }
  }

  @Test func `a window keeps what is not a number`() throws {
    var trial = Trial()
    trial.inputs["x"] = [1, .nan, 3, 2, 0, 5, .nan, 4]
    let graph = GraphBuilder()
    let x = graph.input("x", [1, 8, 1, 1])
    let y = x.windowMaximum(ImageOperationTests.geometry(Pair(8, 1), Pair(2, 1), strides: Pair(2, 1)))
    let values = try trial.run(graph, outputs: [y]).outputs[0]
    #expect(values.map(\.isNaN) == [true, false, false, true])
    #expect(values[1...2] == [3, 5])
  }

  @Test(arguments: sizes) func `means, interpolations and their transposes`(
    images: Int, channels: Int, geometry: ConvolutionGeometry
  ) throws {
    try check { graph, trial in
      let x = ImageOperationTests.image("x", images, geometry.input, channels, graph, &trial)
      let (input, output) = (geometry.input, geometry.output)
      let mean = x.resampled(
        rows: .means(
          input.height, outputs: output.height, size: geometry.kernel.height, stride: geometry.strides.height,
          padding: geometry.padding.height),
        columns: .means(
          input.width, outputs: output.width, size: geometry.kernel.width, stride: geometry.strides.width,
          padding: geometry.padding.width))
      let smooth = x.resampled(rows: .linear(input.height, times: 2), columns: .linear(input.width, times: 3))
      let blocks = x.resampled(rows: .nearest(input.height, times: 3), columns: .nearest(input.width, times: 2))
      let loss = [mean, smooth, blocks].reduce(graph.constant(0)) { $1.sumOfSquares() + $0 }
      let gradient = loss.gradients(withRespectTo: [x])[0] ?? loss
      return [mean, smooth.tanh(), blocks, gradient]
    }
  }

  /// With several blocks of taps, of which some begin within a row of the kernel, and with more padding than kernel.
  static let patches: [(images: Int, channels: Int, ConvolutionGeometry)] =
    sizes + [
      (3, 33, geometry(Pair(9, 8), Pair(3, 3), strides: Pair(1, 1))),
      (
        2, 5,
        ConvolutionGeometry(
          input: Pair(4, 5), output: Pair(9, 5), kernel: Pair(2, 2), strides: Pair(1, 2), dilation: Pair(1, 1),
          padding: Pair(3, 3))
      ),
    ]

  @Test(arguments: patches) func `convolutions, transposed ones and their kernels`(
    images: Int, channels: Int, geometry: ConvolutionGeometry
  ) throws {
    let dilated = ConvolutionGeometry(
      input: geometry.input, output: geometry.output, kernel: geometry.kernel, strides: geometry.strides,
      dilation: Pair(1, 2), padding: geometry.padding)
    for geometry in [geometry, dilated] {
      try check { graph, trial in
        var generator = SeededGenerator(21)
        let filters = 6
        let x = ImageOperationTests.image("x", images, geometry.input, channels, graph, &trial)
        let y = ImageOperationTests.image("y", images, geometry.output, filters, graph, &trial)
        let kernel = graph.input("k", [geometry.kernel.height, geometry.kernel.width, channels, filters])
        trial.inputs["k"] = generator.floats(kernel.shape.count, in: -1...1)
        return [
          x.convolution(with: kernel, geometry), y.transposedConvolution(with: kernel, geometry),
          x.convolutionKernelGradient(with: y, geometry),
        ]
      }
    }
  }

  @Test(arguments: sizes) func `convolutions of each channel`(
    images: Int, channels: Int, geometry: ConvolutionGeometry
  ) throws {
    let dilated = ImageOperationTests.geometry(
      geometry.input, geometry.kernel, strides: geometry.strides, dilation: Pair(2, 1))
    for geometry in [geometry, dilated] {
      try check { graph, trial in
        let x = ImageOperationTests.image("x", images, geometry.input, channels, graph, &trial)
        let y = ImageOperationTests.image("y", images, geometry.output, channels, graph, &trial)
        let k = ImageOperationTests.image("k", 1, geometry.kernel, channels, graph, &trial)
        let kernel = k.reshaped(to: [geometry.kernel.height, geometry.kernel.width, channels])
        return [
          x.depthwiseConvolution(with: kernel, geometry), y.depthwiseInputGradient(with: kernel, geometry),
          x.depthwiseKernelGradient(with: y, geometry),
        ]
      }
    }
  }

  @Test(arguments: [[1, 1], [3, 8, 5], [31, 33], [513, 1, 40], [700, 700]])
  func `values joined along the last axis, and taken apart`(widths: [Int]) throws {
    for outer in [Shape([1]), [3], [2, 3, 5], [60]] {
      try check { graph, trial in
        var generator = SeededGenerator(3)
        let parts = widths.enumerated().map { number, width in
          let shape = Shape(outer.axes + [width])
          trial.inputs["x\(number)"] = generator.floats(shape.count)
          return graph.input("x\(number)", shape)
        }
        let all = graph.concatenate(parts)
        return [all.tanh(), all.columns(from: widths[0], count: widths[1])]
      }
    }
  }

  @Test(arguments: [Shape([1, 1]), [3, 7], [5, 8], [2, 3, 33], [7, 513], [2, 20000]])
  func `softmax along the last axis`(shape: Shape) throws {
    try check { graph, trial in
      var generator = SeededGenerator(4)
      trial.inputs["x"] = generator.floats(shape.count, in: -30...30)
      return [graph.input("x", shape).softmax()]
    }
  }

  @Test(arguments: [(1, 1, 1, 1), (3, 8, 31, 5), (2, 33, 7, 130), (5, 49, 49, 16)])
  func `products of the matrices of each sample`(count: Int, m: Int, k: Int, n: Int) throws {
    for (transposesA, transposesB) in [(false, false), (true, false), (false, true), (true, true)] {
      try check { graph, trial in
        var generator = SeededGenerator(8)
        trial.inputs["a"] = generator.floats(count * m * k, in: -1...1)
        trial.inputs["b"] = generator.floats(count * k * n, in: -1...1)
        let a = graph.input("a", transposesA ? [count, k, m] : [count, m, k])
        let b = graph.input("b", transposesB ? [count, n, k] : [count, k, n])
        return [a.batchedProduct(with: b, transposeA: transposesA, transposeB: transposesB)]
      }
    }
  }

  @Test(arguments: [Shape([1, 1, 1]), [2, 3, 5], [5, 1, 8], [33, 7, 9], [64, 3, 16]])
  func `distances of the vectors of every two samples`(shape: Shape) throws {
    try check { graph, trial in
      var generator = SeededGenerator(5)
      let pairs: Shape = [shape[0], shape[0], shape[1]]
      trial.inputs["m"] = generator.floats(shape.count)
      trial.inputs["v"] = generator.floats(shape.count)
      trial.inputs["s"] = generator.floats(pairs.count)
      let m = graph.input("m", shape)
      // Some differences are 0.
      let steps = m.isPositive()
      let v = graph.input("v", shape)
      let s = graph.input("s", pairs)
      return [
        m.pairDistance(), v.pairDistance(by: m), v.pairDistance(by: steps), s.pairSum(by: m),
        s.pairSum(by: steps),
      ]
    }
  }

  @Test(arguments: [(UInt32(0), Float(3)), (7, 0.9), (10, 0), (11, 0)])
  func `a ramp falls to zero at its end`(step: UInt32, value: Float) throws {
    var trial = Trial()
    trial.step = step
    let graph = GraphBuilder()
    let ramp = graph.ramp(from: 3, until: 10)
    let found = try trial.run(graph, outputs: [ramp]).outputs[0][0]
    #expect(value == 0 ? found == 0 : abs(found - value) < 1e-6)
  }

  private static func image(
    _ name: String, _ images: Int, _ size: Pair, _ channels: Int, _ graph: GraphBuilder, _ trial: inout Trial
  ) -> Tensor {
    let shape: Shape = [images, size.height, size.width, channels]
    var generator = SeededGenerator(UInt64(shape.count + name.utf8.count))
    trial.inputs[name] = generator.floats(shape.count)
    return graph.input(name, shape)
  }

  /// Holds values against the interpreter, operation by operation, without fusing and with it, on several threads.
  private func check(_ build: (GraphBuilder, inout Trial) -> [Tensor]) throws {
    let graph = GraphBuilder()
    var trial = Trial()
    let results = build(graph, &trial)
    #expect(try OperationCheck(graph, trial).failures(outputs: results) == [])
    let fused = try trial.run(graph, outputs: results, threads: 3)
    let exact = try trial.interpreter.run(graph)
    for (result, values) in zip(results, fused.outputs) {
      #expect(Comparison.largestError(of: values, from: exact[result]) < 2e-5)
    }
  }
}
