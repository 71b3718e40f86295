import Compute
import Evaluation
import Foundation
import Testing

/// What `Tests/Golden/metrics.py` wrote: values of other programs, and the data that they were given.
struct ReferenceCases: Decodable, Sendable {
  let data: [Description]
  let cases: [ReferenceCase]

  /// Points by their name, and what must be found in them.
  struct Description: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let count: Int
    let dimension: Int
    let seed: UInt64?
    let scale: Double?
    let shift: Double?
    let first: Double
    let last: Double
    let sum: Double
    var testDescription: String { name }
  }

  static let all: ReferenceCases = {
    do {
      guard let file = Bundle.module.url(forResource: "Fixtures/metrics", withExtension: "json") else {
        throw CocoaError(.fileNoSuchFile)
      }
      return try JSONDecoder().decode(ReferenceCases.self, from: Data(contentsOf: file))
    } catch {
      Issue.record("\(error)")
      return ReferenceCases(data: [], cases: [])
    }
  }()

  /// The points of every name.
  static let points: [String: Matrix] = {
    var points: [String: Matrix] = [:]
    for description in all.data {
      points[description.name] = made(description, of: points)
    }
    return points
  }()

  /// Points made by the recipe, or of those before them; nil for a name that nobody knows.
  private static func made(_ description: Description, of points: [String: Matrix]) -> Matrix? {
    if let seed = description.seed {
      return GoldenData.matrix(
        seed: seed, rows: description.count, columns: description.dimension, scale: description.scale ?? 1,
        shift: description.shift ?? 0)
    }
    guard let r = points["R"], let f = points["F"] else { return nil }
    func changed(_ points: Matrix, _ change: (Double) -> Double) -> Matrix {
      Matrix(rows: points.rows, columns: points.columns, values: points.values.map(change))
    }
    switch description.name {
    case "F2": return changed(f) { 1.8 * $0 + 1 }
    case "F[:5]": return f.taking(0..<5)
    case "Rint", "Fint", "Tint":
      return points[String(description.name.prefix(1))].map { changed($0) { $0.rounded(.toNearestOrEven) + 0 } }
    case "copies": return r.taking(0..<150)
    case "half":
      return Matrix(
        rows: 150, columns: 8, values: r.taking(0..<75).values + f.taking(0..<75).values)
    case "equal": return f.taking([Int](repeating: 0, count: 150))
    default: return nil
    }
  }
}

/// A case of the file.
struct ReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
  let metric: String
  let name: String
  let real: String?
  let generated: String?
  let parameters: Parameters
  /// The values by their names, `value` where there is one without.
  let values: [String: Double]
  var testDescription: String { "\(metric), \(name)" }

  /// What a metric is asked with, as far as it is not always the same.
  struct Parameters: Decodable, Sendable {
    let test: String?
    let k: Int?
    let ddof: Int?
    let sigma: Double?
    let splits: Int?
    let rows: Int?
    let mostRows: Int?
    let directions: String?
    let matrix: [[Double]]?

    enum CodingKeys: String, CodingKey {
      case test, k, ddof, sigma, splits, directions, matrix
      case rows = "real_rows"
      case mostRows = "rows_each"
    }
  }

  /// A number, of which JSON has no infinite ones.
  private struct Number: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Double.self) {
        self.value = value
      } else {
        let text = try container.decode(String.self)
        guard text == "inf" else {
          throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no number")
        }
        value = .infinity
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case metric, real, generated, parameters, value
    case name = "case"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    metric = try container.decode(String.self, forKey: .metric)
    name = try container.decode(String.self, forKey: .name)
    real = try container.decodeIfPresent(String.self, forKey: .real)
    generated = try container.decodeIfPresent(String.self, forKey: .generated)
    parameters = try container.decode(Parameters.self, forKey: .parameters)
    if let values = try? container.decode([String: Number].self, forKey: .value) {
      self.values = values.mapValues(\.value)
    } else {
      values = ["value": try container.decode(Number.self, forKey: .value).value]
    }
  }
}
