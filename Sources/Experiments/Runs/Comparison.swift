import Datasets
import YAML

/// Several runs side by side: their last and best rows, and the keys in which their specs differ.
public struct Comparison: Codable, Sendable {
  /// One run.
  public struct Run: Codable, Sendable {
    /// Its folder.
    public let path: String
    /// How it stands.
    public let status: String
    /// The last row of its metrics.csv; an empty one where it has none.
    public let last: [String: Double]
    /// The row with the best value of the criterion.
    public let best: [String: Double]
  }

  /// The runs in the order they were given.
  public let runs: [Run]
  /// The keys in which the specs differ, with each run's value.
  public let differences: [ResolvedSpec.Difference]
  /// The columns of the metrics.
  public let columns: [String]
  /// By which column a row is best.
  public let criterion: String
  /// Whether small values of the criterion are good.
  public let smallerIsBetter: Bool

  /// Compares runs.
  /// - Parameter criterion: a column of metrics.csv.
  public init(
    _ paths: [String], by criterion: String = Metric.generatorLoss.rawValue
  ) throws(RunError) {
    let smallerIsBetter = !criterion.contains("accuracy")
    var runs: [Run] = []
    var specs: [Node] = []
    var columns: [String] = []
    for path in paths {
      let folder = RunFolder(path)
      try folder.requireRun()
      try Comparison.require(criterion, in: folder)
      do throws(FileError) {
        let summary = try RunSummary(folder)
        let table = try CSVTable(path: folder.metrics)
        columns = table.columns
        let rows = table.rows.map { row in
          Dictionary(zip(table.columns, row).compactMap { key, text in Double(text).map { (key, $0) } }) { first, _ in
            first
          }
        }
        let best = rows.filter { $0[criterion] != nil }.min { first, second in
          let (a, b) = (first[criterion] ?? 0, second[criterion] ?? 0)
          return smallerIsBetter ? a < b : a > b
        }
        runs.append(Run(path: folder.path, status: summary.status, last: rows.last ?? [:], best: best ?? [:]))
        let text = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
        guard let spec = ResolvedSpec.parse(text, name: folder.resolved) else {
          throw FileError(path: folder.resolved, damaged: "it is no spec")
        }
        specs.append(spec)
      } catch {
        throw RunError(error)
      }
    }
    self.runs = runs
    self.columns = columns
    self.criterion = criterion
    self.smallerIsBetter = smallerIsBetter
    differences = ResolvedSpec.differences(specs)
  }

  /// Whether a run has measured a column.
  private static func require(_ criterion: String, in folder: RunFolder) throws(RunError) {
    let table: CSVTable
    do throws(FileError) { table = try CSVTable(path: folder.metrics) } catch { throw RunError(error) }
    guard table.columns.contains(criterion) else {
      throw RunError(
        "\(folder.metrics) has no column \(criterion)",
        remedy: "give --by one of \(table.columns.joined(separator: ", "))",
        exitCode: 64)
    }
  }

  /// All rows of the runs' metrics.csv in one, each with the run's folder first.
  public static func joinedCSV(_ paths: [String]) throws(RunError) -> String {
    var lines: [String] = []
    var columns: [String]?
    for path in paths {
      let folder = RunFolder(path)
      try folder.requireRun()
      do throws(FileError) {
        let table = try CSVTable(path: folder.metrics)
        guard columns == nil || columns == table.columns else {
          throw FileError(path: folder.metrics, damaged: "its columns are not those of \(paths[0])")
        }
        if columns == nil { lines.append((["run"] + table.columns).joined(separator: ",")) }
        columns = table.columns
        lines += table.rows.map { ([quoted(folder.path)] + $0).joined(separator: ",") }
      } catch {
        throw RunError(error)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n".contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
