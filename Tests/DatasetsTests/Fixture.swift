import Datasets
import Foundation
import TestSupport
import Testing

/// The files that `Tests/Fixtures/fixtures.py` made.
enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures").path

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }
}

/// The table of a dataset, which must agree with its survey.
func loaded(_ name: String, _ fields: String, from location: DataLocation = .standard()) throws -> Table {
  let (dataset, messages) = try dataset(name, fields)
  try #require(messages.isEmpty, "\(messages)")
  let survey = try dataset.survey(in: location)
  let table = try SurveyedDataset(dataset, survey: survey).load(from: location, seed: 5)
  #expect(table.values(of: 0).count == table.sampleSize)
  if let bounds = survey.bounds {
    for sample in [0, table.count - 1] { #expect(table.values(of: sample).allSatisfy { bounds.contains($0) }) }
  }
  #expect((table.labels == nil) == (survey.classes == nil))
  if let classes = survey.classes, let labels = table.labels {
    #expect(labels.count == table.count)
    #expect(labels.allSatisfy { (0..<Int32(classes.count)).contains($0) })
  }
  return table
}

/// Why a dataset cannot be surveyed, or else loaded.
func refusal(_ name: String, _ fields: String, from location: DataLocation = .standard()) throws -> DataError {
  let (dataset, messages) = try dataset(name, fields)
  try #require(messages.isEmpty, "\(messages)")
  do throws(DataError) {
    _ = try dataset.survey(in: location)
    _ = try dataset.load(from: location, seed: 5)
  } catch {
    return error
  }
  throw Refused()
}

private struct Refused: Error {}

extension Table {
  /// The values of a sample.
  func values(of sample: Int) -> [Float] {
    let range = (sample * sampleSize)..<((sample + 1) * sampleSize)
    return switch values {
    case .bytes(let bytes, let lookup): bytes[range].map { lookup[Int($0)] }
    case .floats(let floats): Array(floats[range])
    }
  }

  /// The bytes, of a table of bytes.
  var bytes: [UInt8] {
    if case .bytes(let bytes, _) = values { bytes } else { [] }
  }
}
