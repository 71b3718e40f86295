import Compute
import TestSupport
import Testing

/// Each operation by itself, at sizes that do not fit vectors, registers and tiles.
@Suite struct OperationTests {
  /// An operation on one value.
  struct Unary: Sendable, CustomTestStringConvertible {
    let name: String
    let range: ClosedRange<Float>
    let apply: @Sendable (Tensor) -> Tensor
    var testDescription: String { name }

    init(
      _ name: String, _ range: ClosedRange<Float> = -3...3,
      _ apply: @escaping @Sendable (Tensor) -> Tensor
    ) {
      self.name = name
      self.range = range
      self.apply = apply
    }
  }

  static let unary: [Unary] = [
    Unary("relu") { $0.relu() },
    Unary("leaky relu") { $0.leakyRelu(slope: 0.2) },
    Unary("elu", -12...3) { $0.elu(alpha: 1.5) },
    Unary("square") { $0.square() },
    Unary("square root", 0...9) { $0.squareRoot() },
    Unary("exponential", -20...20) { $0.exponential() },
    Unary("logarithm", 0.001...100) { $0.logarithm() },
    Unary("tanh", -9...9) { $0.tanh() },
    Unary("sigmoid", -20...20) { $0.sigmoid() },
    Unary("softplus", -20...20) { $0.softplus() },
    Unary("error function", -5...5) { $0.errorFunction() },
    Unary("is positive") { $0.isPositive() },
    Unary("scale") { -1.7 * $0 },
    Unary("offset") { $0 + 0.3 },
    Unary("clip") { $0.clipped(to: 1.25) },
    Unary("clip between other limits") { $0.clipped(between: -0.2, and: 1.5) },
    Unary("stop gradient") { $0.stopGradient() },
    Unary("absolute") { $0.absolute() },
    Unary("minimum") { $0.minimum(0.5) },
    Unary("total") { $0.sum() },
    Unary("total of squares") { $0.sumOfSquares() },
    Unary("mean") { $0.mean() },
  ]

  static let shapes: [Shape] = [
    [], [1], [3], [8], [31], [33], [513], [3, 1], [31, 33], [2, 3, 4, 5], [129, 513], [3, 16385], [2, 40001],
  ]

  @Test(arguments: unary, shapes)
  func `a function of one value`(operation: Unary, shape: Shape) throws {
    try check { graph, trial in
      var generator = SeededGenerator(UInt64(shape.count))
      let x = graph.input("x", shape)
      trial.inputs["x"] = generator.floats(shape.count, in: operation.range)
      return operation.apply(x)
    }
  }

  static let pairs: [(Shape, Shape)] = [
    ([513], [513]), ([31, 33], [31, 33]), ([33], []), ([], [8]), ([7, 1], [1]), ([1], [31, 3]),
    ([1, 1], [513]),
    ([31, 33], [33]), ([33], [31, 33]), ([31, 33], [1, 33]), ([2, 3, 5, 7], [7]), ([2, 3, 5, 7], [5, 7]),
    ([2, 3, 5, 7], [1, 1, 5, 7]), ([513, 3], [3]), ([3, 513], [513]), ([129, 784], [784]),
    ([31, 33], [31, 1]), ([31, 1], [31, 33]), ([2, 3, 5, 7], [2, 1, 1, 1]), ([2, 3, 5, 7], [2, 3, 1, 1]),
    ([3, 513], [3, 1]), ([513, 1], [513, 8]), ([65, 2000], [65, 1]), ([1, 8], [8]), ([3, 8, 1], [8, 1]),
    ([2, 3, 5, 7], [2, 1, 1, 7]), ([2, 3, 513], [2, 1, 513]), ([3, 700, 5], [3, 1, 5]),
    ([2, 1, 1, 600], [2, 3, 1, 600]),
  ]

