import Networks
import Specs

/// The mean of -ln p of generated samples under the density of the data, which is known.
struct NegativeLogLikelihood: Metric {
  static let name = "negative_log_likelihood"
  static let summary = "mean of -ln p of generated samples under the known density of the data"
  static let alsoCalled = ["nll"]

  init(from fields: inout Fields) {}

  var columns: [Column] {
    [
      Column(
        "negative_log_likelihood", "the mean of -ln p of generated samples under the density of the data",
        unit: Column.nats, direction: .lower, reduction: .last)
    ]
  }
  var needs: Needs { .mixture }

  func values(of subject: Subject) -> [Measured] {
    guard let mixture = subject.mixture else { preconditionFailure("a likelihood under an unknown density") }
    let logarithms = ParzenWindow(kernels: mixture.centres, sigma: mixture.deviation)
      .logarithms(at: subject.generated.points, on: subject.pool)
    let mean = Mean(of: logarithms.map(-))
    return [Measured(mean.value, standardError: mean.standardError)]
  }
}
