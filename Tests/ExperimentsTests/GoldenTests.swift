import Foundation
import Testing

/// The golden runs of `Tests/Golden`: specs whose first steps an independent oracle has computed.
///
/// `metrics(of:steps:)` runs the spec at a path and returns the rows of its `metrics.csv` by column.
struct GoldenTests {
  @Test func `every golden spec has its fixture, and every fixture its spec`() throws {
    let specs = try GoldenFixture.names(withExtension: "yaml")
    #expect(!specs.isEmpty)
    #expect(specs == (try GoldenFixture.names(withExtension: "csv")))
  }

  /// One run at a time: each has its own threads.
  @Test(.serialized, arguments: try GoldenFixture.names(withExtension: "csv"))
  func `a run leaves the metrics of the oracle`(name: String) throws {
    let fixture = try GoldenFixture(named: name)
    let found = try metrics(of: fixture.spec.path, steps: fixture.rows.count)
    #expect(found.count == fixture.rows.count, "\(name): rows of metrics")
    for column in fixture.columns {
      if let departure = fixture.firstDeparture(of: found, in: column) {
        Issue.record(Comment(rawValue: departure))
      }
    }
  }
}

/// The metrics that a golden spec has to leave, a row for each step.
struct GoldenFixture {
  /// The folder `Tests/Golden` of this checkout.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

  let name: String
  let columns: [String]
  let rows: [[String: Double]]

  /// The spec's file.
  var spec: URL { Self.folder.appendingPathComponent("\(name).yaml") }

  init(named name: String) throws {
    let file = Self.folder.appendingPathComponent("\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let header = try #require(lines.first, "\(name): the fixture is empty")
    let columns = header.split(separator: ",").map(String.init)
    self.name = name
    self.columns = columns
    rows = try lines.dropFirst().map { line in
      let values = try line.split(separator: ",").map { try #require(Double($0), "\(name): \($0)") }
      try #require(values.count == columns.count, "\(name): \(line)")
      return Dictionary(uniqueKeysWithValues: zip(columns, values))
    }
  }

  /// The names of the folder's files with an extension, sorted.
  static func names(withExtension pathExtension: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == pathExtension }
      .map { $0.deletingPathExtension().lastPathComponent }
      .sorted()
  }

  /// The first step at which a column leaves the fixture, in words; later steps only inherit the difference.
  func firstDeparture(of found: [[String: Double]], in column: String) -> String? {
    for (expectedRow, foundRow) in zip(rows, found) {
      guard let expected = expectedRow[column] else { continue }
      let place = "\(name), step \(Int(expectedRow["step"] ?? 0)), \(column): expected \(expected)"
      guard let value = foundRow[column] else { return "\(place), found no such column" }
      let difference = abs(value - expected)
      if !(difference <= Self.tolerance(of: expected, in: column)) {
        return "\(place), found \(value) (relative difference \(difference / abs(expected)))"
      }
    }
    return nil
  }

  /// Counts and shares agree but for their last printed digit, all else as float32 and float64 do over 20 steps.
  static func tolerance(of expected: Double, in column: String) -> Double {
    let isCounted = ["step", "epoch"].contains(column) || column.contains("accuracy")
    return isCounted ? 1e-7 : 1e-5 * abs(expected) + 1e-7
  }
}
