import Compute
import Datasets
import Foundation
import TestSupport
import Testing
import Training

/// The second promise: the same bits whatever the thread count, however often killed and resumed.
@Suite(.serialized) struct SameBitsTests {
  /// Threads and lanes of runs that must be the same; lanes of 1 are the arithmetic's definition, value by value.
  private static var manners: [(threads: Int, lanes: Int)] {
    [(2, 8), (1, 1), (3, 8), (4, 8)] + (Lanes.sixteen.areSupported ? [(1, 16), (3, 16)] : [])
  }

  /// Trains in every manner and compares metrics, sheets and checkpoints.
  private func compare(_ spec: String, _ digest: String) throws {
    let scratch = try RunScratch(spec: spec)
    for (number, manner) in SameBitsTests.manners.enumerated() {
      let result = try scratch.gan(
        "run", "small.yaml", "--threads", "\(manner.threads)", "--lanes", "\(manner.lanes)", "--quiet")
      #expect(result.status == 0, Comment(rawValue: result.errors))
      let run = scratch.run(String("00\(number + 1)".suffix(3)))
      #expect(try scratch.differences(scratch.run("001"), run) == [], "\(manner)")
    }
    // The bits of arithmetic 1, on whatever machine.
    let bits = try scratch.digest(scratch.run("001"))
    #expect(bits == digest, "\(bits)")
  }

  @Test func `neither threads nor lanes change a bit`() throws {
    try compare(RunScratch.spec, "e0bc28b2a50fec3a958392bcacf6be5a73eb56598a7c7cd674d9f31df0296d2c")
  }

  @Test func `a run of convolutions has the same bits for any threads and lanes`() throws {
    try compare(
      """
      name: small
      dataset: {mnist: {split: test}}
      latent: {dim: 20}
      generator:
        - dense: {units: 784}
        - reshape: {shape: [7, 7, 16]}
        - batch_norm
        - conv2d_transpose: {filters: 12, kernel_size: 4, strides: 2, padding: same, activation: relu}
        - instance_norm
        - conv2d_transpose: {filters: 1, kernel_size: 5, strides: 2, padding: same, activation: tanh}
      discriminator:
        - conv2d: {filters: 24, kernel_size: 4, strides: 2, padding: same, activation: leaky_relu}
        - conv2d: {filters: 24, kernel_size: 3, dilation_rate: 2}
        - group_norm: {groups: 4}
        - prelu
        - global_sum_pooling2d
        - dense: {units: 1}
      training: {batch_size: 128, epochs: 1, steps: 12}
      record: {metrics_every: 1}

      """, "6c9a96d2d3687062cdbc29bdd18423fd2840dd5ba02c1b3c44186fdfa85491cc")
  }

  @Test func `a run of every other kind of layer has the same bits for any threads and lanes`() throws {
    try compare(
      """
      name: small
      dataset: {mnist: {split: test}}
      latent: {dim: 20}
      generator:
        - maxout: {units: 784, pieces: 2}
        - reshape: {shape: [7, 7, 16]}
        - self_attention
        - residual:
            body:
              - batch_norm
              - relu
              - up_sampling2d
              - spectral_norm: {layer: {conv2d: {filters: 8, kernel_size: 3, padding: same}}}
            shortcut: [up_sampling2d: {interpolation: bilinear}, conv2d: {filters: 8, kernel_size: 1}]
        - up_sampling2d
        - separable_conv2d: {filters: 1, kernel_size: 3, padding: same, depth_multiplier: 2, activation: tanh}
      discriminator:
        - gaussian_noise: {stddev: 0.1, decay_steps: 10}
        - concat:
            branches:
              - [spectral_norm: {layer: {conv2d: {filters: 12, kernel_size: 4, strides: 2, padding: same}}}]
              - [average_pooling2d, dropout: {rate: 0.2}]
        - separable_conv2d: {filters: 16, kernel_size: 3, activation: leaky_relu}
        - max_pooling2d
        - minibatch_std
        - flatten
        - minibatch_discrimination: {kernels: 10, kernel_dimension: 4}
        - dense: {units: 1}
      training: {batch_size: 64, epochs: 1, steps: 6}
      record: {metrics_every: 1}

      """, "a62471ec799715230a8b32e15e510de7bbf4b35485c8d16424b619a22667ba4f")
  }

  @Test func `a classifier has the same bits for any threads and lanes`() throws {
    try compare(
      """
      name: small
      dataset: {mnist: {split: test}}
      network:
        - conv2d: {filters: 12, kernel_size: 5, strides: 2, padding: same}
        - batch_norm
        - relu
        - max_pooling2d
        - flatten
        - dense: {units: 33, activation: gelu}
        - dense: {units: 10}
      loss: cross_entropy
      optimizer: {adam: {learning_rate: 1e-3, global_clipnorm: 1}}
      validation: {share: 0.1}
      training: {batch_size: 100, epochs: 1, steps: 10}
      record: {metrics_every: 1}

      """, "22cdaa64b20a2349075381b671f4b4645385dddacde73e7964b33fc7dea226aa")
  }

  @Test func `a critic with a gradient penalty has the same bits for any threads and lanes`() throws {
    try compare(
      """
      name: small
      dataset: {mnist: {split: test}}
      latent: {dim: 50}
      generator:
        - dense: {units: 200, activation: relu}
        - dense: {units: 784, activation: sigmoid}
        - reshape: {shape: [28, 28, 1]}
      discriminator:
        - flatten
        - dense: {units: 200, activation: leaky_relu}
        - dense: {units: 1}
      loss: wasserstein
      regularization: [gradient_penalty: {weight: 10}]
      training: {batch_size: 50, discriminator_steps: 2, epochs: 1, steps: 8}
      record: {metrics_every: 1}

      """, "62852640444556fe07a38ed998de63229538496189ffbcb48d44353f54626518")
  }

