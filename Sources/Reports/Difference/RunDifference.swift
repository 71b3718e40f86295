import Runs
import Specs
import Training

/// What differs between two runs or specs, by meaning.
package struct RunDifference: Codable, Sendable {
  /// Both, by folder or path.
  package let paths: [String]
  /// Whether nothing differs that says what is trained, or that was measured.
  package let isSame: Bool
  /// The keys in which the specs differ, with both values.
  package let differences: [ResolvedSpec.Difference]
  /// The same for people: of what was chosen differently only the names.
  package let outline: [ResolvedSpec.Difference]
  /// What else decides the numbers of a run: data, arithmetic.
  package let circumstances: [ResolvedSpec.Difference]
  /// What decides no number: version, threads, lanes, processor, host.
  package let surroundings: [ResolvedSpec.Difference]
  /// Where the rows of the runs' files part.
  package let files: [RowsDifference]
  /// Metrics of the end in which the runs differ, with both values.
  package let verdict: [ResolvedSpec.Difference]

  private enum CodingKeys: String, CodingKey {
    case paths, differences, circumstances, surroundings, files, verdict
    case isSame = "same"
    // For people.
    case outline
  }

  /// The names of the files whose rows are compared, in the order of a run's tables.
  private static let names = ["metrics.csv", "evaluation.csv"]

  /// Compares two sides; of a run and a spec, the specs alone.
  package init(_ first: DifferingSide, _ second: DifferingSide) {
    let sides = [first, second]
    paths = sides.map(\.path)
    differences = ResolvedSpec.differences(sides.map(\.spec))
    outline = ResolvedSpec.outline(sides.map(\.spec))
    let runs = sides.compactMap(\.run)
    guard runs.count == 2 else {
      (circumstances, surroundings, files, verdict) = ([], [], [], [])
      isSame = differences.isEmpty
      return
    }
    let decisive = [Comparison.data, Comparison.arithmetic]
    circumstances = Comparison.differing(runs.map(\.circumstances), requests: runs.map(\.request))
      .filter { decisive.contains($0.key) }
    surroundings = Comparison.differing(sides.map(\.surroundings), requests: runs.map(\.request))
    files = RunDifference.names.enumerated().compactMap { place, name in
      let tables = runs.map { $0.tables.indices.contains(place) ? $0.tables[place] : nil }
      return RowsDifference(name, tables[0], tables[1])
    }
    verdict = RunDifference.verdicts(sides)
    isSame = differences.isEmpty && circumstances.isEmpty && files.allSatisfy(\.isSame) && verdict.isEmpty
  }

  private static func verdicts(_ sides: [DifferingSide]) -> [ResolvedSpec.Difference] {
    var metrics: [String] = []
    for row in sides.flatMap(\.verdict) where !metrics.contains(row.metric) { metrics.append(row.metric) }
    return metrics.compactMap { metric in
      let rows = sides.map { $0.verdict.first { $0.metric == metric } }
      guard rows[0] != rows[1] else { return nil }
      return ResolvedSpec.Difference(key: metric, values: rows.map { $0?.value.map { "\($0)" } })
    }
  }

  /// Whether the numbers differ although nothing does that decides them.
  package var isUnexplained: Bool {
    !isSame && differences.isEmpty && circumstances.isEmpty && !files.allSatisfy(isPrefix)
  }

  /// Whether one run has only gone on further than the other.
  private func isPrefix(_ file: RowsDifference) -> Bool {
    file.columns.isEmpty && file.ownColumns.allSatisfy(\.isEmpty)
  }
}
