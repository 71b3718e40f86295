import Files
import Training

/// `verdict.csv`: what was measured when a run ended, a row a value.
package enum VerdictFile {
  /// Its columns.
  package static let columns = [
    "step", "metric", "value", "standard_error", "real_data", "generated", "real", "features",
  ]

  /// Its bytes, of the state after a step.
  package static func bytes(_ conclusion: Conclusion, at step: Int) -> [UInt8] {
    let rows = conclusion.findings.map { finding -> [CSVFile.Cell] in
      [
        .double(finding.measured.value), finding.measured.standardError.map { .double($0) } ?? .empty,
        finding.floor.map { .double($0) } ?? .empty, .integer(finding.generated), .integer(finding.real),
      ]
    }
    let features = conclusion.features?.digest ?? ""
    let lines =
      [columns]
      + zip(conclusion.findings, rows).map { [String(step), $0.column.name] + $1.map(\.description) + [features] }
    return Array(lines.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }
}