  @Test func `a run begun with 8 lanes and resumed with one ends in the same bits`() throws { try resume(lanes: .one) }

  @Test(.enabled(if: Lanes.sixteen.areSupported))
  func `a run begun with 8 lanes and resumed with 16 ends in the same bits`() throws { try resume(lanes: .sixteen) }

  private func resume(lanes: Lanes) throws {
    let scratch = try RunScratch()
    let steps = ["--set", "training.epochs=4", "--lanes", "8", "--quiet"]
    #expect(try scratch.gan(["run", "small.yaml"] + steps).status == 0)
    #expect(try scratch.gan("resume", "001", "--epochs", "8", "--lanes", "\(lanes.rawValue)", "--quiet").status == 0)
    #expect(try scratch.gan("run", "small.yaml", "--lanes", "8", "--quiet").status == 0)
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `the steps of these runs have work for several threads`() throws {
    let scratch = try RunScratch()
    let spec = try LoadedSpec(path: scratch.folder("small.yaml"), options: RunOptions(), machine: .current())
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    let data = try spec.experiment.load(from: .standard(dataDirectory: nil))
    let rows = try Trainer(spec.experiment, data: data, pool: pool).report.rows
    #expect(rows.filter { $0.tiles > 1 }.count > 10)
  }

  @Test(arguments: [1, 2, 4]) func `a run has the threads it is told to have and no others`(threads: Int) throws {
    let long = RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 100000")
    let scratch = try RunScratch(spec: long)
    let running = try scratch.start("run", "small.yaml", "--threads", "\(threads)", "--quiet")
    let metrics = scratch.run() + "/metrics.csv"
    while running.isRunning, (try? String(contentsOfFile: metrics, encoding: .utf8))?.contains("\n7,") != true {
      usleep(2000)
    }
    // OpenBLAS starts threads of its own when it is loaded; spinning, they would take a core from ours.
    #expect(running.threadCount == threads)
    running.signal(SIGKILL)
    _ = running.wait()
  }

  @Test func `another seed changes every file`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    #expect(try scratch.gan("run", "small.yaml", "--seed", "4", "--quiet").status == 0)
    let changed = try scratch.differences(scratch.run("001"), scratch.run("002"))
    // That nothing goes wrong looks the same with every seed.
    #expect(try changed == scratch.evidence(scratch.run("001")).keys.sorted().filter { $0 != "health.csv" })
  }

  @Test func `a run killed again and again ends in the same bits`() throws {
    let kills = ProcessInfo.processInfo.environment["GAN_EXP_KILLS"].flatMap(Int.init) ?? 12
    // Long enough that most kills find it at work.
    let scratch = try RunScratch(
      spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: \(max(40, 3 * kills))"))
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    var generator = SeededGenerator(UInt64(kills))
    var running = try scratch.start("run", "small.yaml", "--quiet")
    var landed = 0
    for kill in 0..<kills {
      // Start-up takes some 30 ms: early kills hit it, late ones the training.
      usleep(UInt32.random(in: 5_000...120_000, using: &generator))
      if running.isRunning { landed += 1 }
      running.signal(SIGKILL)
      _ = running.wait()
      guard FileManager.default.fileExists(atPath: scratch.run("002") + "/run.json") else {
        // Killed before there was a run to resume.
        try? FileManager.default.removeItem(atPath: scratch.run("002"))
        running = try scratch.start("run", "small.yaml", "--quiet")
        continue
      }
      running = try scratch.start("resume", scratch.run("002"), "--threads", "\(kill % 4 + 1)", "--quiet")
    }
    let last = running.wait()
    #expect(last.status == 0, Comment(rawValue: last.errors))
    #expect(landed > kills / 3, "only \(landed) of \(kills) kills found the run at work")
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a run stopped by a signal goes on in the same bits`(signal: Int32) throws {
    let status = 128 + signal
    let long = RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 150")
    let scratch = try RunScratch(spec: long)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let running = try scratch.start("run", "small.yaml", "--quiet")
    while !FileManager.default.fileExists(atPath: scratch.run("002") + "/metrics.csv") { usleep(2000) }
    usleep(100_000)
    running.signal(signal)
    let stopped = running.wait()
    #expect(stopped.status == status, Comment(rawValue: stopped.errors))
    #expect(stopped.errors.contains("gan-exp resume"))
    #expect(try scratch.gan("resume", scratch.run("002"), "--quiet").status == 0)
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `a run goes on from every one of its checkpoints in the same bits`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let before = try scratch.evidence(scratch.run())
    let checkpoints = try scratch.names(scratch.run() + "/checkpoints")
    #expect(checkpoints.count == 8)
    for checkpoint in checkpoints {
      let step = try #require(Int(checkpoint.dropFirst(5).prefix { $0 != "." }))
      let resumed = try scratch.gan("resume", scratch.run(), "--from", "\(step)", "--quiet")
      #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
      #expect(try scratch.evidence(scratch.run()) == before, "from step \(step)")
    }
  }

  @Test func `a run that goes further is the longer run`() throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--set", "training.epochs=3", "--quiet").status == 0)
    #expect(try scratch.gan("resume", scratch.run(), "--epochs", "8", "--quiet").status == 0)
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }
}
