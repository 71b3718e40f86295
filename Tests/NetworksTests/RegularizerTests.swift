import Compute
import Networks
import Specs
import TestSupport
import Testing

/// Regularizers against their formulas in Double, on a small discriminator.
@Suite struct RegularizerTests {
  /// Both networks with random parameters, two batches, and what a regularizer keeps.
  private struct Bench {
    static let batch = 5
    let regularizer: any Regularizer
    let discriminator: Network
    let generator: Network
    let kept: KeptVariables
    let trial: Trial

    init(_ text: String) throws {
      var trial = Trial()
      func network(_ name: String, _ layers: [String], _ input: Shape, tag: Int) throws -> Network {
        try #require(
          Network(
            name: name, layers: SpecItem.layers(layers), inputShape: input, classes: ReferenceCritic.classes,
            firstTag: tag, layout: &trial.layout, diagnostics: Diagnostics()))
      }
      regularizer = try SpecItem.read(text, of: RegularizerCatalog.all)
      generator = try network("generator", ReferenceCritic.generatorLayers, [3], tag: 1)
      discriminator = try network("discriminator", ReferenceCritic.layers, ReferenceCritic.inputShape, tag: 1001)
      let mirrored = [
        regularizer.mirrored.contains(.generator) ? generator : nil,
        regularizer.mirrored.contains(.discriminator) ? discriminator : nil,
      ]
      kept = KeptVariables(
        regularizer.kept, mirroring: mirrored.compactMap { $0 }, owner: "regularization.0", layout: &trial.layout)
      var random = SeededGenerator(11)
      for block in trial.layout.blocks {
        for variable in block.variables {
          trial.variables[variable] = random.floats(variable.shape.count, in: -1...1)
        }
      }
      for (name, shift) in [("real", 0), ("generated", 1)] {
        trial.inputs[name] = random.floats(Bench.batch * ReferenceCritic.inputs, in: -1...1)
        trial.inputs["\(name).labels"] = (0..<Bench.batch).map { Float(($0 + shift) % ReferenceCritic.classes) }
      }
      self.trial = trial
    }

    /// The term of a network, its gradients by the network's parameters and by the generated samples, and what is kept behind it.
    func found(_ network: RegularizedNetworks) throws -> (term: Double, gradients: [String: [Float]], kept: Kept) {
      let (graph, isDiscriminator) = (GraphBuilder(), network == .discriminator)
      let own = isDiscriminator ? discriminator : generator
      let critic = try ScoringNetwork(
        discriminator, loss: SpecItem.read("wasserstein: {}", of: LossCatalog.all), heads: 0)
      func batch(_ name: String) -> RegularizerSite.Batch {
        let samples = graph.input(name, Shape([Bench.batch] + ReferenceCritic.inputShape.axes))
        let labels = graph.input("\(name).labels", [Bench.batch, 1])
        let mode = Mode.training(pass: isDiscriminator ? "\(name)/1" : "generator/1", updatesStatistics: false)
        let scores = critic.judge(samples, mode: mode, labels: labels).scores
        return RegularizerSite.Batch(samples: samples, labels: labels, scores: scores)
      }
      let (real, generated) = (batch("real"), batch("generated"))
      let sources = own.parameters.map { graph.read($0.variable) } + [generated.samples]
      let site = RegularizerSite(
        graph: graph, turn: "1", real: real, generated: generated,
        mode: .training(pass: isDiscriminator ? "generated/1" : "generator/1", updatesStatistics: false),
        network: own, critic: critic, kept: kept.variables, held: TurnMemory(parts: 1))
      let term = isDiscriminator ? regularizer.discriminatorTerm(at: site) : regularizer.generatorTerm(at: site)
      let gradients = term.gradients(withRespectTo: sources)
      let outcome = try trial.run(graph, outputs: [term] + gradients.compactMap { $0 })
      var made = outcome.outputs.dropFirst()
      let names = own.parameters.map(\.variable.name) + ["generated"]
      let values = zip(zip(names, sources), gradients).map { source, gradient in
        (source.0, gradient == nil ? [Float](repeating: 0, count: source.1.shape.count) : made.removeFirst())
      }
      return (
        Double(outcome.outputs[0][0]), Dictionary(uniqueKeysWithValues: values),
        kept.variables.mapValues { (outcome.variables[$0] ?? []).map(Double.init) }
      )
    }

