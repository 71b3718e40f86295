import Specs
import Testing
import Training

/// What rows must say for a symptom to be seen, and what must not.
@Suite struct SymptomTests {
  /// Rows with the values that a case has, and what the last of them shows.
  struct Case: Sendable {
    let name: String
    let metrics: [String: [Double]]
    let evaluations: [String: [Double]]
    let shown: [String]

    init(_ name: String, _ metrics: [String: [Double]] = [:], evaluations: [String: [Double]] = [:], _ shown: String...)
    {
      (self.name, self.metrics, self.evaluations, self.shown) = (name, metrics, evaluations, shown)
    }
  }

  private static func of(_ value: Double, _ count: Int) -> [Double] { [Double](repeating: value, count: count) }

  static let cases: [Case] = [
    Case("nothing"),
    Case("ten rows of a discriminator that wins", ["discriminator_accuracy": of(0.996, 10)], "saturated_discriminator"),
    Case("nine of them", ["discriminator_accuracy": of(0.996, 9)]),
    Case("one row in which it does not", ["discriminator_accuracy": of(1, 9) + [0.99]]),
    Case("it has won, and then no more", ["discriminator_accuracy": of(1, 20) + [0.5]]),
    Case(
      "equal scores", ["score_real": of(3, 5), "score_generated": of(3.000002, 5)], "dead_discriminator"),
    Case("nearly equal scores", ["score_real": of(3, 5), "score_generated": of(3.00001, 5)]),
    Case(
      "equal scores in the last row alone",
      ["score_real": of(3, 5), "score_generated": of(1, 4) + [3]]),
    Case(
      "a gradient a thousand times smaller", ["generator_gradient_norm": of(2, 10) + of(0.0019, 5)],
      "vanished_gradients"),
    Case("a gradient nine hundred times smaller", ["generator_gradient_norm": of(2, 10) + of(0.0022, 5)]),
    Case("no gradient from the first", ["generator_gradient_norm": of(0, 5)], "vanished_gradients"),
    Case("four rows of it", ["generator_gradient_norm": of(2, 10) + of(0, 4)]),
    Case(
      "scores that grow", ["score_real": of(-2, 10) + [-1100, -1200, -1300]], "divergence_ahead"),
    Case("large scores that stand", ["score_real": of(2, 10) + of(1100, 3)]),
    Case("scores that were large from the first", ["score_real": of(900, 10) + [1100, 1200, 1300]]),
    Case(
      "gradients that grow", ["discriminator_gradient_norm": of(90, 10) + [1001, 1002, 1003]], "divergence_ahead"),
    Case(
      "samples that are all the same, from the first", evaluations: ["diversity@digits-1": of(0.05, 5)], "collapse"),
    Case("samples that are not different yet", evaluations: ["diversity@digits-1": of(0.05, 4)]),
    Case(
      "samples that were different", evaluations: ["diversity": [0.5, 0.05, 0.05, 0.05]], "collapse"),
    Case("a mixture with one mode of eight", evaluations: ["mode_variation": of(0.875, 5)], "collapse"),
    Case("coverage that is halved", evaluations: ["coverage@pixels": [0.3, 0.14, 0.14, 0.14]], "mode_loss"),
    Case("coverage that never was", evaluations: ["coverage@pixels": [0.04, 0.01, 0.01, 0.01]]),
    Case("a mixture with modes left out", evaluations: ["mode_variation": of(0.3, 15)], "mode_loss"),
    Case("a mixture that is still being learnt", evaluations: ["mode_variation": of(0.3, 14)]),
    Case(
      "samples that turn", evaluations: ["mind@digits-1": [1, 3, 1, 3, 1, 1, 1, 1, 1, 1]], "oscillation"),
    Case("samples that turn by less", evaluations: ["mind": [1, 1.9, 1, 1.9, 1, 1.9, 1, 1.9, 1, 1.9]]),
    Case("samples that only get better", evaluations: ["mind": [512, 256, 128, 64, 32, 16, 8, 4, 2, 1]]),
    Case(
      "points that turn",
      evaluations: ["mind": [1, 3, 1, 3, 1, 3, 1, 3, 1, 3], "mode_variation": of(0, 10)]),
    Case(
      "copies", evaluations: ["near_copies_chance": of(1e-9, 3), "near_copies": of(0.2, 3)], "memorisation"),
    Case("copies once", evaluations: ["near_copies_chance": [1, 1, 1e-9], "near_copies": of(0.2, 3)]),
    Case(
      "values that are no numbers are none", ["discriminator_accuracy": [.nan] + of(1, 9)],
      evaluations: ["diversity": [.nan, .nan, .nan]]),
  ]

  @Test(arguments: cases)
  func `rows show these symptoms`(_ example: Case) {
    var monitor = HealthMonitor()
    let rows = (Array(example.metrics.values) + Array(example.evaluations.values)).map(\.count).max() ?? 0
    for row in 0..<rows {
      func values(_ columns: [String: [Double]]) -> [String: Double] {
        columns.compactMapValues { $0.indices.contains(row) ? $0[row] : nil }
      }
      monitor.add(metrics: values(example.metrics), evaluation: values(example.evaluations))
    }
    #expect(monitor.findings.map(\.name) == example.shown, Comment(rawValue: example.name))
    #expect(monitor.cells.count(where: \.self) == example.shown.count)
    for finding in monitor.findings { #expect(finding.sentence.contains("; try ")) }
  }

  @Test func `every symptom has a case that shows it`() {
    #expect(Set(SymptomTests.cases.flatMap(\.shown)) == Set(SymptomCatalog.all.names))
  }

  @Test func `what is new is told once`() {
    var monitor = HealthMonitor()
    let told = (0..<12).map { _ in monitor.add(metrics: ["discriminator_accuracy": 1]).map(\.name) }
    #expect(told.enumerated().filter { !$0.element.isEmpty }.map(\.offset) == [9])
  }
}
