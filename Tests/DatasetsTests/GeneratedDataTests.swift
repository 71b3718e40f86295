import Datasets
import Foundation
import TestSupport
import Testing

/// Datasets whose samples are drawn, against their definitions: definitions.md's places and the streams of randomness.md.
@Suite struct GeneratedDataTests {
  /// A dataset as a spec gives it, with its samples in Double.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: String
    /// By how much Floats may differ.
    let tolerance: Double
    /// The n-th sample and its class, from the streams' draws.
    let sample: @Sendable (_ n: Int, _ draw: (String) -> ReferencePhilox) throws -> (values: [Double], label: Int?)
    var testDescription: String { "\(name): {\(fields)}" }
  }

  /// Points at stddev times two normal values beside a mode.
  private static func mixture(
    _ name: String, _ fields: String, modes: Int, stddev: Double,
    centre: @escaping @Sendable (_ mode: Int) -> (x: Double, y: Double)
  ) -> Case {
    Case(name: name, fields: fields, tolerance: 1e-6 + 1e-5 * stddev) { n, draw in
      let mode = draw("data/\(name)/mode").index(n, below: modes)
      let (normals, middle) = (draw("data/\(name)/offset"), centre(mode))
      return ([middle.x + stddev * normals.normal(2 * n), middle.y + stddev * normals.normal(2 * n + 1)], mode)
    }
  }

  /// The digits that are stacked.
  private static let digits = Result { try dataset("mnist").dataset.load(from: .standard(), seed: 0) }

  static let cases = [
    mixture("gaussian_ring", "", modes: 8, stddev: 0.01) {
      (cos(2 * .pi * Double($0) / 8), sin(2 * .pi * Double($0) / 8))
    },
    mixture("gaussian_ring", "modes: 3, radius: 2, stddev: 0.5", modes: 3, stddev: 0.5) {
      (2 * cos(2 * .pi * Double($0) / 3), 2 * sin(2 * .pi * Double($0) / 3))
    },
    mixture("gaussian_grid", "", modes: 25, stddev: 0.05) { (2 * Double($0 % 5) - 4, 2 * Double($0 / 5) - 4) },
    mixture("gaussian_grid", "side: 2, spacing: 3, stddev: 0.2", modes: 4, stddev: 0.2) {
      (3 * Double($0 % 2) - 1.5, 3 * Double($0 / 2) - 1.5)
    },
    Case(name: "stacked_mnist", fields: "", tolerance: 1e-7) { n, draw in
      let digits = try digits.get()
      let words = draw("data/stacked_mnist/digit")
      let chosen = (0..<3).map { words.index(3 * n + $0, below: 60_000) }
      let values = (0..<784 * 3).map { Double(digits.bytes[784 * chosen[$0 % 3] + $0 / 3]) / 127.5 - 1 }
      return (values, chosen.reduce(0) { 10 * $0 + Int(digits.labels?[$1] ?? -1) })
    },
  ]

  /// Fields by which a spec names files of its own.
  private static let files: Set = ["path", "images"]

  @Test(arguments: DatasetCatalog.all.names) func `every generated dataset has its values here`(name: String) throws {
    let fields = try #require(DatasetCatalog.all.describe(name)).fields.map(\.name)
    guard DatasetCatalog.publication(of: name) == nil, GeneratedDataTests.files.isDisjoint(with: fields) else { return }
    #expect(
      GeneratedDataTests.cases.contains { $0.name == name },
      "add a Case of \(name) to GeneratedDataTests.cases; if it reads files, add the field that names them to files")
  }

  @Test(arguments: cases) func `samples are made of their streams as defined`(test: Case) throws {
    let joined = test.fields.isEmpty ? "" : test.fields + ", "
    let table = try loaded(test.name, joined + "samples: 100")
    func draw(_ stream: String) -> ReferencePhilox { ReferencePhilox(seed: 5, stream: stream, step: 0) }
    for n in 0..<100 {
      let exact = try test.sample(n, draw)
      #expect(table.labels.map { Int($0[n]) } == exact.label, "sample \(n)")
      let found = table.values(of: n)
      #expect(found.count == exact.values.count)
      let error = zip(found, exact.values).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(error <= test.tolerance, "sample \(n)")
    }
    let more = try loaded(test.name, joined + "samples: 101")
    #expect((0..<100).allSatisfy { more.values(of: $0) == table.values(of: $0) }, "fewer samples are the first of more")
  }
}