    /// The same in Double.
    func reference(_ network: RegularizedNetworks) -> ReferenceCritic {
      let parameters = (discriminator.parameters + generator.parameters).map(\.variable)
      func batch(_ name: String) -> ReferenceBatch {
        ReferenceBatch(
          values: (trial.inputs[name] ?? []).map(Double.init),
          labels: (trial.inputs["\(name).labels"] ?? []).map { Int($0) })
      }
      return ReferenceCritic(
        parameters: Dictionary(
          uniqueKeysWithValues: parameters.map { ($0.name, (trial.variables[$0] ?? []).map(Double.init)) }),
        shapes: Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.shape) }),
        network: network == .discriminator ? "discriminator" : "generator", real: batch("real"),
        generated: batch("generated"), seed: trial.seed, trainingStep: trial.step)
    }

    /// What is kept before the step.
    var before: Kept { kept.variables.mapValues { (trial.variables[$0] ?? []).map(Double.init) } }
  }

  @Test(arguments: RegularizerCatalog.all.names) func `every regularizer of the catalogue has its formula`(name: String)
  {
    #expect(
      RegularizerTests.cases.contains { $0.name == name },
      "add a Case of \(name), with its formula in Double, to RegularizerTests.cases")
  }

  @Test(arguments: cases) func `a regularizer's term and its gradients follow its formula`(test: Case) throws {
    guard case .term(let networks, let moved, let formula) = test.formula else { return }
    let bench = try Bench(test.text)
    #expect(bench.regularizer.networks == networks)
    #expect(bench.regularizer.every == test.every)
    for network in [RegularizedNetworks.generator, .discriminator] where networks.contains(network) {
      let (critic, found) = (bench.reference(network), try bench.found(network))
      let before = bench.before
      let after = before.merging(moved(critic, before)) { $1 }
      let exact = formula(critic, before, after)
      #expect(exact > 0)
      #expect(abs(found.term - exact) <= 1e-5 * exact, "\(critic.network): \(found.term), not \(exact)")
      for (name, values) in after {
        let error = Comparison.largestError(of: found.kept[name]?.map { Float($0) } ?? [], from: values)
        #expect(error < 1e-6, "\(name) after the step")
      }
      for (name, gradient) in found.gradients {
        let slopes = gradient.indices.map { place in
          func shifted(_ step: Double) -> Double {
            var critic = critic
            if name == "generated" {
              critic.generated.values[place] += step
            } else {
              critic.parameters[name]?[place] += step
            }
            return formula(critic, before, after)
          }
          return (shifted(ReferenceCritic.step) - shifted(-ReferenceCritic.step)) / (2 * ReferenceCritic.step)
        }
        let largest = max(slopes.map(abs).max() ?? 0, 1e-3 * exact)
        for (slope, value) in zip(slopes, gradient) {
          #expect(abs(Double(value) - slope) <= 1e-4 * largest, "the slope by \(name) in \(critic.network)'s loss")
        }
      }
    }
  }

  @Test(arguments: cases) func `a rule makes of parameters what its formula says`(test: Case) throws {
    let bench = try Bench(test.text)
    let values: [Float] = [-3, -0.3, -0.005, 0, 0.005, 0.3, 3]
    switch test.formula {
    case .term:
      #expect(try constrained([7], .kernel, by: bench.regularizer, values) == nil && bench.regularizer.constrains == [])
    case .rule(let formula):
      #expect(bench.regularizer.constrains == .discriminator && bench.regularizer.networks == [])
      let found = try #require(try constrained([7], .bias, by: bench.regularizer, values))
      #expect(Comparison.largestError(of: found, from: values.map { formula(Double($0)) }) < 1e-7)
    case .filterRule(let networks, let formula):
      #expect(bench.regularizer.constrains == networks && bench.regularizer.networks == [])
      for role in [ParameterRole.bias, .scale, .shift, .embeddings] {
        #expect(try constrained([7], role, by: bench.regularizer, values) == nil)
      }
      for (shape, role, behind) in [
        ([5, 3], .kernel, 1), ([2, 3, 2, 3], .kernel, 1), ([2, 2, 3, 4], .transposedKernel, 4),
      ] as [(Shape, ParameterRole, Int)] {
        // Three filters: of large weights, of small ones and of none.
        let filter = (0..<shape.count).map { $0 / behind % 3 }
        let values = filter.enumerated().map { place, filter in
          Float([1.5, 0.04, 0][filter] * (1 + Double(place % 5)) * (place % 2 == 0 ? 1 : -1))
        }
        let found = try #require(try constrained(shape, role, by: bench.regularizer, values))
        for number in 0..<3 {
          let places = filter.indices.filter { filter[$0] == number }
          let expected = formula(places.map { Double(values[$0]) })
          #expect(Comparison.largestError(of: places.map { found[$0] }, from: expected) < 1e-6, "\(shape) \(number)")
        }
      }
    }
  }

  /// What a regularizer makes of a parameter; nil where it stays as it is.
  private func constrained(
    _ shape: Shape, _ role: ParameterRole, by regularizer: any Regularizer, _ values: [Float]
  ) throws -> [Float]? {
    let graph = GraphBuilder()
    guard let made = regularizer.constrained(graph.input("p", shape), role) else { return nil }
    var trial = Trial()
    trial.inputs["p"] = values
    return try trial.run(graph, outputs: [made]).outputs[0]
  }
}
