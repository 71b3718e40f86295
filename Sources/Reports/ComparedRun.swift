import Compute
import Files
import Networks
import Runs
import Specs
import Training

/// A run as it is read to be compared: its spec, its metrics, and what it ran on.
struct ComparedRun {
  let folder: RunFolder
  let status: String
  let spec: Node
  /// metrics.csv and, for tasks with evaluation, evaluation.csv.
  let tables: [Rows]
  /// The columns of both.
  var columns: [Column] { Column.union(tables.map(\.columns)) }
  /// What besides the spec a run's numbers can depend on, or how fast it was, by name.
  let circumstances: [(name: String, value: String)]
  /// What it asked of its data, as text.
  let request: String
  /// Whether all of its steps were made with an arithmetic that has a version.
  let isArithmeticKnown: Bool

  init(_ path: String) throws(RunError) {
    folder = RunFolder(path)
    let reader = RunReader()
    try folder.requireRun()
    do throws(FileError) {
      let record = try RunRecord(path: folder.record)
      status = try RunReader.status(record, in: folder)
      var tables = [Rows(try reader.table(folder.metrics), record)]
      if try FileKind.of(folder.evaluation) == .file {
        tables.append(Rows(try reader.table(folder.evaluation), record))
      }
      self.tables = tables
      guard let spec = try reader.spec(of: folder) else {
        throw FileError(path: folder.resolved, damaged: "it is no spec")
      }
      // Versions differ in what they say of defaults.
      self.spec = try reader.renewedSpec(of: folder, record) ?? spec
      circumstances = ComparedRun.circumstances(record)
      request = ComparedRun.request(record, spec)
      isArithmeticKnown = record.changes(of: \.arithmeticText).allSatisfy { $0.value != RunRecord.Session.unversioned }
    } catch {
      throw RunError(error)
    }
  }

  /// What changed between sessions has the steps after which it did: the bits depend on them.
  static func circumstances(_ record: RunRecord) -> [(name: String, value: String)] {
    func each(_ value: (RunRecord.Session) -> String) -> String {
      let changes = record.changes(of: value)
      guard let first = changes.first else { return "?" }
      return ([first.value] + changes.dropFirst().map { "\($0.value) after step \($0.fromStep)" })
        .joined(separator: ", ")
    }
    return [
      (Comparison.data, String(record.data.digest.prefix(12))),
      (Comparison.arithmetic, each(\.arithmeticText)),
      (Comparison.version, each(\.version)),
      (Comparison.threads, each { "\($0.threads)" }),
    ]
  }

  /// What a spec asks of its data; runs that ask for the same get the same, unless the files are others.
  ///
  /// What is generated or drawn follows from the seed too.
  static func request(_ record: RunRecord, _ spec: Node) -> String {
    let isDrawn = record.data.origin == "generated" || record.data.origin.hasPrefix("drawn from ")
    return (spec["dataset"].map(Emitter.flowText) ?? "") + (isDrawn ? " \(record.seed)" : "")
  }

  /// The last values of all columns; step and epoch are those of metrics.csv.
  var last: [String: Double] {
    tables.reversed().reduce(into: [:]) { values, table in
      guard let row = table.cells.last else { return }
      values.merge(table.numbers(row)) { $1 }
    }
  }

  /// The first of the rows with the best value of a column, with the last values of the other file until then; nil where the run
  /// has none.
  func best(by column: Column) -> [String: Double]? {
    guard let own = tables.first(where: { $0.columns.contains { $0.name == column.name } }) else { return nil }
    var best: (value: Double, row: [String: Double])?
    for row in own.cells.lazy.map(own.numbers) {
      guard let value = row[column.name], value.isFinite else { continue }
      if best.map({ column.isBetter(value, than: $0.value) }) ?? true { best = (value, row) }
    }
    guard let row = best?.row, let step = row[Column.step.name] else { return best?.row }
    return tables.reduce(into: row) { values, table in
      guard let until = table.cells.map(table.numbers).last(where: { $0[Column.step.name] ?? .infinity <= step })
      else { return }
      values.merge(until) { present, _ in present }
    }
  }

  /// All rows by their steps: those of both files of one step in one.
  var rows: [[String: String]] {
    var byStep: [Int: [String: String]] = [:]
    for table in tables {
      for cells in table.cells {
        let row = Dictionary(zip(table.columns.map(\.name), cells)) { first, _ in first }
        guard let step = row[Column.step.name].flatMap({ Int($0) }) else { continue }
        byStep[step, default: [:]].merge(row) { present, _ in present }
      }
    }
    return byStep.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A CSV file with what its columns mean.
  struct Rows {
    let columns: [Column]
    /// Its rows as they are in the file.
    let cells: [[String]]

    init(_ table: CSVTable, _ record: RunRecord) {
      columns = Column.named(table.columns, recorded: record.columns ?? [])
      cells = table.rows
    }

    /// The numbers of a row by the names of their columns.
    func numbers(_ row: [String]) -> [String: Double] {
      var numbers: [String: Double] = [:]
      for (column, text) in zip(columns, row) where numbers[column.name] == nil { numbers[column.name] = Double(text) }
      return numbers
    }
  }
}

extension Column {
  /// Whether a value is better than another one; never where neither large nor small ones are.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    switch direction {
    case .higher: value > other
    case .lower: value < other
    case .none: false
    }
  }
}
