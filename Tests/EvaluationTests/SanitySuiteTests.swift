import Compute
import Evaluation
import Testing

/// The short version of `gan-exp verify metrics`.
struct SanitySuiteTests {
  @Test func `metrics have the values that other programs and formulas know`() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let rows = Conformance.rows(on: pool)
    #expect(rows.count > 60)
    #expect(rows.filter { !$0.isMet }.map { "\($0.metric), \($0.data): \($0.found), not \($0.expected)" } == [])
  }

  private static let effort = SanitySuite.Effort(repetitions: 2, positions: 3)

  private static func rows(_ names: [String], threads: Int) throws -> [SanitySuite.Row] {
    let tests = SanityTest.all.filter { names.contains($0.name) }
    try #require(tests.count == names.count)
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    return SanitySuite.rows(of: tests, effort, on: pool)
  }

  @Test func `tests with a known outcome have it, with any number of threads`() throws {
    let names = ["mean shifted", "rounded beside continuous values", "copies of training samples"]
    let rows = try SanitySuiteTests.rows(names, threads: 2)
    let other = try SanitySuiteTests.rows(names, threads: 3)
    #expect(other == rows)
    func verdict(_ test: Int, _ aspect: SanitySuite.Aspect, _ metric: String) -> SanitySuite.Verdict? {
      rows.first { $0.test == names[test] && $0.aspect == aspect }?.verdicts[metric]
    }
    for metric in SanityMetric.all { #expect(verdict(0, .shape, metric.name) == .passed, "\(metric.name)") }
    // Rounding makes another distribution, which none of them says at all scales.
    #expect(verdict(1, .shape, "precision") == .failed && verdict(1, .bounds, "density") == .failed)
    #expect(verdict(1, .shape, "nearest_neighbour_test") == .notApplicable)
    #expect(verdict(2, .bounds, "copy_test") == .passed)
    #expect(verdict(2, .bounds, "precision") == .notApplicable)
  }

  @Test func `the suite has the tests of its paper, and one of copies`() {
    #expect(SanityTest.all.count == 16)
    #expect(Set(SanityTest.all.map(\.name)).count == 16)
    #expect(Set(SanityMetric.all.map(\.name)).isSubset(of: Set(MetricCatalog.all.names)))
  }

  @Test(
    arguments: [
      (.near(1, .last), [0, 0.96], true), (.near(1, .last), [0, 0.94], false), (.near(0, .at(1)), [1, 0.05], true),
      (.bell(1), [0, 1, 0], true), (.bell(1), [0.9, 1, 0], false), (.bell(1), [0, 0.5, 0.3, 0.65, 0], false),
      (.rising, [0, 0.5, 1], true), (.rising, [0, 0.1], false), (.rising, [0.5, 0, 1], false),
      (.falling, [1, 0.5, 0], true), (.falling, [1, 1.2, 0], false),
      (.fallingBy(0.5), [1, 0.8, 0], true), (.fallingBy(0.5), [1, 0.95, 0], false),
      (.flat, [0.5, 0.54], true), (.flat, [0.5, 0.56], false),
      (.converging, [0, 0.2, 0.21, 0.22], true), (.converging, [0, 0, 0.2, 0.3], false),
      (.either(.rising, .flat), [0.5, 0.5], true), (.either(.rising, .flat), [0.9, 0.5], false),
      // The sides of a valley may reach as far apart as they like.
      (.valley(1), [1, 0, 1e6], true), (.valley(1), [1, 0.95, 1e6], true), (.valley(1), [0, 1, 2], false),
      (.growingBy(0.5), [0, 1, 10], true), (.growingBy(0.5), [0, 0.5, 10], false),
      (.steady, [36, 39], true), (.steady, [36, 41], false), (.settling, [0, 9, 36, 39], true),
      (.valley(1), [3, 0, 9, 2], true), (.valley(1), [3, 0, 9, 1], false),
      (.usual(.first), [-3, 9], true), (.missing(.last), [0, 3.1], true), (.copied(.last), [0, -2.9], false),
      (.neverCopied, [0, -3.1, 9], false), (.flat, [0.5, .nan], false),
    ] as [(SanityRule, [Double], Bool)])
  func `rules hold of values`(rule: SanityRule, values: [Double], holds: Bool) {
    #expect(rule.holds(of: values, at: values.indices.map(Double.init)) == holds)
  }
}
