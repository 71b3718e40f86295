import Compute
import Networks
import Specs
import TestSupport
import Testing

/// Optimizers against Keras's formulas in Double, over several steps.
@Suite struct OptimizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: [String: Double]
    var testDescription: String { text }

    init(_ name: String, _ fields: [String: Double] = [:]) {
      self.name = name
      self.fields = fields
    }

    /// The entry of a spec.
    var text: String {
      let list = fields.sorted { $0.key < $1.key }
        .map { $0.key == "nesterov" ? "nesterov: true" : "\($0.key): \($0.value)" }
      return "\(name): {\(list.joined(separator: ", "))}"
    }
  }

  static let cases: [Case] = [
    Case("sgd"), Case("sgd", ["learning_rate": 0.1, "momentum": 0.9]),
    Case("sgd", ["learning_rate": 0.1, "momentum": 0.9, "nesterov": 1]), Case("sgd", ["clipvalue": 0.1]),
    Case("sgd", ["clipnorm": 0.3, "momentum": 0.5]),
    Case("sgd", ["global_clipnorm": 0.3, "learning_rate": 0.5]),
    Case("sgd", ["clipnorm": 1e6]),
    Case("rmsprop"), Case("rmsprop", ["rho": 0.8, "epsilon": 1e-3, "learning_rate": 0.01]),
    Case("rmsprop", ["momentum": 0.5, "learning_rate": 0.01]),
    Case("rmsprop", ["clipnorm": 0.2, "momentum": 0.9]),
    Case("adam"), Case("adam", ["learning_rate": 2e-4, "beta_1": 0.5]),
    Case("adam", ["learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3]),
    Case("adam", ["beta_1": 0, "clipvalue": 0.05]),
    Case("adam", ["global_clipnorm": 0.05, "learning_rate": 0.01]),
    Case("adamw"), Case("adamw", ["weight_decay": 0.5, "learning_rate": 0.05]),
    Case("adamw", ["weight_decay": 0, "clipnorm": 0.01]),
    Case("lion"), Case("lion", ["learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.8, "weight_decay": 0.3]),
    Case("lion", ["global_clipnorm": 0.05]),
    Case("adagrad"), Case("adagrad", ["learning_rate": 0.1, "initial_accumulator_value": 0, "epsilon": 1e-3]),
    Case("adagrad", ["clipvalue": 0.05]),
  ]

  /// A dense layer y = x W + b whose loss is the mean of y^2.
  private struct Bench {
    var small: SmallNetwork
    let graph: GraphBuilder
    let outputs: [Tensor]
    let optimizer: any Optimizer

    init(_ text: String, isFused: Bool = true) throws {
      let read = try SpecItem.read(text, of: OptimizerCatalog.all)
      optimizer = isFused ? read : Formula(base: read)
      small = try SmallNetwork(["dense: {units: 3}"], input: [4], batch: 7)
      let state = OptimizerState(optimizer, for: small.network, layout: &small.trial.layout)
      for block in small.trial.layout.blocks.dropFirst(2) {
        for variable in block.variables {
          small.trial.variables[variable] = [Float](repeating: 0, count: variable.shape.count)
        }
      }
      small.trial.inputs["settings"] = [0, 0]
      let graph = GraphBuilder()
      let x = small.input(in: graph)
      let y = small.network.apply(x, mode: .inference)
      let loss = y.square().mean()
      let gradients = state.gradients(of: loss)
      let norm = state.update(with: gradients, settings: graph.input("settings", [2]))
      self.graph = graph
      outputs = [loss, norm]
    }

    /// What the host writes before an update.
    func settings(_ count: UInt64) -> [Float] {
      let settings = optimizer.settings(update: count, step: Int(count))
      return [settings.size, settings.decay]
    }

    /// The loss's gradients by W and b in Double.
    static func gradients(_ x: [Double], _ parameters: [[Double]]) -> [[Double]] {
      var (kernel, bias) = ([Double](repeating: 0, count: 12), [Double](repeating: 0, count: 3))
      for row in 0..<7 {
        for column in 0..<3 {
          let y = (0..<4).reduce(parameters[1][column]) {
            $0 + x[row * 4 + $1] * parameters[0][$1 * 3 + column]
          }
          bias[column] += 2 * y / 21
          for place in 0..<4 { kernel[place * 3 + column] += 2 * y * x[row * 4 + place] / 21 }
        }
      }
      return [kernel, bias]
    }
  }

  /// An optimizer without its loop: what is left is its formula's operations.
  private struct Formula: Optimizer {
    static let name = "formula"
    static let summary = ""
    let base: any Optimizer

    init(base: any Optimizer) { self.base = base }
    init(from fields: inout Fields) { base = SGD(from: &fields) }

    var clipping: GradientClipping { base.clipping }
    var moments: [String] { base.moments }
    func update(
      _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
    ) -> Tensor { base.update(parameter, gradient: gradient, moments: &moments, at: site) }
    func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
      base.settings(update: count, step: step)
    }
  }

  @Test(arguments: cases, [true, false]) func `five steps follow the formulas, by loop and by operations`(
    test: Case, isFused: Bool
  ) throws {
    let bench = try Bench(test.text, isFused: isFused)
    let trial = bench.small.trial
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    let (session, state) = try trial.session(Plan(bench.graph, outputs: bench.outputs), pool: pool)
    let variables = bench.small.network.parameters.map(\.variable)
    let x = (trial.inputs["x"] ?? []).map(Double.init)
    var parameters = variables.map { (trial.variables[$0] ?? []).map(Double.init) }
    let start = parameters
    var reference = ReferenceOptimizer(test.name, test.fields)
    for step in UInt32(1)...5 {
      session.input("settings")?.write(bench.settings(UInt64(step)))
      session.run(step: step)
      let gradients = Bench.gradients(x, parameters)
      let norm = gradients.flatMap { $0 }.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(Double(session.buffer(bench.outputs[1]).first) - norm) < 1e-5 * norm)
      reference.update(&parameters, gradients)
      for (variable, exact) in zip(variables, parameters) {
        let error = Comparison.largestError(of: state.buffer(variable).values, from: exact)
        #expect(error < 1e-6, "\(variable.name) after step \(step)")
      }
    }
    #expect(parameters != start)
  }

  @Test(arguments: cases) func `gradients of zero leave parameters finite`(test: Case) throws {
    var bench = try Bench(test.text)
    bench.small.trial.inputs["x"] = [Float](repeating: 0, count: 28)
    for parameter in bench.small.network.parameters where parameter.variable.name.hasSuffix("bias") {
      bench.small.trial.variables[parameter.variable] = [0, 0, 0]
    }
    bench.small.trial.inputs["settings"] = bench.settings(1)
    let outcome = try bench.small.trial.run(bench.graph, outputs: bench.outputs, runs: 3)
    #expect(outcome.outputs == [[0], [0]])
    #expect(outcome.variables.values.allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test func `a small weight decay takes off what it says`() throws {
    // 1 - 8e-7 in Float would be off by 3 % of the decay, the same way at every step.
    let decay: Float = 8e-7
    var trial = Trial()
    let block = trial.layout.addBlock("p")
    let p = trial.layout.add("p", shape: [4096], to: block)
    let moments = ["m", "v"].map { trial.layout.counterpart(of: p, in: trial.layout.mirror(block, as: $0)) }
    var generator = SeededGenerator(4)
    let start = generator.floats(4096, in: 1...2)
    trial.variables[p] = start
    for moment in moments { trial.variables[moment] = [Float](repeating: 0, count: 4096) }
    trial.inputs["settings"] = [1e-3, decay]
    let graph = GraphBuilder()
    let gradient = graph.constant(0).broadcast(to: [4096])
    let rule = UpdateRule.adam(first: moments[0], second: moments[1], beta1: 0.9, beta2: 0.999, epsilon: 1e-7)
    graph.update(p, gradient: gradient, rule: rule, settings: graph.input("settings", [2]))
    let outcome = try trial.run(graph, outputs: [], runs: 200)
    let lost = zip(start, outcome.variables[p] ?? []).map { 1 - Double($1) / Double($0) }
    let mean = lost.reduce(0, +) / 4096
    #expect(abs(mean / (200 * Double(decay)) - 1) < 0.01, "\(mean)")
  }

  @Test(arguments: OptimizerCatalog.all.names) func `every optimizer of the catalogue has its formula`(name: String) {
    #expect(
      OptimizerTests.cases.contains { $0.name == name },
      "add a Case of \(name) to OptimizerTests.cases and its step in Double to ReferenceOptimizer")
  }
}
