import Files
import Networks
import Runs
import Specs
import Training

/// Which number of a run is its score.
package enum RunValue: String, CaseIterable, Codable, Sendable {
  /// What was measured when the run ended.
  case verdict
  /// That of the last row.
  case last
  /// The best of all rows.
  case best
}

/// A run as it is read to be scored; one that failed may lack any file but its record and its spec.
struct ScoredRun {
  let folder: RunFolder
  let seed: UInt64
  let status: String
  let spec: Node
  /// Its metrics.csv and evaluation.csv, where there are any.
  let tables: [ComparedRun.Rows]
  let verdict: VerdictFile.Values?
  /// The columns of verdict.csv.
  let verdictColumns: [Column]
  let circumstances: [(name: String, value: String)]
  let request: String

  /// Whether it ended as a failure, whatever its files say.
  var hasFailed: Bool { ["diverged", "failed"].contains(status) }
  /// Whether it ended at all.
  var hasEnded: Bool { hasFailed || status == "complete" }

  init(_ folder: RunFolder, reader: RunReader) throws(RunError) {
    self.folder = folder
    try folder.requireRun()
    do throws(FileError) {
      let record = try RunRecord(path: folder.record)
      seed = record.seed
      status = try RunReader.status(record, in: folder)
      let hasFailed = record.status == .diverged || record.status == .failed
      var tables: [ComparedRun.Rows] = []
      for path in [folder.metrics, folder.evaluation] where try FileKind.of(path) == .file {
        // A disk that was full may have left half a file, and the run failed for it.
        do throws(FileError) { tables.append(ComparedRun.Rows(try reader.table(path), record)) } catch  where hasFailed
        {}
      }
      self.tables = tables
      let isJudged = try FileKind.of(folder.verdict) == .file
      verdict = isJudged && !hasFailed ? try VerdictFile.values(in: folder.verdict) : nil
      verdictColumns = Column.named(verdict?.rows.map(\.metric) ?? [], recorded: record.columns ?? [])
      guard let spec = try reader.spec(of: folder) else {
        throw FileError(path: folder.resolved, damaged: "it is no spec")
      }
      self.spec = try reader.renewedSpec(of: folder, record) ?? spec
      circumstances = ComparedRun.circumstances(record)
      request = ComparedRun.request(record, spec)
    } catch {
      throw RunError(error)
    }
  }

  /// The columns that a kind of value can be of.
  func columns(of value: RunValue) -> [Column] {
    // Evaluations say more of a run than its losses.
    value == .verdict ? verdictColumns : tables.reversed().flatMap(\.columns)
  }

  /// What verdict.csv says of a metric.
  func judgement(of column: Column) -> VerdictFile.Values.Row? { verdict?.rows.first { $0.metric == column.name } }

  /// Its score; nil of a failed run, and where it is not finite.
  func score(_ column: Column, _ value: RunValue) -> Double? {
    guard !hasFailed else { return nil }
    let values =
      tables.first { $0.columns.contains { $0.name == column.name } }
      .map { table in table.cells.map { table.numbers($0)[column.name] } } ?? []
    let score =
      switch value {
      case .verdict: judgement(of: column)?.value
      case .last: values.last ?? nil
      case .best:
        values.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } }
          .reduce(nil as Double?) { best, value in best.map { column.isBetter(value, than: $0) } ?? true ? value : best
          }
      }
    return score.flatMap { $0.isFinite ? $0 : nil }
  }
}
