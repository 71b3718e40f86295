import Compute
import Datasets
import Foundation
import Networks
import Specs
import Synchronization
import TestSupport
import Testing
import Training

/// Shards of a batch: their mathematics, and the same bits for any number of ranks.
struct ShardTests {
  private static let networks = """
    generator:
      - dense: {units: 32, activation: leaky_relu}
      - batch_norm
      - dense: {units: 2}
    discriminator:
      - dense: {units: 32, activation: leaky_relu}
      - batch_norm
      - dropout: {rate: 0.2}
      - dense: {units: 1}
    """

  /// Specs with what crosses shards: statistics, running means of losses, penalties, codes, classes, several updates.
  private static let specs: [(name: String, text: String, training: String)] = [
    (
      "statistics, masks and moving averages",
      "dataset: {gaussian_ring: {samples: 512}}\nlatent: {dim: 8}\n\(networks)",
      "generator_average: {decay: 0.9}"
    ),
    (
      "separate updates, packs and clipped norms",
      """
      dataset: {gaussian_ring: {samples: 512}}
      latent: {dim: 8}
      \(networks)
      optimizers: {discriminator: {adam: {global_clipnorm: 0.1}}}
      """, "packing: 2, discriminator_update: separate, discriminator_steps: 2"
    ),
    (
      "a critic with spectral norm and a penalty, in micro-batches",
      """
      dataset: {gaussian_ring: {samples: 512}}
      latent: {dim: 8}
      generator: [dense: {units: 24, activation: relu}, dense: {units: 2}]
      discriminator:
        - spectral_norm: {layer: {dense: {units: 24, activation: leaky_relu}}}
        - layer_norm
        - dense: {units: 1}
      loss: wasserstein
      regularization: [gradient_penalty: {weight: 10, every: 2}, weight_decay: {network: generator}]
      """, "gradient_accumulation: 2, generator_steps: 2"
    ),
    (
      "relativistic averages and codes",
      """
      dataset: {gaussian_ring: {samples: 512}}
      latent: {dim: 6, codes: {categorical: [4], continuous: 2}}
      generator: [dense: {units: 24}, batch_norm, relu, dense: {units: 2}]
      discriminator: [dense: {units: 24, activation: leaky_relu}, gaussian_noise: {stddev: 0.1}, dense: {units: 7}]
      loss: relativistic_average
      regularization: [lecam: {weight: 0.1}]
      """, "discriminator_update: joint"
    ),
    (
      "a loss with a balance",
      """
      dataset: {gaussian_ring: {samples: 512}}
      latent: {dim: 4}
      generator: [dense: {units: 24, activation: elu}, dense: {units: 2}]
      discriminator: [dense: {units: 24, activation: elu}, dense: {units: 2}]
      loss: boundary_equilibrium
      """, "generator_steps: 2"
    ),
    (
      "images, classes and adaptive augmentation",
      """
      dataset: {mnist: {split: test}}
      latent: {dim: 8}
      conditional: {}
      generator:
        - one_hot
        - dense: {units: 98}
        - reshape: {shape: [7, 7, 2]}
        - batch_norm
        - conv2d_transpose: {filters: 4, kernel_size: 4, strides: 2, padding: same, activation: relu}
        - conv2d_transpose: {filters: 1, kernel_size: 4, strides: 2, padding: same, activation: tanh}
      discriminator:
        - conv2d: {filters: 6, kernel_size: 4, strides: 4, activation: leaky_relu}
        - minibatch_std
        - flatten
        - dense: {units: 1}
      """, "augmentation: {translation: 0.1, adaptive: {target: 0.6, images: 1000}}"
    ),
    (
      "wide layers, clipped norms and weights, updates of shares",
      """
      dataset: {gaussian_ring: {samples: 512}}
      latent: {dim: 8}
      generator: [dense: {units: 96, activation: relu}, dense: {units: 80, activation: relu}, dense: {units: 2}]
      discriminator: [dense: {units: 96, activation: relu}, dense: {units: 80, activation: relu}, dense: {units: 70}, dense: {units: 1}]
      loss: wasserstein
      regularization: [weight_clipping: {limit: 0.05}, weight_decay: {network: generator}]
      optimizers:
        generator: {adamw: {clipnorm: 0.1}}
        discriminator: {rmsprop: {momentum: 0.9, global_clipnorm: 0.1}}
      """, "discriminator_steps: 2, gradient_accumulation: 2, generator_average: {decay: 0.9}"
    ),
    (
      "wide layers under one moment, and under none",
      """
      dataset: {gaussian_ring: {samples: 512}}
      latent: {dim: 8}
      generator: [dense: {units: 96, activation: relu}, dense: {units: 80, activation: relu}, dense: {units: 2}]
      discriminator: [dense: {units: 96, activation: relu}, dense: {units: 80, activation: relu}, dense: {units: 1}]
      optimizers: {generator: {sgd: {}}, discriminator: {sgd: {momentum: 0.9, nesterov: true, clipvalue: 0.01}}}
      """, "discriminator_update: joint"
    ),
    (
      "a classifier",
      """
      dataset: {mnist: {split: test}}
      network: [flatten, dense: {units: 24, activation: relu}, batch_norm, dropout: {rate: 0.3}, dense: {units: 10}]
      """, "augmentation: {translation: 0.1}"
    ),
  ]

