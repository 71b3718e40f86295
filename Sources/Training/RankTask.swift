import Compute
import Datasets
import Files
import FoundationEssentials
import Specs

/// What a rank must know to train with the first.
package struct RankTask: Codable, Equatable, Sendable {
  /// The spec with every default.
  private let resolved: String
  private let name: String
  private let seed: UInt64
  /// The folder that paths in the spec are relative to.
  private let specFolder: String?
  private let isOfRun: Bool
  /// The digest of the first rank's data.
  private let data: String
  private let version: String
  private let arithmetic: Int

  /// The task of an experiment with the data of a place.
  package init(_ experiment: Experiment, _ data: TaskData, at location: DataLocation) {
    resolved = Emitter.text(of: experiment.resolved)
    (name, seed) = (experiment.name, experiment.seed)
    specFolder = location.specFolder.map(DurableFile.absolute)
    isOfRun = location.isOfRun
    self.data = data.table.digest
    (version, arithmetic) = (Version.current, ArithmeticVersion.current)
  }

  /// Reads one from JSON; nil where it is none.
  init?(json: [UInt8]) {
    guard let task = try? JSONDecoder().decode(RankTask.self, from: Data(json)) else { return nil }
    self = task
  }

  /// It as JSON in one line.
  var json: String {
    guard let data = try? JSONEncoder().encode(self) else { preconditionFailure("a task that JSON cannot hold") }
    return String(decoding: data, as: UTF8.self)
  }

  /// Tells the other ranks, and waits until each has a trainer; for the first rank.
  /// - Throws: `RunError` (65) where a rank has none, or the ranks cannot share out the shards of a batch (64).
  package func begin(_ ranks: any Ranks) throws(RunError) {
    RankOrder.begin(self).send(ranks)
    for (rank, answer) in ranks.gather([UInt8]()).enumerated() where !answer.isEmpty {
      throw RunError(
        "rank \(rank) cannot train: \(String(decoding: answer, as: UTF8.self))",
        remedy: "give every node the same program, data and memory", exitCode: 65)
    }
  }

  /// Refuses more ranks than shards, and shards that cannot be shared out equally (64).
  package static func requireShards(_ experiment: Experiment, for ranks: any Ranks) throws(RunError) {
    let shards = experiment.training.shards
    guard shards % ranks.count != 0 else { return }
    let divisors = (1...shards).filter { shards % $0 == 0 }.map(String.init)
    throw RunError(
      "mpirun started \(ranks.count) processes, but training.shards is \(shards)",
      remedy: shards == 1
        ? "set training.shards: \(ranks.count) in the spec, which changes its gradients' bits, or start it without mpirun"
        : "start as many as divide it: mpirun -n \(divisors.joined(separator: ", or "))", exitCode: 64)
  }

  /// Does what the first rank says until it ends; for the others.
  package static func follow(
    _ ranks: any Ranks, pool: ThreadPool, data location: DataLocation, memory: Int
  ) {
    while true {
      switch RankOrder.receive(ranks) {
      case .begin(let task):
        var trainer: Trainer?
        var answer = ""
        do { trainer = try task.trainer(ranks, pool, location, memory) } catch { answer = error.message }
        let isReady = ranks.gather([UInt8](answer.utf8)).allSatisfy(\.isEmpty)
        if isReady, let trainer { return trainer.follow() }
      case .end: return
      case .state, .step, .moments: preconditionFailure("an order to train before there is anything to be trained")
      }
    }
  }

  private func trainer(
    _ ranks: any Ranks, _ pool: ThreadPool, _ location: DataLocation, _ memory: Int
  ) throws(RunError) -> Trainer {
    guard version == Version.current, arithmetic == ArithmeticVersion.current else {
      throw RunError("it is version \(Version.current), the first rank is \(version)", exitCode: 65)
    }
    var location = location
    (location.specFolder, location.isOfRun) = (specFolder, isOfRun)
    location.memory = min(location.memory, memory)
    let diagnostics = Diagnostics()
    let file = SpecFile(path: "the spec of the first rank", bytes: [UInt8](resolved.utf8), diagnostics: diagnostics)
    guard let root = file.root,
      let experiment = Experiment(
        root, fallbackName: name, seed: seed, data: .looking(location), diagnostics: diagnostics)
    else {
      let first = diagnostics.all.first { $0.severity == .error }
      throw RunError(first?.message ?? "the spec has mistakes", exitCode: 65)
    }
    let data = try experiment.load(from: location)
    guard data.table.digest == self.data else {
      throw RunError("its data are not those of the first rank", exitCode: 65)
    }
    do throws(PlanError) {
      return try Trainer(experiment, data: data, pool: pool, ranks: ranks)
    } catch {
      throw RunError(error)
    }
  }
}
