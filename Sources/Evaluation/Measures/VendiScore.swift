import Compute

/// The Vendi score exp(-sum l ln l), l being the eigenvalues of K / n (Friedman and Dieng, "The Vendi Score: A Diversity Evaluation
/// Metric for Machine Learning", 2023): how many different samples there effectively are, from 1 to n.
package enum VendiScore {
  /// Bytes of so many rows of unit length, turned too, and of three matrices of the products.
  static func bytes(_ counts: SampleCounts, of count: Int) -> Int {
    let side = min(count, counts.dimensions)
    return counts.points(2 * count) + Shape.count([3, side, side, MemoryLayout<Double>.stride])
  }

  /// Under the cosine kernel, from the d x d matrix X^T X / n of rows of unit length, whose other eigenvalues are those of K / n;
  /// a row of zeros stays one.
  package static func cosine(_ points: Matrix, on pool: ThreadPool) -> Double {
    var unit = points
    for row in 0..<points.rows {
      let square = points.row(row).reduce(0) { $0.addingProduct($1, $1) }
      guard square > 0 else { continue }
      let length = square.squareRoot()
      for column in 0..<points.columns { unit[row, column] /= length }
    }
    let small = points.rows < points.columns ? unit : unit.transposed
    return value(kernel: InnerProducts(small, small).matrix(on: pool), count: points.rows, on: pool)
  }

  /// From a kernel's matrix, or one with its eigenvalues that are not zero, of so many samples.
  package static func value(kernel: Matrix, count: Int, on pool: ThreadPool) -> Double {
    let entropy = kernel.symmetricEigenvalues(on: pool).reduce(0.0) { sum, eigenvalue in
      let l = eigenvalue / Double(count)
      return l > 0 ? sum - l * CorrectlyRounded.logarithm(l) : sum
    }
    return CorrectlyRounded.exponential(entropy)
  }
}
