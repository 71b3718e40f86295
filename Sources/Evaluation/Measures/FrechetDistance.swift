import Compute

/// The distance of Fréchet between the normal distributions with the moments of two sets:
/// |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2) (Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a
/// Local Nash Equilibrium", 2017).
///
/// With S1 = L1 L1^T and S2 = L2 L2^T the last trace is the sum of the singular values of L1^T L2: no root of a matrix is taken,
/// so that nothing can fail or become complex, and no eigenvalue is squared, so that zeros stay exact.
package enum FrechetDistance {
  /// The distance, in squared units of the features.
  package static func value(_ a: Moments, _ b: Moments, on pool: ThreadPool) -> Double {
    value(a, factor: PivotedCholesky.factor(of: a.covariance), b, on: pool)
  }

  /// The same where L1^T is known.
  static func value(_ a: Moments, factor left: Matrix, _ b: Moments, on pool: ThreadPool) -> Double {
    var shift = 0.0
    for (one, other) in zip(a.mean, b.mean) {
      let difference = one - other
      shift.addProduct(difference, difference)
    }
    let right = PivotedCholesky.factor(of: b.covariance)
    let overlap = InnerProducts(left, right).matrix(on: pool).singularValues(on: pool).reduce(0, +)
    let value = shift + (a.trace + b.trace - 2 * overlap)
    // What is not a number stays so.
    return value < 0 ? 0 : value
  }

  /// What two sets of so many samples of one normal distribution are apart on average:
  /// (1/n + 1/m) (sum_i l_i + 1/2 sum_ij (l_i l_j + [i = j] l_i^2) / (l_i + l_j)), l being the eigenvalues of its covariance.
  package static func floor(of moments: Moments, counts: (Int, Int), on pool: ThreadPool) -> Double {
    let eigenvalues = moments.covariance.symmetricEigenvalues(on: pool).map { max($0, 0) }
    var pairs = 0.0
    for (i, one) in eigenvalues.enumerated() {
      for (j, other) in eigenvalues.enumerated() where one + other > 0 {
        pairs += (one * other + (i == j ? one * one : 0)) / (one + other)
      }
    }
    let sum = eigenvalues.reduce(0, +)
    return (1 / Double(counts.0) + 1 / Double(counts.1)) * (sum + pairs / 2)
  }

  /// The distance at infinitely many generated samples: the line through the distances of growing prefixes over 1/size, at 0
  /// (Chong and Forsyth, "Effectively Unbiased FID and Inception Score and where to find them", 2020).
  ///
  /// The 15 sizes lie at equal steps from a half of the samples to all of them.
  package static func extrapolation(_ real: Moments, _ generated: Matrix, on pool: ThreadPool) -> Line {
    extrapolation(real, factor: PivotedCholesky.factor(of: real.covariance), generated, on: pool)
  }

  /// The same where the factor L^T of the real covariance is known.
  static func extrapolation(_ real: Moments, factor: Matrix, _ generated: Matrix, on pool: ThreadPool) -> Line {
    let least = max(2, generated.rows / 2)
    let sizes = (0..<15).map { least + (generated.rows - least) * $0 / 14 }
    let distances = sizes.map { size in
      let part = Matrix(
        rows: size, columns: generated.columns, values: Array(generated.values.prefix(size * generated.columns)))
      return value(real, factor: factor, Moments(of: part, on: pool), on: pool)
    }
    return Line(x: sizes.map { 1 / Double($0) }, y: distances)
  }
}

/// The straight line nearest to points, by ordinary least squares.
package struct Line: Sendable {
  /// Its value at 0.
  package let intercept: Double
  /// Its slope.
  package let slope: Double
  /// The standard error of the intercept; 0 of fewer than three points.
  package let standardError: Double

  init(x: [Double], y: [Double]) {
    let n = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    let squares = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let slope = squares > 0 ? products / squares : 0
    let intercept = meanY - slope * meanX
    let rest = zip(x, y).reduce(0) { sum, point in
      let error = point.1 - intercept - slope * point.0
      return sum + error * error
    }
    (self.slope, self.intercept) = (slope, intercept)
    standardError =
      x.count > 2 && squares > 0 ? (rest / (n - 2) * (1 / n + meanX * meanX / squares)).squareRoot() : 0
  }
}
