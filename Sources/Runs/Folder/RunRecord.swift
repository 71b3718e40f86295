import Compute
import Datasets
import Evaluation
import Files
import FoundationEssentials
import Glibc
import Host
import Networks
import Training

/// `run.json`: what a person or a program wants to know of a run without reading its files.
package struct RunRecord: Codable, Sendable {
  /// How a run stands.
  package enum Status: String, Codable, Sendable {
    /// A process is at work on it, or was killed.
    case running
    /// All its steps are done.
    case complete
    /// It was asked to stop and left a checkpoint.
    case stopped
    /// A value was no longer finite.
    case diverged
    /// A file could not be written.
    case failed
  }

  /// How far metrics.csv had grown, and the digest of what it was then.
  package struct Metrics: Codable, Equatable, Sendable {
    /// The number of bytes.
    package var length: Int
    /// The SHA-256 of these bytes.
    package var digest: String
  }

  /// The experiment's name.
  package var name: String
  /// How the run stands.
  package var status: Status
  /// Why it ended, in words.
  package var reason: String?
  /// Whether it is complete before all its steps are done, by patience or stop_when; nil where it is not.
  package var endedEarly: Bool?
  /// The step in which a value was not finite, where the run diverged.
  package var divergedAt: Int?
  /// The seed.
  package var seed: UInt64
  /// Steps done, as of the last checkpoint or the end.
  package var step: Int
  /// Steps to do.
  package var steps: Int
  /// The epoch of `step`.
  package var epoch: Int
  /// The data.
  package var data: Data
  /// SHA-256 of spec.yaml.
  package var specDigest: String
  /// SHA-256 of resolved.yaml, which tells experiments apart; nil in records of earlier versions.
  package var resolvedDigest: String?
  /// SHA-256 of the resolved.yaml that the new one is about to replace; nil where it has been replaced.
  var replacedDigest: String?
  /// Epochs to do; nil in records of earlier versions.
  package var epochs: Int?
  /// Steps of an epoch; nil in records of earlier versions.
  package var stepsPerEpoch: Int?
  /// The command that began the run, in its words; nil where unknown.
  package var command: [String]?
  /// What the command line changed in the spec, `training.epochs=5`, with a `--seed` as `seed=7`; nil where unknown.
  package var overrides: [String]?
  /// Where metrics.csv stood at the last checkpoint or the end.
  package var metrics: Metrics?
  /// Where evaluation.csv stood then; nil for tasks without evaluation.
  package var evaluation: Metrics?
  /// Where counts.csv stood then; nil for tasks whose evaluations count nothing, and in records of earlier versions.
  package var counts: Metrics?
  /// SHA-256 of the files that the end made, verdict.csv and the like, by their names; nil where nothing was measured then.
  package var conclusion: [String: String]?
  /// What was said then, a sentence each; nil where nothing was.
  package var verdicts: [Verdict]?
  /// The network by whose features samples are measured; nil where they are not, or by their values, and in records of earlier
  /// versions.
  package var features: Features?
  /// The parameters that it began with, where they were no drawn ones; else nil.
  package var initialWeights: BeginningWeights?
  /// The data that the state is evaluated on, where they are others; nil where they are a share of its own, or none.
  package var validation: Data?
  /// SHA-256 of the sample sheets by their names, as of the last checkpoint or the end.
  package var sheets: [String: String]?
  /// When the record was made again from the run's other files, in UTC; nil where it never was.
  package var rebuilt: String?
  /// SHA-256 of the file with 64 zeros in this place; nil in records of earlier versions.
  private var sha256: String?
  /// The processes that worked on it, in order.
  package var sessions: [Session]
  /// The columns of metrics.csv, with what they mean; nil in records of earlier versions.
  package var columns: [Column]?

  private enum CodingKeys: String, CodingKey {
    case name, status, reason, seed, step, steps, epoch, epochs, data, command, overrides, metrics, sheets, rebuilt
    case evaluation, counts, conclusion, verdicts, validation, features
    case initialWeights = "initial_weights"
    case endedEarly = "ended_early"
    case divergedAt = "diverged_at"
    case sessions, columns, sha256
    case stepsPerEpoch = "steps_per_epoch"
    case specDigest = "spec_digest"
    case resolvedDigest = "resolved_digest"
    case replacedDigest = "replaced_digest"
  }

  private static let blank = String(repeating: "0", count: Digest.length)

  /// Writes the record durably.
  func write(to path: String) throws(FileError) {
    var record = self
    record.sha256 = RunRecord.blank
    let text = JSON.text(record)
    let digest = Digest.sha256([UInt8](text.utf8))
    try DurableFile.replace(path, with: [UInt8](RunRecord.replacing(RunRecord.blank, by: digest, in: text).utf8))
  }

  /// The text with another digest of itself: the member of this name, whatever else has the same digits.
  private static func replacing(_ old: String, by new: String, in text: String) -> String {
    text.replacing("\"sha256\" : \"\(old)\"", with: "\"sha256\" : \"\(new)\"", maxReplacements: 1)
  }

  /// Reads a run's record.
  package init(path: String) throws(FileError) {
    let bytes = try DurableFile.read(path)
    let folder = RunFolder(String(path.dropLast("/run.json".count)))
    do {
      self = try JSONDecoder().decode(RunRecord.self, from: RawData(bytes))
    } catch {
      throw FileError(
        path: path, damaged: "it is not the record of a run",
        remedy: try folder.hasTraces() ? RunRecord.mending(folder) : "move it away if it is another program's")
    }
    guard let sha256 else { return }
    let text = RunRecord.replacing(sha256, by: RunRecord.blank, in: String(decoding: bytes, as: UTF8.self))
    guard Digest.sha256([UInt8](text.utf8)) == sha256 else {
      throw RunRecord.lost(path, "its content does not match the digest in it: it was changed or is damaged")
    }
  }

  /// What is to be said of a run whose record is gone or damaged.
  package static func lost(_ path: String, _ problem: String) -> FileError {
    FileError(path: path, damaged: problem, remedy: mending(RunFolder(String(path.dropLast("/run.json".count)))))
  }

  private static func mending(_ folder: RunFolder) -> String {
    "gan-exp resume \(ShellText.quoted(folder.path)) makes it again from the run's other files"
  }

  /// The record of an experiment that has not begun.
  init(_ experiment: Experiment, data: Data, specDigest: String, resolvedDigest: String, overrides: [String]?) {
    name = experiment.name
    status = .running
    seed = experiment.seed
    step = 0
    steps = experiment.totalSteps
    epoch = 0
    epochs = experiment.training.epochs
    stepsPerEpoch = experiment.stepsPerEpoch
    self.data = data
    self.specDigest = specDigest
    self.resolvedDigest = resolvedDigest
    self.overrides = overrides
    sessions = []
  }

  /// Notes that a process goes on with the run from a step.
  mutating func begin(
    _ session: Session, of experiment: Experiment, at place: Place?
  ) {
    status = .running
    reason = nil
    (conclusion, verdicts, endedEarly, divergedAt) = (nil, nil, nil, nil)
    steps = experiment.totalSteps
    epochs = experiment.training.epochs
    stand(at: session.fromStep, of: experiment, place)
    sessions.append(session)
  }

  /// Notes that the process no longer works on it, and why.
  mutating func end(_ status: Status, _ reason: String) {
    self.status = status
    self.reason = reason
    if !sessions.isEmpty { sessions[sessions.count - 1].ended = Now.text }
  }

  /// Notes that an error ended the process's work; where nothing can be written this cannot either, and the error,
  /// which is shown, says why.
  mutating func fail(_ error: any Error, in folder: RunFolder) {
    end(.failed, RunError(of: error).message)
    try? write(to: folder.record)
  }

  /// Notes how far the run is.
  mutating func stand(at step: Int, of experiment: Experiment, _ place: Place?) {
    self.step = step
    epoch = experiment.epoch(of: step)
    note(place)
    sheets = sheets?.filter { name, _ in
      RunFolder.step(of: name, named: RunFolder.sheetName).map {
        RunTidying.isSheetKept($0, at: step, of: experiment)
      } ?? false
    }
  }

  /// How far the CSV files with what was measured have grown.
  struct Place {
    let metrics: CSVFile.Position
    let evaluation: CSVFile.Position?
    let counts: CSVFile.Position?
  }

  /// Where its tables of what was measured stood, by their names; nil of those that it does not have.
  package var tables: [(name: String, place: Metrics?)] {
    [("metrics.csv", metrics), ("evaluation.csv", evaluation), ("counts.csv", counts)]
  }

  /// Throws an error of content where a CSV file lacks the rows that the record tells of.
  func requireRows(in folder: RunFolder) throws(FileError) {
    for (name, place) in tables {
      if let place { _ = try MetricsText(path: "\(folder.path)/\(name)").prefix(to: CSVFile.Position(place)) }
    }
  }

  /// Notes how far these files have grown; nil before their first rows.
  mutating func note(_ place: Place?) {
    metrics = place.map { Metrics(length: $0.metrics.length, digest: $0.metrics.digest) }
    evaluation = place?.evaluation.map { Metrics(length: $0.length, digest: $0.digest) }
    counts = place?.counts.map { Metrics(length: $0.length, digest: $0.digest) }
  }

  /// The values that something had in the sessions, in order, each with the step after which it came; one that stays is left
  /// out.
  package func changes(of value: (Session) -> String) -> [(value: String, fromStep: Int)] {
    sessions.reduce(into: []) { values, session in
      // A session takes back what those before it did after the step it begins at.
      values.removeAll { $0.fromStep >= session.fromStep }
      if values.last?.value != value(session) { values.append((value(session), session.fromStep)) }
    }
  }
}

private typealias RawData = FoundationEssentials.Data
