import Foundation
import TestSupport
import Testing

/// What `check` promises of memory, against what a run takes.
@Suite(.serialized) struct MemoryTests {
  /// 145 MiB of parameters and moments, 53 MiB of values.
  private static let spec = """
    name: small
    dataset: {gaussian_ring: {samples: 128}}
    latent: {dim: 4}
    generator: [dense: {units: 2500, activation: relu}, dense: {units: 2500, activation: relu}, dense: {units: 2500}, dense: {units: 2}]
    discriminator: [dense: {units: 16, activation: relu}, dense: {units: 1, activation: sigmoid}]
    training: {batch_size: 64, epochs: 1}
    record: {sample_count: 4}

    """

  @Test func `a run takes the memory that check promises, checkpoints and resumption included`() throws {
    let scratch = try RunScratch(spec: MemoryTests.spec)
    let promised = try promise(scratch)
    let run = try peak(scratch.start("run", "small.yaml", "--quiet", "--threads", "2"))
    #expect((0.88...1.1).contains(run / promised), "run: \(run) MiB of \(promised) MiB")
    let resumed = try peak(
      scratch.start("resume", scratch.run(), "--epochs", "2", "--quiet", "--threads", "2"))
    #expect(resumed / promised < 1.1, "resume: \(resumed) MiB of \(promised) MiB")
    let sampled = try peak(scratch.start("sample", scratch.run(), "-o", "a.png", "--threads", "2"))
    #expect(sampled / promised < 1.1, "sample: \(sampled) MiB of \(promised) MiB")
  }

  /// The mebibytes that `check` says.
  private func promise(_ scratch: RunScratch) throws -> Double {
    let text = try scratch.gan("check", "small.yaml", "--threads", "2").output
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("memory") })
    let words = line.split(separator: " ")
    #expect(words.count > 2 && words[2].hasPrefix("MiB"), Comment(rawValue: String(line)))
    return try #require(Double(words[1]))
  }

  /// The most mebibytes that a process had in memory, as the system counts them.
  private func peak(_ process: Program.Running) throws -> Double {
    var most = 0.0
    while process.isRunning {
      most = max(most, process.peakMebibytes)
      usleep(500)
    }
    let result = process.wait()
    #expect(result.status == 0, Comment(rawValue: result.errors))
    return most
  }

  private static let refusal = "the limit of the address space (ulimit -v) leaves"

  @Test(arguments: [
    ("ulimit -v 200000", "$GAN run small.yaml --quiet --threads 2", refusal),
    ("ulimit -v 200000", "$GAN run small.yaml --quiet", refusal),
    ("ulimit -v 200000", "$GAN bench small.yaml --steps 5 --threads 2", refusal),
    ("ulimit -v 200000", "$GAN resume Runs/small/001 --epochs 9 --quiet --threads 2", refusal),
    ("ulimit -v 500000", "$GAN run small.yaml --quiet --threads 64", refusal),
    // A few samples fit.
    ("ulimit -v 200000", "$GAN sample Runs/small/001 -n 100000 -o a.png --threads 2", "error: the samples take "),
  ]) func `too small a limit of the address space is refused at once`(
    limit: String, command: String, text: String
  ) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet", "--set", "training.epochs=1").status == 0)
    let result = try scratch.shell("\(limit); exec timeout -s KILL 60 \(command)")
    #expect(result.status == 65, Comment(rawValue: result.errors))
    #expect(result.errors.contains(text), Comment(rawValue: result.errors))
  }

  @Test(arguments: [(400_000, 1), (600_000, 2)])
  func `within a limit that has room for its threads a run is the same bits`(kibibytes: Int, threads: Int) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let result = try scratch.shell(
      "ulimit -v \(kibibytes); exec timeout -s KILL 60 $GAN run small.yaml --quiet --threads \(threads)")
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }

  @Test func `a signal ends a run whose step does not`() throws {
    let wide = "dense: {units: 1500, activation: relu}"
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: {gaussian_ring: {samples: 16000}}
        generator: [\(wide), \(wide), \(wide), \(wide), dense: {units: 2}]
        discriminator: [\(wide), \(wide), \(wide), dense: {units: 1}]
        training: {batch_size: 8000, epochs: 1}

        """)
    let running = try Program.start(
      ["run", "small.yaml", "--quiet", "--threads", "1"], in: scratch.folder.path, environment: ["GAN_EXP_GRACE": "1"])
    while running.isRunning, !FileManager.default.fileExists(atPath: scratch.run() + "/log.txt") { usleep(2000) }
    usleep(1_000_000)
    running.signal(SIGTERM)
    let start = ContinuousClock.now
    let result = running.wait()
    #expect(result.status == 143, Comment(rawValue: result.errors))
    #expect(result.errors.contains("no step finished since"), Comment(rawValue: result.errors))
    #expect(ContinuousClock.now - start < .seconds(10))
  }
}
