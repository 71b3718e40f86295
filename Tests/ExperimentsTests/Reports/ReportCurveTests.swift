import Foundation
import Networks
import Reports
import Testing

/// Curves of runs, and means over them.
@Suite struct ReportCurveTests {
  /// Student's t that 2.5 % lie beyond, by degrees of freedom: a printed table's digits and more.
  private static let t: [Int: Double] = [
    1: 12.706_204_736_432_095, 2: 4.302_652_729_749_464, 3: 3.182_446_305_284_263, 4: 2.776_445_105_197_798_6,
  ]

  private func curve(_ rows: [(Double, Double)]) -> ReportCurve {
    ReportCurve(Column("loss", "a loss"), steps: rows.map(\.0), values: rows.map(\.1))
  }

  /// Rows of other steps than those of other runs, one value that is none, and a run that ended early.
  private func rows(of run: Int) -> [(Double, Double)] {
    var rows: [(Double, Double)] = []
    for row in 1...40 where (row + run) % 7 != 0 && (run != 1 || row < 35) {
      let value = 100 + sin(Double(row * (run + 3))) * pow(3, Double(run))
      rows.append((Double(50 * row), run == 0 && row == 9 ? .nan : value))
    }
    return rows
  }

  @Test(arguments: [2, 3, 4, 5])
  func `means and intervals over runs are those of the textbook, at the steps that all share`(
    runs: Int
  ) throws {
    let curves = (0..<runs).map { curve(rows(of: $0)) }
    let means = GroupCurve(curves, of: curves[0].column).points
    let tables = curves.map { Dictionary(uniqueKeysWithValues: zip($0.steps, $0.values)) }
    let ends = tables.map { $0.keys.max() ?? 0 }
    let all: [Double] = (1...40).map { Double(50 * $0) }
    let shared = all.filter { step in
      zip(tables, ends).allSatisfy { $1 < step || $0[step]?.isFinite == true } && ends.contains { $0 >= step }
    }
    #expect(means.map { Double($0.step) } == shared && shared.count > 5 && shared.count < 38 && !shared.contains(450))
    #expect(Set(means.map(\.count)).isSuperset(of: [runs, runs - 1]))
    for mean in means {
      let values = zip(tables, ends).compactMap { $1 < Double(mean.step) ? nil : $0[Double(mean.step)] }
      let n = Double(values.count)
      let average = values.reduce(0, +) / n
      // Sums of squares the other way about.
      var squares = 0.0
      for (place, a) in values.enumerated() {
        for b in values[(place + 1)...] { squares += (a - b) * (a - b) }
      }
      let deviation = (squares / n / (n - 1)).squareRoot()
      #expect(abs(mean.mean - average) <= 1e-12 * abs(average))
      guard values.count > 1 else { continue }
      let half = try #require(ReportCurveTests.t[values.count - 1]) * deviation / n.squareRoot()
      #expect(abs((mean.lower ?? .nan) - (average - half)) <= 1e-10 * abs(average))
      #expect(abs((mean.upper ?? .nan) - (average + half)) <= 1e-10 * abs(average))
    }
  }

  @Test func `one run has no interval, equal runs have none, and none have no points`() {
    let one = curve([(1, 2), (2, 3)])
    func points(_ curves: [ReportCurve]) -> [[Double?]] {
      GroupCurve(curves, of: one.column).points.map { [$0.mean, $0.lower, $0.upper] }
    }
    #expect(points([one]) == [[2, nil, nil], [3, nil, nil]])
    #expect(points([one, one]) == [[2, nil, nil], [3, nil, nil]])
    #expect(points([]).isEmpty)
  }

  @Test func `what a curve looks like is said in a sentence`() {
    let falling = curve([(50, 1.5), (100, .nan), (150, 2.25), (2400, 0.5)])
    #expect(
      falling.sentence
        == "loss falls from 1.500 at step 50 to 0.5000 at step 2 400; the least is 0.5000 at step 2 400, the greatest 2.250 at step 150."
    )
    #expect(curve([(50, 1)]).sentence == "loss is 1.000 at step 50.")
    #expect(curve([(50, .nan)]).sentence == "loss has no value.")
    #expect(curve([(1, 2), (9, 2)]).sentence == "loss begins and ends at 2.000, from step 1 to step 9.")
  }
}
