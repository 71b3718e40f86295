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
      + zip(conclusion.findings, rows).map { finding, cells in
        [String(step), finding.column.name] + cells.map(\.description) + [finding.isOfFeatures ? features : ""]
      }
    return Array(lines.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }

  /// What a file says.
  package struct Values: Codable, Equatable, Sendable {
    /// The step after which the state was measured.
    package let step: Int
    /// A measured value each.
    package let rows: [Row]

    /// A measured value.
    package struct Row: Codable, Equatable, Sendable {
      /// The name of the metric's column.
      package let metric: String
      /// The value; nil where there is none.
      package let value: Double?
      /// Its standard error, where one is known.
      package let standardError: Double?
      /// What real samples get.
      package let realData: Double?
      /// How many generated samples there were; nil where the file does not say.
      package var generated: Int?
      /// How many real samples they were compared with.
      package var real: Int?
      /// SHA-256 of the network by whose features it was measured; nil where by none.
      package var features: String?

      /// A value with what is known of it.
      package init(
        metric: String, value: Double?, standardError: Double? = nil, realData: Double? = nil, generated: Int? = nil,
        real: Int? = nil, features: String? = nil
      ) {
        (self.metric, self.value, self.standardError, self.realData) = (metric, value, standardError, realData)
        (self.generated, self.real, self.features) = (generated, real, features)
      }

      private enum CodingKeys: String, CodingKey {
        case metric, value
        case standardError = "standard_error"
        case realData = "real_data"
      }
    }
  }

  /// Reads a file.
  package static func values(in path: String) throws(FileError) -> Values {
    let table = try CSVTable(path: path)
    guard table.columns.prefix(5) == columns.prefix(5), let first = table.rows.first, let step = Int(first[0]) else {
      throw FileError(path: path, damaged: "it is no verdict.csv")
    }
    func number(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
    return Values(
      step: step,
      rows: table.rows.map { cells in
        Values.Row(
          metric: cells[1], value: number(cells[2]), standardError: number(cells[3]), realData: number(cells[4]),
          generated: cells.count > 6 ? Int(cells[5]) : nil, real: cells.count > 6 ? Int(cells[6]) : nil,
          features: cells.count > 7 && !cells[7].isEmpty ? cells[7] : nil)
      })
  }
}
