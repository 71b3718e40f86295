import Compute
import Files
import Networks
import Runs
import Specs
import Training

/// Several runs side by side: their last rows, their best rows by a column with a direction, and where they differ.
package struct Comparison: Codable, Sendable {
  /// One run.
  package struct Run: Codable, Sendable {
    /// Its folder.
    package let path: String
    /// How it stands.
    package let status: String
    /// The last row of its metrics.csv by the names of its columns; an empty one where it has none.
    package let last: [String: Double]
    /// The row with the best value of the criterion; nil without criterion, and where the run lacks the column.
    package let best: [String: Double]?
    /// Its place by the criterion, from 1; equal values share one.
    package let rank: Int?
  }

  /// The runs in the order they were given.
  package let runs: [Run]
  /// The columns that any of the runs has, in the order of metrics.csv.
  package let columns: [Column]
  /// By which column the runs are ranked; nil for none.
  package let criterion: Column?
  /// The keys in which the specs differ, with each run's value.
  package let differences: [ResolvedSpec.Difference]
  /// The same for people: of what was chosen differently only the names.
  package private(set) var outline: [ResolvedSpec.Difference] = []
  /// What else differs: data, arithmetic, version, threads.
  ///
  /// Data that differ because the specs or seeds do are none.
  package let circumstances: [ResolvedSpec.Difference]
  /// Whether each run's arithmetic has a version, by which its bits are known.
  private var isArithmeticKnown = true

  private enum CodingKeys: String, CodingKey {
    case runs, columns, criterion, differences, circumstances
  }

  static let data = "data (SHA-256)"
  static let arithmetic = "arithmetic"
  static let version = "version"
  static let threads = "threads"

  /// Compares runs.
  /// - Parameters:
  ///   - criterion: the name of a column with a direction; nil for none.
  ///   - problem: is told of each run that is left out because it cannot be read.
  /// - Throws: `RunError` when none can be read, or the criterion is no column with a direction (64).
  package init(_ paths: [String], by criterion: String? = nil, problem: (RunError) -> Void) throws(RunError) {
    let read = try Comparison.read(paths, problem: problem)
    columns = Column.union(read.map(\.columns))
    let column: Column? = if let criterion { try Comparison.criterion(criterion, among: columns) } else { nil }
    let best = read.map { run in column.flatMap { run.best(by: $0) } }
    let values = best.map { row in column.flatMap { row?[$0.name] } }
    runs = read.indices.map { index in
      let rank = values[index].flatMap { own in
        column.map { column in values.count { $0.map { column.isBetter($0, than: own) } ?? false } + 1 }
      }
      return Run(
        path: read[index].folder.path, status: read[index].status,
        last: read[index].last, best: best[index], rank: rank)
    }
    self.criterion = column
    differences = ResolvedSpec.differences(read.map(\.spec))
    outline = ResolvedSpec.outline(read.map(\.spec))
    isArithmeticKnown = read.allSatisfy(\.isArithmeticKnown)
    circumstances = Comparison.differing(read.map(\.circumstances), requests: read.map(\.request))
  }

  /// What differs of what runs depended on, whose names are the same in all, with each run's request for data.
  static func differing(
    _ circumstances: [[(name: String, value: String)]], requests: [String]
  ) -> [ResolvedSpec.Difference] {
    (circumstances.first ?? []).indices.compactMap { place in
      let name = circumstances[0][place].name
      let values = circumstances.map { $0[place].value }
      // Only runs that ask for the same data can have others.
      let groups =
        name == data
        ? Set(requests).map { request in zip(requests, values).filter { $0.0 == request }.map(\.1) } : [values]
      return groups.allSatisfy { Set($0).count == 1 } ? nil : ResolvedSpec.Difference(key: name, values: values)
    }
  }

  /// The columns by which runs can be ranked.
  package var rankable: [Column] { Comparison.rankable(columns) }

  private static func rankable(_ columns: [Column]) -> [Column] { columns.filter { $0.direction != .none } }

  /// What follows for the numbers from how the runs differ, in one sentence; nil for a single run, and where the table of
  /// the specs says it.
  package var verdict: String? {
    guard runs.count > 1 else { return nil }
    func differ(_ name: String) -> Bool { circumstances.contains { $0.key == name } }
    let causes = [
      differ(Comparison.data) ? "data" : nil, differ(Comparison.arithmetic) ? "arithmetic" : nil,
      differ(Comparison.version) ? "program" : nil,
    ].compactMap { $0 }
    let named =
      causes.count < 2
      ? causes.joined() : causes.dropLast().joined(separator: ", ") + " and " + causes[causes.count - 1]
    switch (differences.isEmpty, causes.isEmpty) {
    case (true, true) where !isArithmeticKnown:
      return
        "the specs, data and program are the same, but the runs were made before arithmetic 1: whether the bits are the "
        + "same is not known"
    case (true, true): return "the specs, data, arithmetic and program are the same, and so are the bits"
    case (true, false): return "the specs are the same, but not the \(named): the bits differ"
    case (false, false): return "beside the specs these differ: \(named); with the same spec too the bits would differ"
    case (false, true): return nil
    }
  }

  /// The runs that can be read.
  private static func read(_ paths: [String], problem: (RunError) -> Void) throws(RunError) -> [ComparedRun] {
    var read: [ComparedRun] = []
    var problems: [RunError] = []
    for path in paths {
      do throws(RunError) { read.append(try ComparedRun(path)) } catch { problems.append(error) }
    }
    // With nothing left the first of them is why; the others are told of all the same.
    for error in read.isEmpty ? Array(problems.dropFirst()) : problems { problem(error) }
    if read.isEmpty, let first = problems.first { throw first }
    return read
  }

  /// The column of a name, by which runs can be ranked.
  private static func criterion(_ name: String, among columns: [Column]) throws(RunError) -> Column {
    let names = rankable(columns).map(\.name)
    let remedy =
      names.isEmpty
      ? "no column of these runs has a direction: leave --by out" : "give --by one of \(names.joined(separator: ", "))"
    guard let column = columns.first(where: { $0.name == name }) else {
      let nearest = Suggestion.nearest(to: name, among: names)
      throw RunError(
        "no run has a column \(name)", remedy: nearest.map { "did you mean \($0)?" } ?? remedy, exitCode: 64)
    }
    guard column.direction != .none else {
      throw RunError(
        "\(name) ranks no runs: neither its large nor its small values are better", remedy: remedy, exitCode: 64)
    }
    return column
  }

  /// All rows of the runs' metrics.csv, and of their evaluation.csv, in one, those of one step in one row, each with the run's folder first; a cell is empty where a run lacks the column.
  /// - Parameter problem: is told of each run that is left out because it cannot be read.
  package static func joinedCSV(_ paths: [String], problem: (RunError) -> Void) throws(RunError) -> String {
    let runs = try read(paths, problem: problem)
    let columns = Column.union(runs.map(\.columns)).map(\.name)
    var text = (["run"] + columns).joined(separator: ",") + "\n"
    for run in runs {
      let path = CSVFile.quoted(run.folder.path)
      for row in run.rows { text += ([path] + columns.map { row[$0] ?? "" }).joined(separator: ",") + "\n" }
    }
    return text
  }
}
