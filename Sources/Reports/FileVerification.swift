import Datasets
import Files
import Networks
import Runs
import Specs

/// What is compared of each file of a run; every function says what the file is, or throws what is wrong with it.
struct FileVerification {
  typealias Problem = RunVerification.Problem

  let folder: RunFolder
  /// What the run recorded; nil where that cannot be read, so that only what files say of themselves is compared.
  let record: RunRecord?

  /// What checkpoints must say of their origin.
  var origin: CheckpointOrigin {
    guard let record else { return CheckpointOrigin() }
    let identity = RunIdentity(folder: folder, record: record)
    var origin = identity.origin
    if let bytes = try? DurableFile.read(folder.resolved), identity.resolved(bytes) == .original {
      origin.spec = ResolvedSpec.parse(String(decoding: bytes, as: UTF8.self), name: folder.resolved)
        .map(ResolvedSpec.lasting)
    }
    return origin
  }

  /// The step of the checkpoint that the run must have.
  var lastStep: [Int] { record.map { $0.step > 0 ? [$0.step] : [] } ?? [] }

  /// The steps of the sheets that the run must have.
  var sheetSteps: [Int] {
    (record?.sheets ?? [:]).keys.compactMap { RunFolder.step(of: $0, named: RunFolder.sheetName) }
  }

  /// The names in a folder, and those that should be there, sorted, each with the step it belongs to.
  func names(
    in folder: String, named name: (Int) -> String, and wanted: [Int]
  ) throws(FileError) -> [(name: String, step: Int?)] {
    let all = Set(try RunFolder.entries(of: folder)).union(wanted.map(name))
    return all.sorted().map { ($0, RunFolder.step(of: $0, named: name)) }
  }

  /// A text whose digest was recorded.
  func text(_ path: String, _ digest: String?) throws -> String {
    let present = Digest.sha256(try DurableFile.read(path))
    guard let digest else { return "no digest was recorded" }
    guard present == digest else {
      throw Problem(state: .changed, what: "it was changed after the run began")
    }
    return "as it was given"
  }

  /// resolved.yaml, with the keys that were changed.
  func resolved() throws -> String {
    let bytes = try DurableFile.read(folder.resolved)
    guard let record else { return "no digest was recorded" }
    let identity = RunIdentity(folder: folder, record: record)
    switch identity.resolved(bytes) {
    case .original: return "as it was resolved"
    case .unknown: return "no digest was recorded"
    case .replaced:
      throw Problem(state: .changed, what: "it has the epochs before the last resume; gan-exp resume mends it")
    case .changed:
      let keys = RunIdentity.text(identity.changes(bytes))
      throw Problem(state: .changed, what: "it was changed after the run began" + (keys.isEmpty ? "" : " (\(keys))"))
    }
  }

  /// metrics.csv or evaluation.csv: as it was at the last checkpoint or the end, and whole rows after that.
  func table(_ path: String, _ recorded: RunRecord.Metrics?) throws -> String {
    try bytes(path, recorded).map(rows) ?? "not begun"
  }

  /// counts.csv: the same, of steps that evaluation.csv has.
  func counts() throws -> String {
    guard let bytes = try bytes(folder.counts, record?.counts) else { return "not begun" }
    let all = try CountsFile.counts(in: folder.counts)
    let steps = Set(try CSVTable(path: folder.evaluation).numbers(Column.step.name) ?? [])
    // A process that was killed between both files leaves one ahead of the other.
    if let other = all.first(where: { !steps.contains(Double($0.step)) }), record?.status != .running {
      throw Problem(state: .changed, what: "it has rows of step \(other.step), at which nothing was evaluated")
    }
    let rows = max(0, bytes.count { $0 == UInt8(ascii: "\n") } - 1)
    let last = all.last.map { ", to step \(Decimals.count($0.step))" } ?? ""
    return "\(Decimals.count(rows, "row"))\(last)"
  }

  /// The bytes of a table, as it was at the last checkpoint or the end, with what came after; nil where it is not begun.
  private func bytes(_ path: String, _ recorded: RunRecord.Metrics?) throws -> [UInt8]? {
    let text: MetricsText
    do throws(FileError) {
      text = try MetricsText(path: path)
    } catch {
      // A process that was killed at once has written none.
      if error.cause == .notFound, record?.step == 0, record?.status == .running { return nil }
      throw error
    }
    if let metrics = recorded {
      let position = CSVFile.Position(metrics)
      do {
        let found = try text.prefix(to: position)
        if found.isMended {
          throw Problem(state: .changed, what: "it was saved with other line ends (CRLF); gan-exp resume restores them")
        }
      } catch let error as FileError {
        guard case .damaged = error.cause else { throw error }
        throw Problem(
          state: .changed,
          what: text.bytes.count < metrics.length
            ? "it has \(text.bytes.count) bytes, \(metrics.length) were recorded"
            : "its first \(metrics.length) bytes are not those that were recorded")
      }
      if record?.status != .running, record?.status != .failed, text.bytes.count > metrics.length {
        throw Problem(
          state: .changed,
          what: text.bytes.count == metrics.length + 1
            ? "1 byte follows the \(metrics.length) that were recorded"
            : "\(text.bytes.count - metrics.length) bytes follow the \(metrics.length) that were recorded")
      }
    }
    return text.bytes
  }

