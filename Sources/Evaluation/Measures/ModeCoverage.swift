import Compute

/// How samples lie about the modes of a mixture of equally likely round Gaussians, which is known.
package struct ModeCoverage: Sendable {
  /// Samples of high quality, within three standard deviations of the nearest mode, by mode.
  package let histogram: Histogram
  /// All samples.
  package let count: Int

  /// How many standard deviations from its mode a sample of high quality is at most.
  static let reach = 3.0

  /// Of samples [n, d], with the middles of the modes [modes, d].
  package init(of samples: Matrix, centres: Matrix, deviation: Double, on pool: ThreadPool) {
    let nearest = Nearest(of: samples, among: centres, k: 1, on: pool)
    let limit = ModeCoverage.reach * ModeCoverage.reach * deviation * deviation
    let numbers = zip(nearest.numbers, nearest.squared).map { $1 <= limit ? Int($0) : -1 }
    histogram = Histogram(of: numbers, classes: centres.rows)
    count = samples.rows
  }

  /// Modes that at least one sample of high quality belongs to (Lin et al., "PacGAN", 2018).
  package var modes: Int { histogram.found }

  /// Modes that at least a share of all samples belongs to, with high quality.
  package func modes(withShare share: Double) -> Int {
    histogram.counts.count { Double($0) >= share * Double(count) && $0 > 0 }
  }

  /// The share of samples of high quality.
  package var highQuality: Double { Double(histogram.total) / Double(max(count, 1)) }

  /// The reverse divergence, KL of the histogram of the modes from equal shares, in nats; ln(modes) where no sample is of high
  /// quality.
  package var divergence: Double {
    guard histogram.total > 0 else { return CorrectlyRounded.logarithm(Double(histogram.counts.count)) }
    return histogram.divergence(from: uniform)
  }

  /// The total variation of that histogram from equal shares; 1 where no sample is of high quality.
  package var totalVariation: Double { histogram.total > 0 ? histogram.totalVariation(from: uniform) : 1 }

  private var uniform: Histogram {
    Histogram(of: Array(histogram.counts.indices), classes: histogram.counts.count)
  }

  /// The mean of -ln p(x) of samples under the mixture, in nats.
  package static func negativeLogLikelihood(
    of samples: Matrix, centres: Matrix, deviation: Double, on pool: ThreadPool
  ) -> Double {
    -ParzenWindow(kernels: centres, sigma: deviation).logarithms(at: samples, on: pool).reduce(0, +)
      / Double(max(samples.rows, 1))
  }
}

/// The estimate of a density by round Gaussians of one width about samples (Parzen, "On Estimation of a Probability Density
/// Function and Mode", 1962).
///
/// Goodfellow et al., "Generative Adversarial Nets", 2014, judge models with it.
package struct ParzenWindow: Sendable {
  private let kernels: Matrix
  private let sigma: Double

  /// Gaussians of standard deviation sigma at the rows of `kernels`.
  package init(kernels: Matrix, sigma: Double) { (self.kernels, self.sigma) = (kernels, sigma) }

  /// Bytes of exponents.
  static func bytes(_ counts: SampleCounts) -> Int {
    Shape.count([counts.threads * InnerProducts.height, counts.generated, MemoryLayout<Double>.stride])
  }

  /// ln p at each point: ln mean_i exp(-|x - y_i|^2 / (2 sigma^2)) - d ln(sigma sqrt(2 pi)), in nats.
  package func logarithms(at points: Matrix, on pool: ThreadPool) -> [Double] {
    let scale = -1 / (2 * sigma * sigma)
    let width = CorrectlyRounded.logarithm(sigma * (2 * Double.pi).squareRoot())
    let shift = CorrectlyRounded.logarithm(Double(kernels.rows)) + Double(points.columns) * width
    let count = kernels.rows
    return Distances(points, kernels).map(on: pool) { rows in
      Matrix(rows: rows.count, columns: count)
    } _: { exponents, block in
      for row in block.rows {
        let start = block.start(ofRow: row)
        for column in block.columns {
          exponents[row &- block.rows.lowerBound, column] =
            scale * block.values[start &+ column &- block.columns.lowerBound]
        }
      }
    } finish: { band in
      (0..<band.rows).map { Exponentials.logSum(band.row($0)) - shift }
    }.flatMap { $0 }
  }
}

/// A mean with its standard error.
package struct Mean: Sendable {
  /// The mean.
  package let value: Double
  /// The standard deviation, with n in its divisor, by the root of n.
  package let standardError: Double

  /// Of values in their order.
  package init(of values: [Double]) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    value = mean
    standardError = (squares / n).squareRoot() / n.squareRoot()
  }
}