  @Test(arguments: ["add", "subtract", "multiply", "divide"], pairs)
  func `arithmetic repeats the smaller operand`(name: String, shapes: (Shape, Shape)) throws {
    try check { graph, trial in
      var generator = SeededGenerator(5)
      let a = graph.input("a", shapes.0)
      let b = graph.input("b", shapes.1)
      trial.inputs["a"] = generator.floats(shapes.0.count)
      trial.inputs["b"] = generator.floats(shapes.1.count, gap: 0.1)
      switch name {
      case "add": return a + b
      case "subtract": return a - b
      case "multiply": return a * b
      default: return a / b
      }
    }
  }

  @Test(arguments: pairs) func `broadcast repeats its operand`(shapes: (Shape, Shape)) throws {
    let (small, large) = shapes.0.count < shapes.1.count ? shapes : (shapes.1, shapes.0)
    try check { graph, trial in
      var generator = SeededGenerator(6)
      let x = graph.input("x", small)
      trial.inputs["x"] = generator.floats(small.count)
      return x.broadcast(to: large)
    }
  }

  static let sums: [(Shape, Range<Int>)] = [
    ([3, 5], 0..<1), ([3, 5], 1..<2), ([1025, 3], 0..<1), ([2500, 70], 0..<1), ([31, 513], 1..<2),
    ([2, 3, 5, 7], 0..<3), ([2, 3, 5, 7], 1..<3), ([2, 3, 5, 7], 2..<4), ([2, 1500, 33], 1..<2),
    ([1, 33], 0..<1),
    ([1024, 8], 0..<1), ([1023, 8], 0..<1), ([1500, 24], 0..<1), ([50, 31, 72], 0..<2), ([1100, 5, 8], 0..<1),
    ([3000, 136], 0..<1), ([1030, 512], 0..<1), ([1030, 520], 0..<1),
    ([17000, 1], 0..<1), ([5, 20000], 1..<2), ([5000, 31], 0..<1), ([33, 31], 0..<2),
  ]

  @Test(arguments: sums) func `sums over neighbouring axes`(shape: Shape, axes: Range<Int>) throws {
    try check { graph, trial in
      var generator = SeededGenerator(7)
      let x = graph.input("x", shape)
      trial.inputs["x"] = generator.floats(shape.count, in: -1...2)
      return x.sum(over: axes)
    }
  }

  @Test(arguments: [24, 136, 512])
  func `sums over rows right where a product makes them`(n: Int) throws {
    try check { graph, trial in
      var generator = SeededGenerator(13)
      let (a, b) = (graph.input("a", [1100, 5]), graph.input("b", [5, n]))
      trial.inputs["a"] = generator.floats(5500, in: -1...1)
      trial.inputs["b"] = generator.floats(5 * n, in: -1...1)
      let product = a.product(with: b)
      let mean = product.sum(over: 0..<1) * (1 / 1100)
      let variance = (product - mean).square().sum(over: 0..<1) * (1 / 1100)
      return mean + variance
    }
  }

  @Test(arguments: [
    (1, 1, 1), (3, 8, 31), (33, 513, 1), (1, 513, 33), (130, 100, 77), (31, 257, 300), (300, 1, 290),
  ])
  func `products of matrices and their transposes`(m: Int, k: Int, n: Int) throws {
    for (transposesA, transposesB) in [(false, false), (true, false), (false, true), (true, true)] {
      try check { graph, trial in
        var generator = SeededGenerator(8)
        let a = graph.input("a", transposesA ? [k, m] : [m, k])
        let b = graph.input("b", transposesB ? [n, k] : [k, n])
        trial.inputs["a"] = generator.floats(m * k, in: -1...1)
        trial.inputs["b"] = generator.floats(k * n, in: -1...1)
        return a.product(with: b, transposeA: transposesA, transposeB: transposesB)
      }
    }
  }

  @Test(arguments: [Shape([]), [1], [3], [31], [33], [513], [7, 77], [2, 30000]])
  func `random draws`(shape: Shape) throws {
    try check { graph, _ in
      let draws = [
        graph.normal(shape, stream: "a"), graph.uniform(shape, stream: "b"),
        graph.mask(shape, rate: 0.4, stream: "c"),
      ]
      return draws.dropFirst().reduce(draws[0]) { $0 + $1 }
    }
  }

