import Compute

/// The sanity suite of metrics of generated samples: samples of which it is known how good they are, and what a metric must say
/// (Räisä et al., "Position: All Current Generative Fidelity and Diversity Metrics are Flawed", ICML 2025).
package enum SanitySuite {
  /// How much is computed.
  package struct Effort: Sendable {
    /// Draws of each position, whose mean is judged.
    package let repetitions: Int
    /// The most positions of a test; nil for all.
    package let positions: Int?
    /// The most samples of a kind where their number is changed.
    let mostSamples: Int

    /// As the authors do: all positions, ten draws.
    package static let thorough = Effort(repetitions: 10, positions: nil, mostSamples: 10_000)
    /// Eleven positions of a test at most, 3000 samples, two draws.
    package static let quick = Effort(repetitions: 2, positions: 11, mostSamples: 3000)

    package init(repetitions: Int, positions: Int?, mostSamples: Int = 3000) {
      (self.repetitions, self.positions, self.mostSamples) = (repetitions, positions, mostSamples)
    }
  }

  /// What is judged of a test.
  package enum Aspect: String, Sendable, Encodable, CaseIterable {
    /// How values change along the positions.
    case shape
    /// Which values are met at some of them.
    case bounds
  }

  /// Whether a metric behaves.
  package enum Verdict: String, Sendable, Encodable {
    case passed, failed
    case notApplicable = "not applicable"
  }

  /// What a test says of the metrics.
  package struct Row: Sendable, Encodable, Equatable {
    /// The test.
    package let test: String
    /// What of it.
    package let aspect: Aspect
    /// The verdicts by the names of metrics.
    package let verdicts: [String: Verdict]
    /// Of metrics that fail, the variants in which they do: the dimension, or which samples are changed.
    package let failing: [String: [String]]
  }

  /// The values of a variant: a metric's by its name, at positions.
  private struct Curve {
    let positions: [Double]
    let values: [String: [Double]]
  }

  /// The verdicts on all metrics of some tests.
  package static func rows(of tests: [SanityTest] = SanityTest.all, _ effort: Effort, on pool: ThreadPool) -> [Row] {
    let curves = curves(of: tests, effort, on: pool)
    return tests.indices.flatMap { test in
      Aspect.allCases.compactMap { row(tests[test], $0, curves[test]) }
    }
  }

  private static func row(_ test: SanityTest, _ aspect: Aspect, _ curves: [Curve]) -> Row? {
    var (verdicts, failing): ([String: Verdict], [String: [String]]) = ([:], [:])
    for metric in SanityMetric.all {
      var isAsked = false
      for (variant, curve) in zip(test.variants, curves) {
        let rules = aspect == .shape ? variant.shape[metric.kind].map { [$0] } : variant.bounds[metric.kind]
        guard let rules, !rules.isEmpty, let values = curve.values[metric.name] else { continue }
        isAsked = true
        if !rules.allSatisfy({ $0.holds(of: values, at: curve.positions) }) {
          failing[metric.name, default: []].append(variant.label)
        }
      }
      verdicts[metric.name] = !isAsked ? .notApplicable : failing[metric.name] == nil ? .passed : .failed
    }
    guard verdicts.values.contains(where: { $0 != .notApplicable }) else { return nil }
    return Row(test: test.name, aspect: aspect, verdicts: verdicts, failing: failing)
  }

  /// What one thread computes at a time.
  private struct Job: Sendable {
    let test: String
    let variant: SanityTest.Variant
    let (place, number): ((Int, Int), Int)
    let position: Double
    let repetition: Int
  }

  private static func curves(of tests: [SanityTest], _ effort: Effort, on pool: ThreadPool) -> [[Curve]] {
    var jobs: [Job] = []
    for (test, one) in tests.enumerated() {
      for (variant, other) in one.variants.enumerated() {
        for (number, position) in other.positions(effort).enumerated() {
          for repetition in 0..<effort.repetitions {
            jobs.append(
              Job(
                test: one.name, variant: other, place: (test, variant), number: number, position: position,
                repetition: repetition))
          }
        }
      }
    }
    // Positions that are numbers of samples, or of dimensions, take longest: no thread is to begin with them last.
    let order = jobs.indices.sorted { (jobs[$0].position, $1) > (jobs[$1].position, $0) }
    let sorted = order.map { jobs[$0] }
    let found = pool.map(sorted.count) { number -> [Double] in
      let alone = ThreadPool(threads: 1)
      defer { alone.close() }
      let job = sorted[number]
      return job.variant.values(
        stream: job.test, position: job.position, number: job.number, repetition: job.repetition, on: alone)
    }
    var values = [[Double]](repeating: [], count: jobs.count)
    for (place, job) in order.enumerated() { values[job] = found[place] }
    var next = 0
    return tests.map { test in
      test.variants.map { variant in
        let positions = variant.positions(effort)
        var curve: [String: [Double]] = [:]
        for _ in positions {
          let draws = values[next..<(next + effort.repetitions)]
          next += effort.repetitions
          let means = draws.reduce([Double](repeating: 0, count: draws.first?.count ?? 0)) { zip($0, $1).map(+) }
            .map { $0 / Double(effort.repetitions) }
          for metric in SanityMetric.all { curve[metric.name, default: []].append(metric.value(means)) }
        }
        return Curve(positions: positions, values: curve)
      }
    }
  }
}
