import Compute
import Foundation
import Host
import Networks
import Specs
import TestSupport
import Testing
import Training

/// The second promise beside specs that nobody wrote: `make arithmetic` draws 200 of them (`GAN_EXP_RANDOM`).
@Suite(.serialized) struct RandomSpecTests {
  /// Specs that are trained.
  private static let seeds = UInt64(ProcessInfo.processInfo.environment["GAN_EXP_RANDOM"] ?? "") ?? 6
  /// Specs that are looked at for what they say.
  private static let wordSeeds: UInt64 = 200

  /// A spec that `check` has accepted, and how many drawn before it it has not.
  private struct Accepted {
    let text: String
    let spec: LoadedSpec
    let refusals: [String]
  }

  /// The first draw of a seed that is a valid spec and costs a step at most so many operations.
  private func accepted(_ seed: UInt64, in folder: TemporaryFolder, operations: Int = 40_000_000) throws -> Accepted {
    var refusals: [String] = []
    for number in 0..<60 {
      let text = RandomSpec(seed: seed, number: number).text
      try folder.put(text, into: "small.yaml")
      do {
        let spec = try LoadedSpec(path: folder("small.yaml"), options: RunOptions(), machine: .current())
        if spec.footprint.operations <= operations {
          return Accepted(text: text, spec: spec, refusals: refusals)
        }
      } catch { refusals.append("\(error)") }
    }
    throw Trouble(description: "no valid spec in 60 draws of seed \(seed):\n\(refusals.joined(separator: "\n"))")
  }

  private struct Trouble: Error, CustomStringConvertible { let description: String }

  @Test(arguments: 0..<seeds)
  func `a random spec has the same bits for any lanes and threads, fused or not, stacked or not`(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    try RandomData.write(into: folder)
    let drawn = try accepted(seed, in: folder)
    let data = try drawn.spec.experiment.load(from: RunOptions().data(forSpec: folder("small.yaml")))
    let plain = try RandomSpecRun(drawn.spec, data, RandomSpecRun.plain)
    for manner in RandomSpecRun.manners {
      let found = try RandomSpecRun(drawn.spec, data, manner).differences(from: plain)
      #expect(found == [], "seed \(seed), \(manner):\n\(drawn.text)")
    }
  }

  @Test(arguments: 0..<seeds)
  func `the program leaves the same files of a random spec for any lanes and threads`(seed: UInt64) throws {
    let scratch = try RunScratch(spec: "")
    try RandomData.write(into: scratch.folder)
    let drawn = try accepted(seed, in: scratch.folder)
    var statuses: [Int32] = []
    for (threads, lanes) in [(1, 1), (2, 8)] + (Lanes.sixteen.areSupported ? [(3, 16)] : []) {
      let result = try scratch.gan(
        "run", "small.yaml", "--threads", "\(threads)", "--lanes", "\(lanes)", "--quiet")
      statuses.append(result.status)
      // A run may end at a value that is not finite, at the same one in every manner.
      #expect([0, 3].contains(result.status), "seed \(seed): \(result.errors)\n\(drawn.text)")
      #expect(result.status == statuses[0], "seed \(seed)")
      let different = try scratch.differences(scratch.run("001"), scratch.run("00\(statuses.count)"))
      #expect(different == [], "seed \(seed), \(threads) threads, \(lanes) lanes:\n\(drawn.text)")
    }
  }

  @Test func `the random specs say every word of the networks' vocabulary`() throws {
    let folder = try TemporaryFolder()
    try RandomData.write(into: folder)
    var words: Set<String> = []
    var refused = 0
    for seed in 0..<RandomSpecTests.wordSeeds {
      let drawn = try accepted(seed, in: folder)
      refused += drawn.refusals.count
      words.formUnion(try SpecWords(drawn.text).words)
    }
    #expect(SpecWords.vocabulary.subtracting(words).sorted() == [])
    #expect(refused < 2 * Int(RandomSpecTests.wordSeeds), "\(refused) of the drawn specs were refused")
    print(
      "\(RandomSpecTests.wordSeeds) random specs, \(refused) refused; \(SpecWords.vocabulary.count) words and fields")
  }
}
