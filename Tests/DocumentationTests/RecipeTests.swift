import Compute
import Datasets
import Foundation
import Networks
import Reports
import Specs
import TestSupport
import Testing

/// The recipes of architecture.md do what they say, read from the text of a spec.
@Suite struct RecipeTests {
  /// The entry of a catalogue that has nothing but the recipe.
  private func read<Item>(
    _ text: String, as noun: String, _ name: String, _ summary: String,
    _ read: @escaping @Sendable (inout Fields) -> Item
  ) throws -> Item {
    let catalog = Catalog<Item>(noun: noun, [.init(name: name, summary: summary, read: read)])
    let diagnostics = Diagnostics()
    let node = try #require(
      Parser.parse(bytes: Array("item: {\(text)}".utf8), name: "test", diagnostics: diagnostics))
    var fields = Fields(node, of: "test", diagnostics: diagnostics)
    let item = fields.item("item", of: catalog, "what is tested")
    fields.finish()
    #expect(diagnostics.all.map(\.message) == [])
    return try #require(item)
  }

  /// A recipe with its defaults.
  private static func ofDefaults<Item>(_ read: (inout Fields) -> Item) -> Item {
    var fields = Fields.describing(subject: "a recipe")
    return read(&fields)
  }

  /// A network of one layer on samples of a shape.
  private func network(_ layer: any Layer, input: Shape, _ trial: inout Trial) throws -> Network {
    let diagnostics = Diagnostics()
    return try #require(
      Network(
        name: "discriminator", layers: [Marked(layer, mark: .nowhere)], inputShape: input, firstTag: 1,
        layout: &trial.layout, diagnostics: diagnostics))
  }

  @Test func `a layer has its shape, its values and its gradients`() throws {
    let layer = try read("swish: {beta_initializer: {constant: {value: 2}}}", as: "layer", Swish.name, Swish.summary) {
      Swish(from: &$0) as any Layer
    }
    var trial = Trial()
    let network = try network(layer, input: [6], &trial)
    let beta = try #require(network.parameters.first).variable
    #expect(beta.name == "discriminator.0.beta")
    var generator = SeededGenerator(3)
    let (x, slopes) = (generator.normals(30), generator.normals(6))
    trial.inputs["x"] = x.map { Float($0) }
    trial.variables[beta] = slopes.map { Float($0) }
    let graph = GraphBuilder()
    let y = network.apply(graph.input("x", [5, 6]), mode: .inference)
    #expect(y.shape == [5, 6])
    let exact = x.indices.map { x[$0] / (1 + exp(-slopes[$0 % 6] * x[$0])) }
    #expect(Comparison.largestError(of: try trial.run(graph, outputs: [y]).outputs[0], from: exact) < 1e-6)
    let errors = try GradientCheck(trial).errors { graph in
      let x = graph.input("x", [5, 6])
      let y = network.apply(x, mode: .training(pass: "test", updatesStatistics: false))
      return (y.square().mean(), [x, graph.read(beta)])
    }
    #expect(errors.emitted < 1e-6 && errors.emittedSecond < 1e-6)
    #expect(errors.planned < 1e-5 && errors.plannedSecond < 1e-5)
  }

  @Test func `a loss has its terms and its column`() throws {
    let loss = try read(
      "absolute_difference: {scale: 2}", as: "loss", AbsoluteDifference.name, AbsoluteDifference.summary
    ) { AbsoluteDifference(from: &$0) as any Loss }
    var trial = Trial()
    let (r, g): ([Float], [Float]) = ([0.5, 2, -1], [-0.5, 1, -3])
    trial.inputs = ["r": r, "g": g]
    var site = LossSite(graph: GraphBuilder(), pass: "test")
    let (real, generated) = (site.graph.input("r", [3, 1]), site.graph.input("g", [3, 1]))
    let terms = [
      loss.real(real, beside: generated, at: &site), try #require(loss.generated(generated, beside: real, at: &site)),
      loss.generator(generated, beside: real, at: &site),
    ]
    let measured = try #require(site.measures.first)
    _ = loss.real(real, beside: nil, at: &site)
    #expect(site.measures.count == 1 && !loss.comparesBatches)
    #expect(measured.column.name == "score_margin" && type(of: loss).columns == [measured.column])
    let slope = try #require(terms[2].gradients(withRespectTo: [generated])[0])
    let outputs = try trial.run(site.graph, outputs: terms + [measured.value, slope]).outputs
    #expect(outputs.dropLast().map { ($0[0] * 1000).rounded() } == [2333, 3000, 3667, 1333])
    #expect(Comparison.largestError(of: outputs[4], from: [-2.0 / 3, 0, -2.0 / 3]) < 1e-6)
  }

  @Test func `a regularizer adds its term`() throws {
    let drift = try read("drift: {weight: 0.5, every: 4}", as: "regularizer", Drift.name, Drift.summary) {
      Drift(from: &$0) as any Regularizer
    }
    #expect(drift.every == 4 && drift.networks == .discriminator)
    var trial = Trial()
    let network = try network(Linear(), input: [1], &trial)
    trial.inputs = ["r": [1, 2, -3]]
    let graph = GraphBuilder()
    let scores = graph.input("r", [3, 1])
    let batch = RegularizerSite.Batch(samples: scores, labels: nil, scores: scores)
    let site = RegularizerSite(
      graph: graph, turn: "1", real: batch, generated: batch,
      mode: .training(pass: "test", updatesStatistics: false), network: network,
      critic: ScoringNetwork(network, loss: RecipeTests.ofDefaults(AbsoluteDifference.init), heads: 0), kept: [:],
      held: TurnMemory(parts: 1))
    let term = drift.discriminatorTerm(at: site)
    let slope = try #require(term.gradients(withRespectTo: [scores])[0])
    let outputs = try trial.run(graph, outputs: [term, slope]).outputs
    #expect(Comparison.largestError(of: outputs[0], from: [0.5 * 14 / 3]) < 1e-6)
    #expect(Comparison.largestError(of: outputs[1], from: [1.0 / 3, 2.0 / 3, -1]) < 1e-6)
  }

  @Test func `an optimizer follows its formula without a loop of its own`() throws {
    let optimizer = try read(
      "signum: {learning_rate: 0.1, beta: 0.5}", as: "optimizer", Signum.name, Signum.summary
    ) { Signum(from: &$0) as any Optimizer }
    var trial = Trial()
    let network = try network(RecipeTests.ofDefaults(Swish.init), input: [6], &trial)
    let state = OptimizerState(optimizer, for: network, layout: &trial.layout)
    for block in trial.layout.blocks {
      for variable in block.variables { trial.variables[variable] = [Float](repeating: 0, count: 6) }
    }
    let settings = optimizer.settings(update: 1, step: 1)
    trial.inputs["settings"] = [settings.size, settings.decay]
    // The gradient is 1 in three values and -1 in the others, so that three steps of 0.1 go down or up.
    trial.inputs["slope"] = [1, 1, 1, -1, -1, -1]
    let graph = GraphBuilder()
    let beta = network.parameters[0].variable
    let gradients = state.gradients(of: (graph.read(beta) * graph.input("slope", [6])).sum())
    let norm = state.update(with: gradients, settings: graph.input("settings", [2]))
    let outcome = try trial.run(graph, outputs: [norm], runs: 3)
    let length = Double(6).squareRoot()
    #expect(Comparison.largestError(of: outcome.outputs[0], from: [length]) < 1e-6)
    #expect(
      Comparison.largestError(of: outcome.variables[beta] ?? [], from: [-0.3, -0.3, -0.3, 0.3, 0.3, 0.3]) < 1e-6)
  }

  @Test func `a schedule has its rates, behind the warm-up`() throws {
    let schedule = try read(
      "inverse_time_decay: {initial_learning_rate: 0.1, decay_steps: 10, decay_rate: 1, warmup_steps: 2}",
      as: "schedule", InverseTimeDecay.name, InverseTimeDecay.summary
    ) { InverseTimeDecay(from: &$0) as any Schedule }
    #expect([1, 2, 3, 13].map { schedule.rate(step: $0) } == [0, 0.05, 0.1, 0.05])
  }

  @Test func `a dataset is what its survey says, the same for the same seed`() throws {
    let spiral = try read("spiral: {samples: 500}", as: "dataset", Spiral.name, Spiral.summary) {
      Spiral(from: &$0) as any Dataset
    }
    let location = DataLocation.standard()
    let survey = try spiral.survey(in: location)
    let (table, again) = (try spiral.load(from: location, seed: 1), try spiral.load(from: location, seed: 1))
    #expect(table.count == survey.count && table.sampleShape == survey.sampleShape && table.digest == again.digest)
    guard case .floats(let values) = table.values else {
      Issue.record("points are no bytes")
      return
    }
    #expect(values.allSatisfy { survey.bounds?.contains($0) ?? false })
    #expect(Set(table.labels ?? []) == [0, 1])
  }

  @Test func `a command answers`() throws {
    let folder = try TemporaryFolder()
    try folder.put(
      """
      dataset: {gaussian_ring: {samples: 64}}
      generator: [dense: {units: 2}]
      discriminator: [dense: {units: 1}]
      training: {batch_size: 16, epochs: 1}

      """, into: "ring.yaml")
    #expect(try Program.run(["run", "ring.yaml", "--quiet"], in: folder.path).status == 0)
    let command = try ColumnsCommand.parse(["ring", "--runs", folder("Runs")])
    let metrics = try folder.text(of: "Runs/ring/001/metrics.csv")
    #expect(try command.text().replacing("\n", with: ",") == String(metrics.prefix { $0 != "\n" }))
  }
}
