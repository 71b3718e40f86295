import Compute
import Training

/// How fast single operations are, on arrays of the sizes that experiments have.
package struct OperationBenchmark: Codable, Sendable {
  /// What it ran on.
  package let machine: Machine
  /// Threads that were used.
  package let threads: Int
  /// Lanes of the vectors that products are made of.
  package let lanes: Int
  /// Processes that ran or wanted to in the minute before, on average; nil where the system does not say.
  package let load: Double?
  /// What the machine was measured to do in independent multiply-adds, in GFLOP/s.
  package let peakGigaflops: Double
  /// What memory was measured to do, in GB/s.
  package let bandwidth: Double
  /// The median time of each operation.
  package let operations: [OperationTime]

  /// Times every operation of a fixed list; takes some seconds.
  package init(threads: Int?, lanes: Lanes?) throws(RunError) {
    load = Machine.load
    machine = Machine.current()
    let pool = ThreadPool(threads: threads ?? machine.defaultThreads, lanes: lanes ?? .fastest)
    self.threads = pool.threads
    self.lanes = pool.lanes.rawValue
    defer { pool.close() }
    do throws(PlanError) {
      let peaks = try MachinePeaks(pool: pool)
      var times: [(label: String, row: PlanReport.Row, seconds: Double)] = []
      for item in OperationBenchmark.items() { times += try item.time(on: pool) }
      let total = times.reduce(0) { $0 + $1.seconds }
      operations = times.map { OperationTime($0.label, [$0.row], seconds: $0.seconds, of: total, peaks: peaks) }
      peakGigaflops = peaks.gigaflops
      bandwidth = peaks.bandwidth
    } catch {
      throw RunError(error)
    }
  }

  /// A graph of one operation.
  private struct Item {
    let label: String
    let graph = GraphBuilder()
    var layout = StateLayout()
    var outputs: [Tensor] = []

    init(_ label: String, _ build: (GraphBuilder, inout StateLayout) -> Tensor?) {
      self.label = label
      if let output = build(graph, &layout) { outputs = [output] }
    }

    /// The median time of five to thirty runs; a row whose operands are made in a row of their own has their time too.
    func time(on pool: ThreadPool) throws(PlanError) -> [(label: String, row: PlanReport.Row, seconds: Double)] {
      let plan = Plan(graph, outputs: outputs)
      let samples = SampleValues.bytes(
        [UInt8](repeating: 100, count: 60_000 * 784), lookup: (0..<256).map { Float($0) / 127.5 - 1 })
      let session = try Session(plan, state: State(layout: layout), pool: pool, samples: samples)
      for name in ["a", "b"] { session.input(name)?.fill(0.5) }
      // Samples from all over the table, so that they are in no cache.
      if let rows = session.input("rows") {
        Random(seed: 1).writeIndices(stream: "bench", step: 0, below: samples.count / 784, to: rows)
      }
      for step in UInt32(1)...3 { session.run(step: step) }
      let clock = ContinuousClock()
      var times: [Double] = []
      // A third of a second, but at least five runs.
      while times.count < 30, times.count < 5 || times.reduce(0, +) < 0.3 {
        times.append(Stopwatch.seconds(clock.measure { session.run(step: UInt32(4 + times.count)) }))
      }
      guard let row = PlanReport(plan).rows.last else { return [] }
      return [(label, row, times.sorted()[times.count / 2])]
    }
  }

  private static func items() -> [Item] {
    products() + images() + pointwise() + [
      Item("sum of all values, 1024 x 1024") { graph, _ in
        graph.input("a", [1024, 1024]).sum()
      },
      Item("sum over rows, 1024 x 1024") { graph, _ in
        graph.input("a", [1024, 1024]).sum(over: 0..<1)
      },
      Item("sum over columns, 1024 x 1024") { graph, _ in
        graph.input("a", [1024, 1024]).sum(over: 1..<2)
      },
      Item("gather of 1024 samples of 784 bytes") { graph, _ in
        let rows = graph.input("rows", [1024])
        return graph.gather(rows: rows, sampleShape: [784])
      },
      Item("adam, 4 M parameters") { graph, layout in
        let gradient = graph.constant(1).broadcast(to: [1 << 22])
        return update([1 << 22], with: gradient, &layout)
      },
    ]
  }

  private static func products() -> [Item] {
    let shapes = [(32, 512, 784), (128, 512, 784), (128, 784, 1024), (1024, 784, 1024), (2048, 2048, 2048)]
    return shapes.flatMap { (m, n, k) in
      [
        Item("x W, [\(m), \(k)] [\(k), \(n)]") { graph, _ in
          let (a, b) = (graph.input("a", [m, k]), graph.input("b", [k, n]))
          return a.product(with: b)
        },
        Item("d W^T, [\(m), \(n)] [\(k), \(n)]^T") { graph, _ in
          let (a, b) = (graph.input("a", [m, n]), graph.input("b", [k, n]))
          return a.product(with: b, transposeB: true)
        },
        Item("x^T d and adam, [\(m), \(k)]^T [\(m), \(n)]") { graph, layout in
          let (a, b) = (graph.input("a", [m, k]), graph.input("b", [m, n]))
          let gradient = a.product(with: b, transposeA: true)
          return update([k, n], with: gradient, &layout)
        },
      ]
    }
  }

  /// What images pass through, in the sizes of a deep convolutional GAN of 28 x 28 pixels, batch 128.
  private static func images() -> [Item] {
    typealias Pair = ConvolutionGeometry.Pair
    func geometry(_ size: Int, kernel: Int, stride: Int) -> ConvolutionGeometry {
      ConvolutionGeometry(
        input: Pair(size, size), output: Pair(size / stride, size / stride), kernel: Pair(kernel, kernel),
        strides: Pair(stride, stride), dilation: Pair(1, 1), padding: Pair((kernel - 1) / 2, (kernel - 1) / 2))
    }
    let convolutions = [(28, 1, 64), (14, 64, 128)].flatMap { (size, channels, filters) in
      let geometry = geometry(size, kernel: 4, stride: 2)
      let (x, y): (Shape, Shape) = ([128, size, size, channels], [128, size / 2, size / 2, filters])
      let kernel: Shape = [4, 4, channels, filters]
      let text = "\(size) x \(size) x \(channels), \(filters) kernels of 4 x 4"
      return [
        Item("convolution, \(text)") { graph, _ in
          let (a, b) = (graph.input("a", x), graph.input("b", kernel))
          return a.convolution(with: b, geometry)
        },
        Item("transposed convolution to \(text)") { graph, _ in
          let (a, b) = (graph.input("a", y), graph.input("b", kernel))
          return a.transposedConvolution(with: b, geometry)
        },
        Item("convolution's kernel gradient, \(text)") { graph, _ in
          let (a, b) = (graph.input("a", x), graph.input("b", y))
          return a.convolutionKernelGradient(with: b, geometry)
        },
      ]
    }
    let image: Shape = [128, 14, 14, 64]
    return convolutions + [
      Item("depthwise convolution, 14 x 14 x 64, 3 x 3") { graph, _ in
        let (a, b) = (graph.input("a", image), graph.input("b", [3, 3, 64]))
        return a.depthwiseConvolution(with: b, geometry(14, kernel: 3, stride: 1))
      },
      Item("maximum of windows, 14 x 14 x 64, 2 x 2") { graph, _ in
        graph.input("a", image).windowMaximum(geometry(14, kernel: 2, stride: 2))
      },
      Item("bilinear up-sampling, 14 x 14 x 64") { graph, _ in
        graph.input("a", image).resampled(rows: .linear(14, times: 2), columns: .linear(14, times: 2))
      },
      Item("products of 128 pairs, [196, 64] [196, 64]^T") { graph, _ in
        let (a, b) = (graph.input("a", [128, 196, 64]), graph.input("b", [128, 196, 64]))
        return a.batchedProduct(with: b, transposeB: true)
      },
      Item("softmax, 128 x 196 x 196") { graph, _ in
        graph.input("a", [128, 196, 196]).softmax()
      },
    ]
  }

  private static func pointwise() -> [Item] {
    let shape: Shape = [1024, 1024]
    func function(_ name: String, _ apply: @escaping (Tensor) -> Tensor) -> Item {
      Item("\(name), 1024 x 1024") { graph, _ in
        apply(graph.input("a", shape))
      }
    }
    return [
      function("relu") { $0.relu() }, function("tanh") { $0.tanh() }, function("sigmoid") { $0.sigmoid() },
      function("softplus") { $0.softplus() }, function("exponential") { $0.exponential() },
      function("logarithm") { $0.logarithm() }, function("erf") { $0.errorFunction() },
      Item("uniform draw, 1024 x 1024") { graph, _ in graph.uniform(shape, stream: "bench") },
      Item("normal draw, 1024 x 1024") { graph, _ in graph.normal(shape, stream: "bench") },
      Item("dropout mask, 1024 x 1024") { graph, _ in graph.mask(shape, rate: 0.3, stream: "bench") },
    ]
  }

  private static func update(
    _ shape: Shape, with gradient: Tensor, _ layout: inout StateLayout
  ) -> Tensor? {
    let block = layout.addBlock("p")
    let variable = layout.add("p", shape: shape, to: block)
    let moments = ["m", "v"].map { layout.counterpart(of: variable, in: layout.mirror(block, as: $0)) }
    gradient.graph.update(
      variable, gradient: gradient,
      rule: .adam(first: moments[0], second: moments[1], beta1: 0.5, beta2: 0.999, epsilon: 1e-7),
      settings: gradient.graph.input("settings", [2]))
    return nil
  }
}
