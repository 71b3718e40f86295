import Files
import Foundation
import TestSupport
import Testing

/// A folder with a small spec and the runs of it.
struct RunScratch {
  /// A ring of points, every kind of state: moments, running statistics, dropout, rows that end between checkpoints; wide
  /// enough that most operations of a step have tiles for several threads.
  static let spec = """
    name: small
    seed: 3
    dataset: {gaussian_ring: {samples: 2560}}
    latent: {dim: 8}
    generator:
      - dense: {units: 300, activation: relu}
      - batch_norm
      - dense: {units: 2}
    discriminator:
      - dense: {units: 300, activation: leaky_relu}
      - dropout: {rate: 0.2}
      - dense: {units: 1, activation: sigmoid}
    optimizers:
      generator: adam
      discriminator: {rmsprop: {learning_rate: 1e-3, momentum: 0.5, global_clipnorm: 1}}
    training: {batch_size: 256, epochs: 8}
    record: {metrics_every: 7, sample_count: 200, checkpoints_kept: 100}

    """

  /// A run of two epochs, `small/001`, made once: to be read, and copied by who changes it.
  static let trained: RunScratch? = {
    guard
      let scratch = try? RunScratch(spec: RunScratch.spec.replacingOccurrences(of: "epochs: 8", with: "epochs: 2")),
      (try? scratch.gan("run", "small.yaml", "--quiet"))?.status == 0
    else { return nil }
    return scratch
  }()

  let folder: TemporaryFolder

  init(spec: String = RunScratch.spec) throws {
    folder = try TemporaryFolder()
    try folder.put(spec, into: "small.yaml")
  }

  /// The runs' folder of the experiment.
  func run(_ number: String = "001") -> String { folder("Runs/small/\(number)") }

  /// Runs a command in the folder.
  func gan(_ arguments: String...) throws -> Program.Result { try gan(arguments) }

  /// Runs a command in the folder.
  func gan(_ arguments: [String]) throws -> Program.Result { try Program.run(arguments, in: folder.path) }

  /// Runs a line of the shell in the folder, in which `$GAN` is the program.
  func shell(_ line: String) throws -> Program.Result { try Program.shell(line, in: folder.path) }

  /// Starts a command in the folder.
  func start(_ arguments: String...) throws -> Program.Running { try Program.start(arguments, in: folder.path) }

  /// What must be the same bits in every run of the spec: metrics, sheets, the last checkpoint.
  func evidence(_ run: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    func take(_ name: String) throws {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(run)/\(name)"))
    }
    try take("metrics.csv")
    for sheet in try names("\(run)/samples") { try take("samples/\(sheet)") }
    if let last = try names("\(run)/checkpoints").last { try take("checkpoints/\(last)") }
    let others = ["health.csv", "evaluation.csv", "counts.csv", "verdict.csv", "verdict_counts.csv", "neighbours.png"]
    for other in others + ["checkpoints/best.safetensors"]
    where FileManager.default.fileExists(atPath: "\(run)/\(other)") { try take(other) }
    return files
  }

  /// The SHA-256 of metrics.csv and the last checkpoint's tensors: its header names the version of the program.
  func digest(_ run: String) throws -> String {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(run)/metrics.csv")))
    if let last = try names("\(run)/checkpoints").last {
      let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(run)/checkpoints/\(last)")))
      let header = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) }
      bytes += file[(8 + header)...]
    }
    return Digest.sha256(bytes)
  }

  /// The names in a folder that are no hidden files, sorted.
  func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Says in which files two runs differ.
  func differences(_ first: String, _ second: String) throws -> [String] {
    let (a, b) = (try evidence(first), try evidence(second))
    return Set(a.keys).union(b.keys).sorted().filter { a[$0] != b[$0] }
  }
}

/// The rows of the metrics that a spec leaves when the built program runs it, by column.
func metrics(of spec: String, steps: Int) throws -> [[String: Double]] {
  let folder = try TemporaryFolder()
  let result = try Program.run(
    ["run", spec, "--runs", folder("Runs"), "--set", "training.steps=\(steps)", "--quiet"])
  try #require(result.status == 0, Comment(rawValue: result.errors))
  let run = result.output.split(separator: "\n").last.map(String.init) ?? ""
  let lines = try String(contentsOfFile: "\(run)/metrics.csv", encoding: .utf8).split(separator: "\n")
  let columns = lines.first?.split(separator: ",").map(String.init) ?? []
  return lines.dropFirst().map { line in
    Dictionary(zip(columns, line.split(separator: ",").map { Double($0) ?? .nan })) { first, _ in first }
  }
}
