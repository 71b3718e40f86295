import Evaluation
import Files

/// What `verify metrics` says.
struct MetricsAnswer {
  /// The values that others know.
  let conformance: [Conformance.Row]
  /// The verdicts of the sanity suite.
  let sanity: [SanitySuite.Row]
  /// How much of the suite was computed.
  let effort: SanitySuite.Effort

  /// It, for programs.
  struct Values: Encodable {
    let conformance: [Conformance.Row]
    let sanity: [SanitySuite.Row]
    let repetitions: Int
  }
  var values: Values {
    Values(conformance: conformance, sanity: sanity, repetitions: effort.repetitions)
  }

  /// Whether every value is the expected one.
  var isMet: Bool { conformance.allSatisfy(\.isMet) }

  /// Both tables.
  var text: String {
    let met = conformance.count(where: \.isMet)
    let draws = Readable.count(effort.repetitions, "draw")
    let positions = effort.positions.map { "at most \($0) positions a test" } ?? "all positions"
    return """
      Conformance: \(met) of \(conformance.count) values are those of other programs or of formulas.

      \(conformanceTable.text)
      Sanity: \(positions), each the mean of \(draws); "-" where nothing is asked.

      \(sanityTable.text)
      """
  }

  private var conformanceTable: TextTable {
    var table = TextTable([.left, .left, .right, .right, .left])
    table.add(["metric", "data", "expected", "found", ""])
    for row in conformance {
      // As many digits as the source has, and some of what holds on average.
      let places = row.expected.split(separator: ".").dropFirst().first?.count ?? 0
      table.add([
        row.metric, row.data, row.expected + (row.isApproximate ? " +- \(row.tolerance)" : ""),
        Decimals.text(row.found, row.isApproximate ? max(places, 3) : places), row.isMet ? "ok" : "FAIL",
      ])
    }
    return table
  }

  private var sanityTable: TextTable {
    let metrics = SanityMetric.all
    var table = TextTable([.left, .left] + metrics.map { _ in .left })
    let words = metrics.map { $0.name.split(separator: "_").map(String.init) }
    for line in 0..<(words.map(\.count).max() ?? 0) {
      table.add(
        (line == 0 ? ["test", "of"] : ["", ""]) + words.map { line < $0.count ? $0[line] : "" })
    }
    for row in sanity {
      table.add(
        [row.test, row.aspect.rawValue]
          + metrics.map { metric in
            switch row.verdicts[metric.name] ?? .notApplicable {
            case .passed: "ok"
            case .failed: "FAIL"
            case .notApplicable: "-"
            }
          })
    }
    table.add(
      ["passed", ""]
        + metrics.map { metric in
          let verdicts = sanity.compactMap { $0.verdicts[metric.name] }.filter { $0 != .notApplicable }
          return "\(verdicts.count { $0 == .passed })/\(verdicts.count)"
        })
    return table
  }
}