  private static func spec(_ text: String, _ training: String) throws -> (Experiment, TaskData) {
    let diagnostics = Diagnostics()
    let file = SpecFile(
      path: "shards.yaml", bytes: [UInt8]("\(text)\ntraining: {batch_size: 96, steps: 5, \(training)}\n".utf8),
      diagnostics: diagnostics)
    let location = RunOptions().data(forSpec: "shards.yaml")
    let experiment = file.root.flatMap {
      Experiment($0, fallbackName: "shards", data: .looking(location), diagnostics: diagnostics)
    }
    #expect(!diagnostics.hasErrors, "\(diagnostics.all.map(\.message))")
    let found = try #require(experiment)
    return (found, try found.load(from: location))
  }

  /// What a training ends in: its row of means, and every value of its state.
  private struct Outcome: Equatable, Sendable {
    let row: [UInt32]
    let state: [[UInt32]]

    init(_ trainer: Trainer) {
      row = trainer.row.map(\.bitPattern)
      state = trainer.state.layout.blocks.indices.map { trainer.state.buffer(block: $0).values.map(\.bitPattern) }
    }
  }

  private static func train(
    _ experiment: Experiment, _ data: TaskData, threads: Int = 1, ranks: (any Ranks)? = nil
  ) -> Outcome? {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    guard let trainer = try? Trainer(experiment, data: data, pool: pool, ranks: ranks) else { return nil }
    if let ranks, ranks.rank > 0 {
      trainer.follow()
      return nil
    }
    for _ in 0..<experiment.totalSteps { trainer.runStep() }
    let outcome = Outcome(trainer)
    if let ranks { RankOrder.end.send(ranks) }
    return outcome
  }

  @Test(arguments: specs.indices, [4, 6]) func `ranks change no bit`(number: Int, shards: Int) throws {
    let (name, text, training) = ShardTests.specs[number]
    let (experiment, data) = try ShardTests.spec(text, "\(training), shards: \(shards)")
    let alone = try #require(ShardTests.train(experiment, data))
    #expect(alone.row.contains { $0 != 0 })
    #expect(ShardTests.train(experiment, data, threads: 3) == alone, "\(name)")
    for count in 2...shards where shards % count == 0 {
      let together = Mutex<Outcome?>(nil)
      ThreadRanks.run(count) { ranks in
        let outcome = ShardTests.train(experiment, data, ranks: ranks)
        if let outcome { together.withLock { $0 = outcome } }
      }
      #expect(together.withLock { $0 } == alone, "\(name): \(count) ranks")
    }
  }

  @Test(arguments: specs.indices) func `two shards are two micro-batches, and more differ in the order of their sums`(
    number: Int
  ) throws {
    let (name, text, training) = ShardTests.specs[number]
    guard !training.contains("accumulation") else { return }
    func outcome(_ key: String, _ count: Int) throws -> Outcome {
      let (experiment, data) = try ShardTests.spec(text, "\(training), \(key): \(count)")
      return try #require(ShardTests.train(experiment, data))
    }
    #expect(try outcome("shards", 2) == outcome("gradient_accumulation", 2), "\(name)")
    #expect(try outcome("shards", 4) != outcome("gradient_accumulation", 4), "\(name)")
    #expect(try outcome("shards", 2) != outcome("shards", 1), "\(name)")
  }

  @Test func `sums are of neighbours in pairs, within a shard one after the other`() {
    // As sums of single values are read off the graph.
    func text(_ count: Int, perShard: Int) -> String {
      let graph = GraphBuilder()
      var sum = MicroBatchSum(perShard: perShard)
      for number in 1...count { sum.add([graph.input("\(number)", [])]) }
      let total = sum.total[0]
      let whole = graph.finished()
      func text(_ vertex: Graph.Vertex) -> String {
        if let input = vertex.operation as? Input { return input.name }
        return "(" + vertex.operands.map { text(whole.vertex($0)) }.joined(separator: "+") + ")"
      }
      return text(graph.vertex(total))
    }
    #expect(text(1, perShard: 1) == "1")
    #expect(text(3, perShard: 1) == "((1+2)+3)")
    #expect(text(4, perShard: 1) == "((1+2)+(3+4))")
    #expect(text(7, perShard: 1) == "(((1+2)+(3+4))+((5+6)+7))")
    #expect(text(6, perShard: 2) == "(((1+2)+(3+4))+(5+6))")
    #expect(text(6, perShard: 3) == "(((1+2)+3)+((4+5)+6))")
  }

