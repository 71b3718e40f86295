import Files
import Networks
import Runs
import Specs
import Training

/// A run as a report shows it.
package struct ReportRun: Sendable {
  package let folder: RunFolder
  /// What `show` says of it.
  package let summary: RunSummary
  package let record: RunRecord
  /// Its resolved spec, with what this version says of defaults; nil where it cannot be read.
  package let spec: Node?
  /// The columns of metrics.csv.
  package let metrics: [ReportCurve]
  /// The columns of evaluation.csv.
  package let evaluation: [ReportCurve]
  /// What was counted last: when the run ended, or else in its last evaluation.
  package let counts: [CountedBins]
  /// What each evaluation counted; nothing where the run is one of many.
  package let countsByStep: [CountedBins]
  /// timing.csv.
  package let timing: CSVTable?
  /// The steps of which there are sheets, ascending.
  package let sheets: [Int]
  /// What kept files from being read, a sentence each.
  package private(set) var problems: [String] = []

  /// Whether it ended as a failure.
  package var hasFailed: Bool { ["diverged", "failed"].contains(summary.status) }
  /// Whether a process is at work on it.
  package var isRunning: Bool { summary.status == RunRecord.Status.running.rawValue }
  /// All columns.
  package var curves: [ReportCurve] { metrics + evaluation }

  /// Reads a run.
  /// - Parameters:
  ///   - isDetailed: whether its rows are searched for symptoms, and its times are read.
  ///   - reader: what has read some of its files already.
  package init(_ folder: RunFolder, isDetailed: Bool, reader: RunReader = RunReader()) throws(RunError) {
    try folder.requireRun()
    self.folder = folder
    var problems: [String] = []
    /// What a file says; nil where there is none, or, which is told of, it cannot be read.
    func content<Content>(_ read: () throws(FileError) -> Content) -> Content? {
      do throws(FileError) {
        return try read()
      } catch {
        if error.cause != .notFound { problems.append(error.message) }
        return nil
      }
    }
    do throws(FileError) {
      let record = try RunRecord(path: folder.record)
      self.record = record
      summary = try RunSummary(folder, findsSymptoms: isDetailed, reader: reader)
      spec = content { () throws(FileError) in try reader.renewedSpec(of: folder, record) } ?? nil
      func curves(_ path: String) -> [ReportCurve] {
        content { () throws(FileError) -> CSVTable in try reader.table(path) }
          .map { ReportCurve.all(of: $0, recorded: record.columns ?? []) } ?? []
      }
      metrics = curves(folder.metrics)
      evaluation = curves(folder.evaluation)
      countsByStep =
        isDetailed ? content { () throws(FileError) in try CountsFile.counts(in: folder.counts) } ?? [] : []
      counts = content { () throws(FileError) in try folder.lastCounts(record) } ?? []
      timing = isDetailed ? content { () throws(FileError) -> CSVTable in try reader.table(folder.timing) } : nil
      sheets = content { () throws(FileError) -> [Int] in try folder.sheetSteps() } ?? []
    } catch { throw RunError(error) }
    self.problems = summary.problems + problems.filter { !summary.problems.contains($0) }
  }

  /// The share of an epoch that a step is; nil of a run of an earlier version whose number of steps its spec gives.
  var epochsPerStep: Double? {
    if let steps = record.stepsPerEpoch { return 1 / Double(steps) }
    guard let epochs = record.epochs, record.steps > 0, spec?["training"]?["steps"]?.isNull == true else { return nil }
    return Double(epochs) / Double(record.steps)
  }

  /// The spec without what tells runs of one spec apart.
  var specOfGroup: Node? { spec?.removing("seed").removing("name") }

  /// The column of a name.
  package func curve(_ name: String) -> ReportCurve? {
    evaluation.first { $0.column.name == name } ?? metrics.first { $0.column.name == name }
  }

  /// What was measured of a column when the run ended.
  func judgement(of column: Column) -> VerdictFile.Values.Row? {
    summary.verdict?.rows.first { $0.metric == column.name }
  }

  /// The step of the best row by the first measured column with a direction; nil where there is none.
  var bestStep: Double? {
    evaluation.first { $0.column.direction != .none && $0.best != nil }.flatMap { curve in
      curve.best.map { curve.steps[$0] }
    }
  }
}
