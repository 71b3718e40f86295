import Compute

/// A = L L^T of a symmetric matrix without negative eigenvalues, with as many columns in L as A has rank.
///
/// The next pivot is the largest that is left, the first of equal ones; it ends where none is above d 2^-52 times the largest
/// diagonal value (Higham, "Analysis of the Cholesky Decomposition of a Semi-definite Matrix", 1990). So it exists for every
/// covariance, also of fewer samples than dimensions.
enum PivotedCholesky {
  /// L^T, [rank, d].
  static func factor(of a: Matrix) -> Matrix {
    let d = a.rows
    var diagonal = (0..<d).map { a[$0, $0] }
    let least = Double(d) * 0x1p-52 * (diagonal.max() ?? 0)
    var rows = Matrix(rows: d, columns: d)
    var rank = 0
    while rank < d {
      var pivot = 0
      for place in 1..<max(d, 1) where diagonal[place] > diagonal[pivot] { pivot = place }
      guard diagonal[pivot] > least, diagonal[pivot] > 0 else { break }
      var row = Array(a.row(pivot))
      for earlier in 0..<rank { rows.add(-rows[earlier, pivot], timesRow: earlier, to: &row) }
      let root = diagonal[pivot].squareRoot()
      for place in 0..<d {
        let value = diagonal[place] == -.infinity ? 0 : place == pivot ? root : row[place] / root
        rows[rank, place] = value
        if diagonal[place] != -.infinity { diagonal[place] = (diagonal[place]).addingProduct(-value, value) }
      }
      // It is done.
      diagonal[pivot] = -.infinity
      rank += 1
    }
    return Matrix(rows: rank, columns: d, values: Array(rows.values.prefix(rank * d)))
  }
}
