import Files
import Specs
import Training

/// Whether spec.yaml and resolved.yaml are those that a run began with.
package struct RunIdentity {
  private let folder: RunFolder
  private let record: RunRecord

  /// The identity of a run by its record.
  package init(folder: RunFolder, record: RunRecord) {
    self.folder = folder
    self.record = record
  }

  /// How resolved.yaml stands to the record.
  package enum Resolved {
    /// As it was written.
    case original
    /// The one before a new number of epochs, which the record has already.
    case replaced
    /// A record of an earlier version does not say.
    case unknown
    /// Somebody changed it.
    case changed
  }

  /// Compares resolved.yaml with its digest.
  package func resolved(_ bytes: [UInt8]) -> Resolved {
    guard let digest = record.resolvedDigest else { return .unknown }
    let present = Digest.sha256(bytes)
    return present == digest ? .original : present == record.replacedDigest ? .replaced : .changed
  }

  /// What checkpoints must say of their origin, where resolved.yaml is not certain.
  package var origin: CheckpointOrigin {
    CheckpointOrigin(
      spec: nil, seed: record.seed, data: record.data.digest, survey: record.data.survey,
      validation: record.validation?.survey)
  }

  /// The same where it is.
  package func origin(_ experiment: Experiment) -> CheckpointOrigin {
    var origin = origin
    origin.spec = ResolvedSpec.lasting(experiment.resolved)
    return origin
  }

  /// Refuses a spec.yaml that was changed (65).
  func requireSpec() throws {
    guard Digest.sha256(try DurableFile.read(folder.spec)) == record.specDigest else {
      throw RunError(
        "\(folder.spec) was changed after the run began; a run is what its spec said",
        remedy: "put it back, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))", exitCode: 65)
    }
  }

  /// What is to be said of a resolved.yaml that was changed, with the keys where it can be told (65).
  func changed(_ bytes: [UInt8]) -> RunError {
    let keys = RunIdentity.text(changes(bytes))
    return RunError(
      "\(folder.resolved) was changed after the run began" + (keys.isEmpty ? "" : " (\(keys))"),
      remedy: "put it back, or begin a new run; only training.epochs may grow, with gan-exp resume --epochs",
      exitCode: 65)
  }

  /// `training.batch_size: 256 -> 32`, from the run's own value to the present one.
  package static func text(_ changes: [ResolvedSpec.Difference]) -> String {
    ResolvedSpec.text(of: changes) { "\($0): \($1 ?? "none") -> \($2 ?? "none")" }
  }

  /// Where a changed resolved.yaml differs from what the run began with: its epochs and steps from the record, the rest
  /// from the newest good checkpoint.
  package func changes(_ bytes: [UInt8]) -> [ResolvedSpec.Difference] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let node = ResolvedSpec.parse(text, name: folder.resolved) else { return [] }
    var found: [ResolvedSpec.Difference] = []
    let search = CheckpointSearch(folder: folder, origin: origin)
    if let checkpoint = try? search.newest().checkpoint { found = changes(ResolvedSpec.lasting(node), checkpoint) }
    if let epochs = record.epochs.map(String.init), let present = node["training"]?["epochs"]?.text, present != epochs {
      found.append(ResolvedSpec.Difference(key: "training.epochs", values: [epochs, present]))
    }
    return found
  }

  /// Where a resolved spec differs from a checkpoint's, this one first.
  package func changes(_ lasting: String, _ checkpoint: Checkpoint) -> [ResolvedSpec.Difference] {
    origin.differences(of: checkpoint.spec, to: lasting)
      .filter { $0.values[0] != $0.values[1] }
      .map { ResolvedSpec.Difference(key: $0.key, values: $0.values.reversed()) }
  }
}
