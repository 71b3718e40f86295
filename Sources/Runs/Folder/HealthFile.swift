import Files
import Networks
import Training

/// When rows of a run showed a symptom.
package struct SymptomSpan: Codable, Equatable, Sendable {
  /// The symptom's name.
  package let name: String
  /// What showed it last and what to try, in one sentence without a full stop.
  package internal(set) var sentence: String
  /// The step of the first row that showed it.
  package let first: Int
  /// The step of the last row that showed it.
  package internal(set) var last: Int
  /// How many rows did.
  package internal(set) var rows: Int
}

/// health.csv: which symptoms a run shows after each row of metrics.csv and evaluation.csv, of which it is a function.
package struct HealthFile: Sendable {
  /// The names of its columns.
  package static let columns = ([Column.step, .epoch] + HealthMonitor.columns).map(\.name)

  /// What was found in the last row.
  package private(set) var monitor = HealthMonitor()
  /// When each symptom was shown, in the order in which they first were.
  package private(set) var spans: [SymptomSpan] = []
  /// The lines behind the header.
  package private(set) var rows: [[CSVFile.Cell]] = []

  /// Finds again what the rows of a run show.
  /// - Throws: `FileError` where they cannot be read.
  package init(of folder: RunFolder) throws(FileError) {
    let metrics = try Rows(folder.metrics)
    let evaluation = try FileKind.of(folder.evaluation) == .file ? try Rows(folder.evaluation) : Rows()
    for step in Set(metrics.byStep.keys).union(evaluation.byStep.keys).sorted() {
      let (one, other) = (metrics.byStep[step], evaluation.byStep[step])
      // Means of steps are numbers of 32 bits.
      monitor.add(metrics: (one ?? [:]).mapValues { Double(Float($0)) }, evaluation: other ?? [:])
      note(step)
      rows.append(HealthFile.row(step: step, epoch: Int((one ?? other)?[Column.epoch.name] ?? 0), monitor))
    }
  }

  /// Takes down what the row of a step shows.
  private mutating func note(_ step: Int) {
    for finding in monitor.findings {
      guard let number = spans.firstIndex(where: { $0.name == finding.name }) else {
        spans.append(SymptomSpan(name: finding.name, sentence: finding.sentence, first: step, last: step, rows: 1))
        continue
      }
      spans[number].last = step
      spans[number].rows += 1
      spans[number].sentence = finding.sentence
    }
  }

  /// The line of a step.
  static func row(step: Int, epoch: Int, _ monitor: HealthMonitor) -> [CSVFile.Cell] {
    [.integer(step), .integer(epoch)] + monitor.cells.map { .integer($0 ? 1 : 0) }
  }

  /// The bytes of the file.
  package var bytes: [UInt8] { HealthFile.bytes(rows) }

  /// The bytes of a file with some rows.
  static func bytes(_ rows: some Sequence<[CSVFile.Cell]>) -> [UInt8] {
    CSVFile.line(HealthFile.columns) + rows.flatMap { CSVFile.line($0.map(\.description)) }
  }

  /// The numbers of a file's rows.
  private struct Rows {
    var byStep: [Int: [String: Double]] = [:]

    init() {}

    init(_ path: String) throws(FileError) {
      let table = try CSVTable(path: path)
      for cells in table.rows {
        let values = Dictionary(
          zip(table.columns, cells).compactMap { name, text in Double(text).map { (name, $0) } },
          uniquingKeysWith: { first, _ in first })
        if let step = values[Column.step.name].flatMap({ Int(exactly: $0) }) { byStep[step] = values }
      }
    }
  }
}