  private func rows(of bytes: [UInt8]) throws -> String {
    let table: CSVTable
    do { table = try CSVTable(parsing: bytes) } catch { throw Problem(state: .damaged, what: error.problem) }
    guard table.columns.first == "step", let cells = table.numbers("step") else {
      throw Problem(state: .damaged, what: "its first column is not step")
    }
    let steps = cells.map { $0.flatMap { Int(exactly: $0) } }
    if let row = steps.firstIndex(of: nil) {
      throw Problem(state: .damaged, what: "line \(row + 2) has a step that is no whole number")
    }
    guard zip(steps, steps.dropFirst()).allSatisfy({ $0 ?? 0 < $1 ?? 0 }) else {
      throw Problem(state: .damaged, what: "its steps do not ascend")
    }
    let last = steps.last.flatMap { $0 }.map { ", to step \(Decimals.count($0))" } ?? ""
    return "\(Decimals.count(steps.count)) row\(steps.count == 1 ? "" : "s")\(last)"
  }

  /// health.csv: what the rows of metrics.csv and evaluation.csv show.
  func health() throws -> String {
    let bytes = try DurableFile.read(folder.health)
    let found = try HealthFile(of: folder)
    // A process that was killed between the files leaves one ahead of the other.
    guard bytes == found.bytes || record?.status == .running && found.bytes.starts(with: bytes) else {
      throw Problem(state: .changed, what: "it is not what metrics.csv and evaluation.csv show")
    }
    let shown = found.monitor.findings.map(\.name).joined(separator: ", ")
    return shown.isEmpty ? "as the rows show" : "as the rows show: \(shown)"
  }

  /// confusion.csv: a matrix of whole numbers, of a step that evaluation.csv has.
  func confusion() throws -> String {
    let file = try ConfusionFile(path: folder.confusion)
    let steps = try CSVTable(path: folder.evaluation).numbers("step") ?? []
    // A process that was killed between both files leaves one ahead of the other.
    guard record?.status == .running || steps.contains(Double(file.step)) else {
      throw Problem(state: .changed, what: "it is of step \(file.step), at which nothing was evaluated")
    }
    return "of step \(Decimals.count(file.step)), \(Decimals.count(file.matrix.total)) samples"
  }

  /// A file that the end of the run made: the recorded digest.
  func conclusion(_ name: String) throws -> String {
    let bytes = try DurableFile.read("\(folder.path)/\(name)")
    guard let digest = record?.conclusion?[name] else {
      throw Problem(state: .changed, what: "the run is not at its end, where it is written")
    }
    guard Digest.sha256(bytes) == digest else {
      throw Problem(state: .changed, what: "its bytes are not those that were recorded")
    }
    return "SHA-256 right"
  }

  /// timing.csv: its columns, and numbers in them.
  func timing() throws -> String {
    let table: CSVTable
    do throws(FileError) {
      table = try CSVTable(path: folder.timing)
    } catch {
      if error.cause == .notFound, record?.step == 0, record?.status == .running { return "not begun" }
      throw error
    }
    guard table.columns == Runner.timingColumns else {
      throw Problem(state: .changed, what: "its columns are not \(Runner.timingColumns.joined(separator: ","))")
    }
    for (index, row) in table.rows.enumerated() where row.contains(where: { Double($0) == nil }) {
      throw Problem(state: .damaged, what: "line \(index + 2) has a cell that is no number")
    }
    return "\(table.rows.count) row\(table.rows.count == 1 ? "" : "s")"
  }

  /// A checkpoint: its own digest, its origin, and metrics.csv as it knows it.
  func checkpoint(_ step: Int, _ origin: CheckpointOrigin) throws -> String {
    let checkpoint = try Checkpoint(path: folder.checkpoint(step))
    if let problem = origin.problem(of: checkpoint, named: step) { throw Problem(state: .foreign, what: problem) }
    return "of step \(Decimals.count(step)), SHA-256 right"
  }

  /// The best checkpoint: its own digest and its origin, of the best row that evaluation.csv has.
  func best(_ origin: CheckpointOrigin) throws -> String {
    let checkpoint = try Checkpoint(path: folder.best)
    if let problem = origin.problem(of: checkpoint, named: checkpoint.step) {
      throw Problem(state: .foreign, what: problem)
    }
    if let record, record.status != .running, record.status != .failed {
      let best = try BestCheckpoint.step(
        of: record.experiment(of: checkpoint.spec, path: folder.best), in: folder)
      guard best == checkpoint.step else {
        throw Problem(
          state: .changed,
          what: "it is of step \(checkpoint.step), but "
            + (best.map { "the best row of evaluation.csv is that of step \($0)" } ?? "evaluation.csv has no best row"))
      }
    }
    return "of step \(Decimals.count(checkpoint.step)), SHA-256 right"
  }

  /// A sheet: the recorded digest, and a picture.
  func sheet(_ step: Int) throws -> String {
    let bytes = try DurableFile.read(folder.sheet(step))
    if let digest = record?.sheets?[RunFolder.sheetName(step)], digest != Digest.sha256(bytes) {
      throw Problem(state: .changed, what: "its bytes are not those that were recorded")
    }
    let picture: PNG
    do { picture = try PNG(decoding: bytes) } catch { throw Problem(state: .damaged, what: "\(error)") }
    let size = "\(picture.width) x \(picture.height)"
    guard let record, let sheets = record.sheets else { return "\(size), no digest was recorded" }
    if sheets[RunFolder.sheetName(step)] != nil { return "\(size), SHA-256 right" }
    guard step > record.step else { throw Problem(state: .extra, what: "no sheet that the run recorded") }
    return "\(size), after the last checkpoint"
  }
}
