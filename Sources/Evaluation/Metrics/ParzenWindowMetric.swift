import Networks
import Specs

/// The log-likelihood of held-out samples under a Parzen window on generated ones (Goodfellow, Pouget-Abadie, Mirza and others,
/// "Generative Adversarial Nets", 2014).
///
/// Theis et al., "A note on the evaluation of generative models", 2016, show that it does not tell good samples from bad ones: it is
/// here to repeat published numbers.
package struct ParzenWindowMetric: Metric {
  package static let name = "parzen_window"
  package static let summary =
    "log-likelihood of held-out samples under Gaussians about generated ones, a measure of old papers"
  let sigma: Double

  package init(from fields: inout Fields) {
    sigma = fields.number("sigma", in: .openClosed(0, 1e6), default: 0.2, "the standard deviation of the Gaussians")
  }

  package var columns: [Column] {
    [
      Column(
        "parzen_log_likelihood", "the mean log-likelihood of held-out samples under Gaussians about generated ones",
        unit: Column.nats, direction: .higher, reduction: .last)
    ]
  }
  package func bytes(_ counts: SampleCounts) -> Int { ParzenWindow.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    let window = ParzenWindow(kernels: subject.generated.points, sigma: sigma)
    let mean = Mean(of: window.logarithms(at: subject.reference.points, on: subject.pool))
    return [Measured(mean.value, standardError: mean.standardError)]
  }
}
