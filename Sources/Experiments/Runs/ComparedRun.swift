import Datasets
import Networks
import YAML

/// A run as it is read to be compared: its spec, its metrics, and what it ran on.
struct ComparedRun {
  let folder: RunFolder
  let status: String
  let spec: Node
  /// The columns of metrics.csv.
  let columns: [Column]
  /// Its rows as they are in the file.
  let rows: [[String]]
  /// What besides the spec a run's numbers can depend on, or how fast it was, by name.
  let circumstances: [(name: String, value: String)]
  /// What it asked of its data, as text.
  let request: String

  init(_ path: String) throws(RunError) {
    folder = RunFolder(path)
    try folder.requireRun()
    do throws(FileError) {
      let record = try RunRecord(path: folder.record)
      status = try RunSummary(folder).status
      let table = try CSVTable(path: folder.metrics)
      columns = Column.named(table.columns, recorded: record.columns ?? [])
      rows = table.rows
      let text = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
      guard let spec = ResolvedSpec.parse(text, name: folder.resolved) else {
        throw FileError(path: folder.resolved, damaged: "it is no spec")
      }
      self.spec = spec
      circumstances = ComparedRun.circumstances(record)
      request = ComparedRun.request(record, spec)
    } catch {
      throw RunError(error)
    }
  }

  /// What changed between sessions has the steps after which it did: the bits depend on them.
  private static func circumstances(_ record: RunRecord) -> [(name: String, value: String)] {
    func each(_ value: (RunRecord.Session) -> String) -> String {
      let changes = record.changes(of: value)
      guard let first = changes.first else { return "?" }
      return ([first.value] + changes.dropFirst().map { "\($0.value) after step \($0.fromStep)" })
        .joined(separator: ", ")
    }
    return [
      (Comparison.data, String(record.data.digest.prefix(12))),
      (Comparison.coreType, each(\.machine.blasCore)),
      (Comparison.version, each(\.version)),
      (Comparison.threads, each { "\($0.threads)" }),
    ]
  }

  /// What a spec asks of its data; runs that ask for the same get the same, unless the files are others.
  ///
  /// What is generated or drawn follows from the seed too.
  private static func request(_ record: RunRecord, _ spec: Node) -> String {
    let isDrawn = record.data.origin == "generated" || record.data.origin.hasPrefix("drawn from ")
    return (spec["dataset"].map(Emitter.flowText) ?? "") + (isDrawn ? " \(record.seed)" : "")
  }

  /// The numbers of a row by the names of their columns.
  func numbers(_ row: [String]) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for (column, text) in zip(columns, row) where numbers[column.name] == nil { numbers[column.name] = Double(text) }
    return numbers
  }

  /// The first of the rows with the best value of a column; nil where the run has none.
  func best(by column: Column) -> [String: Double]? {
    var best: (value: Double, row: [String: Double])?
    for row in rows.lazy.map(numbers) {
      guard let value = row[column.name], value.isFinite else { continue }
      if best.map({ column.isBetter(value, than: $0.value) }) ?? true { best = (value, row) }
    }
    return best?.row
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
