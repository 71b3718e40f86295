import Compute

/// A = L L^T of a symmetric matrix without negative eigenvalues, with as many columns in L as A has rank.
///
/// The next pivot is the largest that is left, the first of equal ones; it ends where none is above d 2^-52 times the largest
/// diagonal value (Higham, "Analysis of the Cholesky Decomposition of a Semi-definite Matrix", 1990). So it exists for every
/// covariance, also of fewer samples than dimensions.
enum PivotedCholesky {
  /// L^T, [rank, d].
  ///
  /// The columns that are left are kept side by side, so that nothing is computed of those that are done.
  static func factor(of a: Matrix) -> Matrix {
    let d = a.rows
    // The column of a in each place, and what is left of its diagonal value.
    var order = Array(0..<d)
    var diagonal = (0..<d).map { a[$0, $0] }
    let least = Double(d) * 0x1p-52 * (diagonal.max() ?? 0)
    var rows = Matrix(rows: d, columns: d)
    var rank = 0
    while rank < d {
      var pivot = rank
      for place in rank..<d {
        let isLarger = diagonal[place] > diagonal[pivot]
        if isLarger || (diagonal[place] == diagonal[pivot] && order[place] < order[pivot]) { pivot = place }
      }
      guard diagonal[pivot] > least, diagonal[pivot] > 0 else { break }
      order.swapAt(rank, pivot)
      diagonal.swapAt(rank, pivot)
      for earlier in 0..<rank {
        (rows[earlier, rank], rows[earlier, pivot]) = (rows[earlier, pivot], rows[earlier, rank])
      }
      let column = order[rank]
      var row = order.map { a[column, $0] }
      for earlier in 0..<rank { rows.add(-rows[earlier, rank], timesRow: earlier, to: &row, from: rank) }
      let root = diagonal[rank].squareRoot()
      rows[rank, rank] = root
      for place in (rank + 1)..<max(d, rank + 1) {
        let value = row[place] / root
        rows[rank, place] = value
        diagonal[place].addProduct(-value, value)
      }
      rank += 1
    }
    var factor = Matrix(rows: rank, columns: d)
    for row in 0..<rank {
      for place in row..<d { factor[row, order[place]] = rows[row, place] }
    }
    return factor
  }
}
