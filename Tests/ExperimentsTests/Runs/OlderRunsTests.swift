import Foundation
import Runs
import TestSupport
import Testing

/// Runs of earlier versions of the program.
@Suite struct OlderRunsTests {
  /// A classifier whose spec names its data from a folder of its own.
  private static let spec = """
    dataset: {csv: {path: points.csv, label: kind, scaling: none}}
    network:
      - reshape: {shape: [2, 1, 1]}
      - max_pooling2d: {pool_size: [1, 1]}
      - flatten
      - dense: {units: 2}
    training: {batch_size: 4, epochs: 1}
    validation: {dataset: {csv: {path: others.csv, label: kind, scaling: none}}}

    """

  @Test func `a default that an earlier version left open is none that differs, with data to evaluate on too`() throws {
    let scratch = try RunScratch()
    try scratch.folder.put(OlderRunsTests.spec, into: "specs/rows.yaml")
    for name in ["points", "others"] {
      let rows = (0..<8).map { "\($0),\($0 * $0 % 5),\("uv".map(String.init)[$0 % 2])\n" }.joined()
      try scratch.folder.put("a,b,kind\n" + rows, into: "specs/\(name).csv")
    }
    let run = try scratch.gan("run", "specs/rows.yaml", "--quiet")
    try #require(run.status == 0, Comment(rawValue: run.errors))
    let folder = RunFolder(scratch.folder("Runs/rows/001"))
    let identity = RunIdentity(folder: folder, record: try RunRecord(path: folder.record))
    let step = try #require(try folder.checkpointSteps().last)
    let checkpoint = try Checkpoint(path: folder.checkpoint(step))
    let text = try String(contentsOfFile: folder.resolved, encoding: .utf8)
    let older = text.replacing("strides: 1", with: "strides: null")
    #expect(older != text)
    func changes(_ text: String) throws -> [ResolvedSpec.Difference] {
      identity.changes(ResolvedSpec.lasting(try #require(ResolvedSpec.parse(text, name: "older"))), checkpoint)
    }
    #expect(try changes(older) == [])
    #expect(try changes(older.replacing("batch_size: 4", with: "batch_size: 2")).map(\.key) == ["training.batch_size"])
  }

  private static let ring = """
    dataset: {gaussian_ring: {samples: 256}}
    latent: {dim: 2}
    generator: [dense: {units: 8, activation: relu}, dense: {units: 2}]
    discriminator: [dense: {units: 8, activation: relu}, dense: {units: 1}]
    training: {batch_size: 64, epochs: 2}
    evaluation: {every: 1, samples: 100, metrics: [modes]}

    """

  private static let search = """
    sweep:
      base: ring.yaml
      method: random
      trials: 2
      objective: {metric: mode_divergence}
      parameters:
        optimizers.generator.adam.learning_rate: {log_uniform: [1e-4, 1e-2]}

    """

  /// The digests are those that a program without `initial_weights` and `record.tensorboard` gave.
  @Test func `groups and sweeps are known by what they were in an earlier version`() throws {
    let scratch = try RunScratch()
    try scratch.folder.put(OlderRunsTests.ring, into: "ring.yaml")
    try scratch.folder.put(OlderRunsTests.search, into: "search.yaml")
    try #require(try scratch.gan("run", "ring.yaml", "--seeds", "0", "--quiet").status == 0)
    let group = try scratch.folder.text(of: "Runs/ring/group-001/group.json")
    #expect(group.contains("333ac1751929925356c5c8f8ad98e8d3054743fe8676733f84b2d526b938f1ac"), "\(group)")
    try #require(try scratch.gan("sweep", "search.yaml", "--quiet").status == 0)
    let names = try scratch.names(scratch.folder("Runs/search"))
    #expect(names.contains("trial-007301fa88") && names.contains("trial-5ffbfa253f"), "\(names)")
    let journal = try scratch.folder.text(of: "Runs/search/journal.jsonl")
    #expect(journal.contains("d6149286b1cb6725435f8c774960472eaec46226c5a0b7537c9f3999b5c47871"))
  }

  @Test func `an arithmetic that changed is said with the steps that each did`() throws {
    let folder = try TemporaryFolder()
    var run = StoredRun.withAccuracy
    (run.arithmetic, run.laterArithmetic) = (nil, [(version: 1, fromStep: 10), (version: 2, fromStep: 15)])
    try run.write("a", into: folder)
    let text = """
      trained with an arithmetic before 1 to step 10, then with arithmetic 1 to step 15, then with arithmetic 2: the bits are \
      those of no run with one arithmetic
      """
    let shown = try Program.run(["show", "a"], in: folder.path)
    #expect(shown.output.contains(text), Comment(rawValue: shown.output))
  }
}
