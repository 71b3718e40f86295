import Statistics
import Sweeps
import Testing

/// The normal distribution within the ends of a line.
@Suite struct TruncatedNormalTests {
  /// `_truncnorm.ppf(q, a, b)` of Optuna 5.0.
  @Test(
    arguments: [
      (0.5, -1, 2, 0.17116391801782488), (0.1, -3, -1, -2.118167704585518), (0.9, 2, 5, 2.8372397787477768),
      (0.999, -0.5, 0.5, 0.498912642386956), (1e-09, -6, 1, -5.899056303768968), (0.3, 0, 4, 0.38529481481163436),
    ] as [(Double, Double, Double, Double)])
  func `quantiles of truncated distributions agree with another program`(
    _ u: Double, _ a: Double, _ b: Double, _ exact: Double
  ) {
    #expect(abs(Kernels.quantile(u, from: a, to: b, logMass: NormalDistribution.logMass(a, b)) / exact - 1) < 1e-9)
  }
}
