import Networks
import Specs

/// The mean of -ln p of generated samples under the density of the data, which is known.
package struct NegativeLogLikelihood: Metric {
  package static let name = "negative_log_likelihood"
  package static let summary = "mean of -ln p of generated samples under the known density of the data"
  package static let alsoCalled = ["nll"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "negative_log_likelihood", "the mean of -ln p of generated samples under the density of the data",
        unit: Column.nats, direction: .lower, reduction: .last)
    ]
  }
  package var needs: Needs { .mixture }

  /// Three numbers a sample, and the exponents of some at a time.
  package func bytes(_ counts: SampleCounts) -> Int { counts.points(2 * counts.generated) }

  package func values(of subject: Subject) -> [Measured] {
    guard let mixture = subject.mixture else { preconditionFailure("a likelihood under an unknown density") }
    let logarithms = ParzenWindow(kernels: mixture.centres, sigma: mixture.deviation)
      .logarithms(at: subject.generated.points, on: subject.pool)
    let mean = Mean(of: logarithms.map(-))
    return [Measured(mean.value, standardError: mean.standardError)]
  }
}