  @Test func `a rank passes its own shards alone, and meets the others once an update`() throws {
    let (experiment, _) = try ShardTests.spec(ShardTests.specs[0].text, "shards: 4")
    let step = experiment.task.step(due: [])
    @Sendable func products(_ graph: Graph, _ outputs: [VertexNumber]) -> Int {
      PlanReport(Plan(graph, outputs: outputs)).productOperations
    }
    let whole = products(step.graph, step.values)
    let found = Mutex<[[Int]]>([])
    ThreadRanks.run(4) { ranks in
      let (graph, outputs) = step.graph.placed(
        outputs: step.values, shards: 4, on: ranks, homes: UpdateHomes([step.graph], ranks: 4))
      let exchanges = graph.vertices.count { $0.operation is Exchange }
      found.withLock { $0.append([products(graph, outputs), exchanges]) }
    }
    for rank in found.withLock({ $0 }) {
      #expect(rank[0] * 4 == whole)
      // Gradients of both networks; what the last update measures comes with them.
      #expect(rank[1] == 2)
    }
  }

  @Test func `a rank updates its share of large parameters, and all of them the others`() throws {
    let training = "\(ShardTests.specs[6].training), shards: 2"
    let (experiment, _) = try ShardTests.spec(ShardTests.specs[6].text, training)
    let step = experiment.task.step(due: [])
    let homes = UpdateHomes([step.graph], ranks: 2)
    let found = Mutex<[Int: [String]]>([:])
    ThreadRanks.run(2) { ranks in
      let (graph, _) = step.graph.placed(outputs: step.values, shards: 2, on: ranks, homes: homes)
      let updates = graph.vertices.compactMap { $0.operation as? Update }.filter { $0.rule != .assign }
      found.withLock { $0[ranks.rank] = updates.map(\.variable.name) }
    }
    let names = found.withLock { $0 }
    let own = (0..<2).map { rank in Set(names[rank] ?? []).subtracting(names[1 - rank] ?? []) }
    // Of the discriminator the largest is as much as no other two.
    #expect(own[0] == ["generator.1.kernel", "discriminator.1.kernel"], "\(own)")
    #expect(own[1] == ["discriminator.2.kernel"], "\(own)")
    #expect(Set(names[0] ?? []).intersection(names[1] ?? []).contains("generator.0.kernel"))
    #expect(homes.moments.map(\.count) == [4, 2])
  }

  @Test func `a rank that cannot train says why, and the first ends with it`() throws {
    let (experiment, data) = try ShardTests.spec(ShardTests.specs[0].text, "shards: 2")
    let other = try ShardTests.spec(ShardTests.specs[0].text.replacingOccurrences(of: "512", with: "500"), "shards: 2")
    let told = Mutex<[String]>([])
    ThreadRanks.run(2) { ranks in
      let pool = ThreadPool(threads: 1)
      defer { pool.close() }
      guard ranks.rank == 0 else {
        return RankTask.follow(ranks, pool: pool, data: RunOptions().data(forSpec: "shards.yaml"), memory: .max)
      }
      // The data of another experiment, as a node with another file has them.
      for data in [other.1, data] {
        do throws(RunError) {
          try RankTask(experiment, data, at: RunOptions().data(forSpec: "shards.yaml")).begin(ranks)
          told.withLock { $0.append("ready") }
        } catch { told.withLock { $0.append(error.message) } }
      }
      RankOrder.end.send(ranks)
    }
    #expect(told.withLock { $0 } == ["rank 1 cannot train: its data are not those of the first rank", "ready"])
    ThreadRanks.run(3) { ranks in
      do throws(RunError) {
        try RankTask.requireShards(experiment, for: ranks)
        if ranks.rank == 0 { told.withLock { $0.append("accepted") } }
      } catch { if ranks.rank == 0 { told.withLock { $0.append("\(error.message); \(error.remedy ?? "")") } } }
    }
    #expect(
      told.withLock { $0.last }
        == "mpirun started 3 processes, but training.shards is 2; start as many as divide it: mpirun -n 1, or 2")
  }
}
