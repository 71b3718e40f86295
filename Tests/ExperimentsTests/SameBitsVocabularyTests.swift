import Foundation
import TestSupport
import Testing

/// The same bits for everything that a step keeps beside parameters: balances, running means, averages, schedules, classes.
@Suite(.serialized) struct SameBitsVocabularyTests {
  /// A spec in which much is kept.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let spec: String
    var testDescription: String { name }

    init(_ name: String, _ spec: String) {
      self.name = name
      self.spec = spec
    }
  }

  static let cases = [
    Case(
      "regularizers, lazily",
      """
      name: small
      dataset: {gaussian_ring: {samples: 1536}}
      latent: {dim: 8}
      generator: [dense: {units: 200, activation: relu}, batch_norm, dense: {units: 2}]
      discriminator: [spectral_norm: {layer: {dense: {units: 200, activation: leaky_relu}}}, dropout: {rate: 0.1}, dense: {units: 1}]
      loss: {least_squares: {label_flipping: 0.1}}
      regularization:
        - gradient_penalty: {every: 2}
        - r1: {every: 3}
        - dragan: {every: 5}
        - lecam
        - historical_averaging
        - orthogonal: {network: both}
        - feature_matching
      optimizers:
        generator: {adam: {learning_rate: {cosine_decay: {initial_learning_rate: 1e-3, decay_steps: 40, warmup_steps: 5}}}}
        discriminator: {adam: {learning_rate: {exponential_decay: {initial_learning_rate: 1e-3, decay_steps: 7, decay_rate: 0.9}}}}
      training:
        batch_size: 128
        epochs: 6
        discriminator_steps: 2
        generator_steps: 2
        gradient_accumulation: 2
        generator_average: {decay: 0.9, start: 7}
      record: {metrics_every: 4, sample_count: 100, checkpoints_kept: 100}

      """),
    Case(
      "classes and codes, augmented",
      """
      name: small
      dataset: {mnist: {split: test, subset: 320}}
      latent: {dim: 8, codes: {categorical: [3], continuous: 2}}
      conditional: {auxiliary_classifier: 0.5}
      generator:
        - embedding: {output_dim: 6}
        - dense: {units: 392}
        - reshape: {shape: [7, 7, 8]}
        - conditional_batch_norm
        - relu
        - conv2d_transpose: {filters: 4, kernel_size: 4, strides: 2, padding: same, activation: relu}
        - conv2d_transpose: {filters: 1, kernel_size: 4, strides: 2, padding: same, activation: tanh}
      discriminator:
        - one_hot
        - conv2d: {filters: 8, kernel_size: 4, strides: 2, padding: same, activation: leaky_relu}
        - flatten
        - dense: {units: 16}
      loss: hinge
      training:
        batch_size: 64
        epochs: 5
        augmentation: {translation: 0.125, cutout: 0.3, brightness: 0.5, adaptive: {images: 1000}}
      record: {metrics_every: 3, checkpoints_kept: 100}

      """),
    Case(
      "a balance, clipped weights and packs",
      """
      name: small
      dataset: {gaussian_grid: {samples: 1536}}
      latent: {dim: 8}
      generator: [dense: {units: 200, activation: relu}, batch_norm, dense: {units: 2}]
      discriminator: [dense: {units: 100, activation: leaky_relu}, dense: {units: 4}]
      loss: {boundary_equilibrium: {lambda: 0.1}}
      regularization: [weight_clipping: {limit: 0.05}, max_norm: {limit: 0.3, network: generator}, weight_decay]
      training: {batch_size: 128, epochs: 6, packing: 2, generator_average: {half_life: 1000}}
      record: {metrics_every: 4, sample_count: 100, checkpoints_kept: 100}

      """),
    Case(
      "an unrolled discriminator",
      """
      name: small
      dataset: {gaussian_ring: {samples: 1024}}
      latent: {dim: 8}
      generator: [dense: {units: 100, activation: relu}, dense: {units: 2}]
      discriminator: [dense: {units: 100, activation: softplus}, dense: {units: 1}]
      training: {batch_size: 128, epochs: 4, unrolled_steps: 3}
      record: {metrics_every: 3, sample_count: 100, checkpoints_kept: 100}

      """),
  ]

  @Test(arguments: cases) func `threads, kills and resumes change no bit`(test: Case) throws {
    let scratch = try RunScratch(spec: test.spec)
    let first = try scratch.gan("run", "small.yaml", "--threads", "2", "--quiet")
    try #require(first.status == 0, Comment(rawValue: first.errors))
    for threads in [1, 3] {
      #expect(try scratch.gan("run", "small.yaml", "--threads", "\(threads)", "--quiet").status == 0)
    }
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
    #expect(try scratch.differences(scratch.run("001"), scratch.run("003")) == [])

    let before = try scratch.evidence(scratch.run())
    for checkpoint in try scratch.names(scratch.run() + "/checkpoints") {
      let step = try #require(Int(checkpoint.dropFirst(5).prefix { $0 != "." }))
      let resumed = try scratch.gan("resume", scratch.run(), "--from", "\(step)", "--quiet")
      #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
      #expect(try scratch.evidence(scratch.run()) == before, "from step \(step)")
    }

    let kills = ProcessInfo.processInfo.environment["GAN_EXP_KILLS"].flatMap(Int.init) ?? 4
    var generator = SeededGenerator(UInt64(kills))
    var running = try scratch.start("run", "small.yaml", "--quiet")
    for kill in 0..<kills {
      usleep(UInt32.random(in: 20_000...250_000, using: &generator))
      running.signal(SIGKILL)
      _ = running.wait()
      let isBegun = FileManager.default.fileExists(atPath: scratch.run("004") + "/run.json")
      if !isBegun { try? FileManager.default.removeItem(atPath: scratch.run("004")) }
      running =
        isBegun
        ? try scratch.start("resume", scratch.run("004"), "--threads", "\(kill % 3 + 1)", "--quiet")
        : try scratch.start("run", "small.yaml", "--quiet")
    }
    let last = running.wait()
    #expect(last.status == 0, Comment(rawValue: last.errors))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("004")) == [])
  }
}