  @Test(arguments: [false, true], [Shape([]), [1], [3, 5], [28, 28, 1], [20000]])
  func `gather takes the rows asked for`(hasBytes: Bool, sampleShape: Shape) throws {
    try check { graph, trial in
      let count = 6 * sampleShape.count
      trial.samples =
        hasBytes
        ? .bytes(
          (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }, lookup: (0..<256).map { Float($0) - 127.5 })
        : .floats((0..<count).map { Float($0) * 0.5 })
      trial.rows["rows"] = [5, 0, 0, 3, 2, 4, 1]
      return graph.gather(rows: graph.input("rows", [7]), sampleShape: sampleShape)
    }
  }

  @Test(arguments: [(7, 5, 3), (4, 6, 1), (28, 28, 1)], [Float(0), 3, 9, 60])
  func `translations move images by whole places`(size: (Int, Int, Int), reach: Float) throws {
    try check { graph, trial in
      let shape: Shape = [5, size.0, size.1, size.2]
      let x = graph.input("x", shape)
      trial.inputs["x"] = (0..<shape.count).map { Float($0) + 1 }
      let offsets = graph.uniform([5, 2], stream: "offsets") - 0.5
      return x.translated(by: offsets, height: reach, width: -reach)
    }
  }

  @Test(arguments: [(7, 5, 3), (8, 8, 4), (8, 8, 8), (3, 9, 1)])
  func `cutouts cover a square as far as it is within the image`(height: Int, width: Int, size: Int) throws {
    try check { graph, _ in
      graph.cutout(height: height, width: width, size: size, at: graph.uniform([40, 2], stream: "places"))
    }
  }

  @Test(arguments: [1, 2, 7, 8, 513]) func `classes become rows with a one`(classes: Int) throws {
    try check { graph, _ in
      let labels = graph.indices([33], below: classes, stream: "labels")
      return labels.oneHot(classes: classes) * graph.counting(classes)
    }
  }

  @Test func `the step number is that of the run`() throws {
    try check { graph, _ in graph.stepNumber().broadcast(to: [3, 5]) }
  }

  @Test func `labels are those of the rows asked for`() throws {
    try check { graph, trial in
      trial.labels = [3, 0, 2, 2, 1, 90_000]
      trial.rows["rows"] = [5, 0, 0, 3, 2, 4, 1]
      return graph.gatherLabels(rows: graph.input("rows", [7]))
    }
  }

  @Test(arguments: [Shape([1, 1]), [5, 1], [33, 7], [3, 4, 9]])
  func `row maxima and sums of exponentials`(shape: Shape) throws {
    for range in [Float(-3)...3, -200...100] {
      try check { graph, trial in
        var generator = SeededGenerator(12)
        let x = graph.input("x", shape)
        trial.inputs["x"] = generator.floats(shape.count, in: range)
        return x.rowMaximum() + x.logSumExp()
      }
    }
  }

  @Test func `rows lie where they are in another value`() throws {
    try check { graph, trial in
      let x = graph.input("x", [7, 3, 2])
      trial.inputs["x"] = (0..<42).map { Float($0) }
      let part = x.rows(from: 2, count: 4)
      return part.rows(from: 1, count: 2) + x.rows(from: 5, count: 2)
    }
  }

  /// Holds one graph against the interpreter, operation by operation, without and with fusing.
  private func check(_ build: (GraphBuilder, inout Trial) -> Tensor) throws {
    let graph = GraphBuilder()
    var trial = Trial()
    let result = build(graph, &trial)
    #expect(try OperationCheck(graph, trial).failures(outputs: [result]) == [])
    let fused = try trial.run(graph, outputs: [result])
    let error = Comparison.largestError(of: fused.outputs[0], from: try trial.interpreter.run(graph)[result])
    #expect(error < 2e-5)
  }
}
