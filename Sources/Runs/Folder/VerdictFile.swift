import Files
import Training

/// `verdict.csv`: what was measured when a run ended, a row a value.
package enum VerdictFile {
  /// Its columns.
  package static let columns = ["metric", "value", "standard_error", "real_data", "generated", "real", "features"]

  /// Its bytes.
  package static func bytes(_ conclusion: Conclusion) -> [UInt8] {
    let rows = conclusion.findings.map { finding -> [CSVFile.Cell] in
      [
        .double(finding.measured.value), finding.measured.standardError.map { .double($0) } ?? .empty,
        finding.floor.map { .double($0) } ?? .empty, .integer(finding.generated), .integer(finding.real),
      ]
    }
    let features = conclusion.features?.digest ?? ""
    let lines =
      [columns]
      + zip(conclusion.findings, rows).map { [$0.column.name] + $1.map(\.description) + [features] }
    return Array(lines.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }
}
