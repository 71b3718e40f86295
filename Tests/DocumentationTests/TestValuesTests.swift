import Compute
import Foundation
import Networks
import Specs
import TestSupport
import Testing

/// The test values of arithmetic.md are those of the program.
@Suite struct TestValuesTests {
  /// The items of the list, each in one line, by their first words.
  private static func item(_ opening: String) throws -> String {
    let page = try Page.text("Documentation/arithmetic.md")
    let list = try #require(page.components(separatedBy: "\n## Test values\n").last)
    let items = list.components(separatedBy: "\n- ").map { $0.split { $0 == " " || $0 == "\n" }.joined(separator: " ") }
    return try #require(items.first { $0.hasPrefix(opening) })
  }

  /// The words of an item, in their order.
  private static func words(_ item: String) -> [String] {
    item.matches(of: #/\b[0-9a-f]{8}\b/#).map { String($0.0) }
  }

  private static func word(_ value: Float) -> String {
    let digits = String(value.bitPattern, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// 1 / float(i + 1) in row-major order.
  private static func x(_ count: Int) -> [Float] { (0..<count).map { 1 / Float($0 + 1) } }

  /// One, and those of vectors that this processor has.
  private static let lanes = [Lanes.one, .eight, .sixteen].filter(\.areSupported)

  private static let functions: [(name: String, apply: @Sendable (Tensor) -> Tensor)] = [
    ("exp", { $0.exponential() }), ("log", { $0.logarithm() }), ("tanh", { $0.tanh() }),
    ("sigmoid", { $0.sigmoid() }), ("softplus", { $0.softplus() }), ("erf", { $0.errorFunction() }),
  ]

  @Test func `the functions have these words`() throws {
    let item = try TestValuesTests.item("exp: ")
    var tested = 0
    func expect(_ arguments: [Float], _ words: [String], _ apply: (Tensor) -> Tensor, _ name: String) throws {
      var trial = Trial()
      trial.inputs["x"] = arguments
      let graph = GraphBuilder()
      let y = apply(graph.input("x", [arguments.count]))
      #expect(try trial.run(graph, outputs: [y]).outputs[0].map(TestValuesTests.word) == words, "\(name)")
      tested += words.count
    }
    for function in TestValuesTests.functions {
      let pattern = try Regex(
        "\\b\(function.name): ((?:-?[0-9.]+ [0-9a-f]{8}(?:, )?)+)", as: (Substring, Substring).self)
      let pairs = try #require(item.firstMatch(of: pattern)).1.split(separator: ", ").map { $0.split(separator: " ") }
      try expect(pairs.map { Float($0[0]) ?? .nan }, pairs.map { String($0[1]) }, function.apply, function.name)
    }
    let elu = try #require(item.firstMatch(of: #/elu\(-1, 1\): ([0-9a-f]{8})/#)).1
    try expect([-1], [String(elu)], { $0.elu(alpha: 1) }, "elu")
    #expect(tested == TestValuesTests.words(item).count)
  }

  @Test func `the first normal values have these words`() throws {
    let item = try TestValuesTests.item("The first normal values of seed 42, stream `latent/discriminator/1`, step 1: ")
    let values = Random(seed: 42).normal(stream: "latent/discriminator/1", step: 1, count: 4)
    #expect(values.map(TestValuesTests.word) == TestValuesTests.words(item))
  }

  /// A chain of fused multiply-adds from +0.
  private static func chain(_ terms: some Sequence<(Float, Float)>) -> Float {
    terms.reduce(Float(0)) { $0.addingProduct($1.0, $1.1) }
  }

  @Test(arguments: lanes) func `the product has these words`(lanes: Lanes) throws {
    let item = try TestValuesTests.item("The product of a[l] = 1 / float(l + 1) with b[l] = 1 / float(l + 2), k = 300")
    let (a, b) = (TestValuesTests.x(300), Array(TestValuesTests.x(301).dropFirst()))
    func product(_ places: Range<Int>) -> Float {
      let (left, right) = (Array(a[places]), Array(b[places]))
      var result: [Float] = [.nan]
      var scratch = [Float](repeating: .nan, count: Products.scratch)
      Products(lanes: lanes).multiply(
        Factor(left, rowLength: left.count), Factor(right, rowLength: 1), into: &result, stride: 1, m: 1, n: 1,
        k: left.count, scratch: &scratch)
      return result[0]
    }
    let values = [product(0..<256), product(256..<300), product(0..<300), TestValuesTests.chain(zip(a, b))]
    #expect(values.map(TestValuesTests.word) == TestValuesTests.words(item))
  }

  @Test(arguments: lanes) func `the convolution and its gradients have these words`(lanes: Lanes) throws {
    let item = try TestValuesTests.item("A convolution y of x [1, 6, 6, 30] with the kernel x [3, 3, 30, 2], ")
    typealias Pair = ConvolutionGeometry.Pair
    let geometry = ConvolutionGeometry(
      input: Pair(6, 6), output: Pair(6, 6), kernel: Pair(3, 3), strides: Pair(1, 1), dilation: Pair(1, 1),
      padding: Pair(1, 1))
    var trial = Trial()
    trial.inputs = ["x": TestValuesTests.x(6 * 6 * 30), "k": TestValuesTests.x(9 * 30 * 2)]
    let graph = GraphBuilder()
    let (x, kernel) = (graph.input("x", [1, 6, 6, 30]), graph.input("k", [3, 3, 30, 2]))
    let y = x.convolution(with: kernel, geometry)
    let outputs = [
      y, y.transposedConvolution(with: kernel, geometry), x.convolutionKernelGradient(with: y, geometry),
    ]
    let found = try trial.run(graph, outputs: outputs, lanes: lanes).outputs
    // All nine taps of the place (1, 1) as one product.
    let terms = (0..<270).map { inner -> (Float, Float) in
      let (tap, channel) = (inner / 30, inner % 30)
      let place = (tap / 3 * 6 + tap % 3) * 30 + channel
      return (1 / Float(place + 1), 1 / Float(2 * inner + 2))
    }
    let plain = TestValuesTests.chain(terms[..<256]) + TestValuesTests.chain(terms[256...])
    let values = [
      found[0][(1 * 6 + 1) * 2 + 1], plain, found[1][(2 * 6 + 3) * 30 + 7], found[2][((1 * 3 + 1) * 30 + 7) * 2 + 1],
    ]
    #expect(values.map(TestValuesTests.word) == TestValuesTests.words(item))
  }

  @Test func `the sums have these words`() throws {
    let item = try TestValuesTests.item("Sums over all but the last axis, column 0: ")
    var trial = Trial()
    trial.inputs = ["rows": TestValuesTests.x(350), "images": TestValuesTests.x(350)]
    let graph = GraphBuilder()
    let (rows, images) = (graph.input("rows", [70, 5]), graph.input("images", [7, 10, 5]))
    let outputs = [
      rows.sum(over: 0..<1), images.sum(over: 0..<2), rows.sum(), images.sum(), rows.sumOfSquares(),
      images.sumOfSquares(),
    ]
    var found = try trial.run(graph, outputs: outputs).outputs.map { TestValuesTests.word($0[0]) }
    // "All values of both" is said once.
    #expect(found[2] == found.remove(at: 3))
    #expect(found == TestValuesTests.words(item))
  }

  @Test func `two updates by adam have these words`() throws {
    let item = try TestValuesTests.item("adam with learning_rate 2e-4, beta_1 0.5, beta_2 0.999, epsilon 1e-7 from p")
    let diagnostics = Diagnostics()
    let node = try #require(
      Parser.parse(bytes: Array("{learning_rate: 2e-4, beta_1: 0.5}".utf8), name: "test", diagnostics: diagnostics))
    var fields = Fields(node, of: "adam", diagnostics: diagnostics)
    let adam = try #require(OptimizerCatalog.all.entry(named: "adam")).read(&fields)
    var trial = Trial()
    let variables = adam.moments.map { name in
      let block = trial.layout.addBlock(name)
      return trial.layout.add(name, shape: [1], to: block)
    }
    let block = trial.layout.addBlock("p")
    let parameter = trial.layout.add("p", shape: [1], to: block)
    trial.variables = [variables[0]: [0], variables[1]: [0], parameter: [0.5]]
    let rule = try #require(adam.fusedRule { name in variables[adam.moments.firstIndex(of: name) ?? 0] })
    let found = try [Float(0.1), -0.2].enumerated().flatMap { number, slope in
      let settings = adam.settings(update: UInt64(number + 1), step: number + 1)
      trial.inputs = ["gradient": [slope], "settings": [settings.size, settings.decay]]
      let graph = GraphBuilder()
      graph.update(
        parameter, gradient: graph.input("gradient", [1]), rule: rule, settings: graph.input("settings", [2]))
      trial.variables = try trial.run(graph, outputs: []).variables
      return (variables + [parameter]).map { TestValuesTests.word(trial.variables[$0]?[0] ?? .nan) }
    }
    #expect(found == TestValuesTests.words(item))
  }

  @Test(arguments: ["mlp-mnist", "dcgan-mnist"]) func `the first row of a run has these values`(name: String) throws {
    let item = try TestValuesTests.item("`Experiments/\(name).yaml`, the first row (step 50): ")
    let folder = try TemporaryFolder()
    let spec = Page.repository.appending(path: "Experiments/\(name).yaml").path
    let result = try Program.run(
      ["run", spec, "--quiet", "--runs", folder("Runs"), "--set", "training.steps=50"], in: folder.path)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let rows = try folder.text(of: "Runs/\(name)/001/metrics.csv").split(separator: "\n")
    let values = try #require(item.split(separator: ": ").last).dropLast().replacing(", ", with: ",")
    #expect(rows.count == 2 && rows[1] == "50,1,\(values)")
  }
}
