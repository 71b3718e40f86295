import Compute

/// Cells of k means: each point belongs to the nearest of k centres (Lloyd, "Least squares quantization in PCM", 1982).
package struct Cells: Sendable {
  /// The centres.
  package let centres: Matrix

  /// The most passes over the points.
  private static let passes = 100

  /// Of points, with centres that are drawn as k-means++ does (Arthur and Vassilvitskii, 2007) from the stream
  /// `evaluation/cells`: uniform value 0 times the number of points gives the first, and value i the first point at which the
  /// running sum of squared distances to the centres so far exceeds that share of the whole.
  ///
  /// Then each pass moves every centre to the mean of its points, taken in order; a centre without points stays. It ends when no point
  /// changes its cell, or after 100 passes.
  package init(of points: Matrix, count: Int, seed: UInt64, on pool: ThreadPool) {
    let count = min(count, points.rows)
    let uniform = Random(seed: seed).uniform(stream: "evaluation/cells", step: 0, count: count).map(Double.init)
    var chosen = [min(Int(uniform[0] * Double(points.rows)), points.rows - 1)]
    var least = [Double](repeating: .infinity, count: points.rows)
    for number in 1..<max(count, 1) {
      let last = Nearest(of: points, among: points.taking([chosen[number - 1]]), k: 1, on: pool).squared
      least = zip(least, last).map { min($0, $1) }
      let total = least.reduce(0, +)
      let wanted = uniform[number] * total
      var (sum, place) = (0.0, 0)
      while place < points.rows - 1 {
        sum += least[place]
        if sum > wanted { break }
        place += 1
      }
      chosen.append(place)
    }
    var centres = points.taking(chosen)
    var cells: [Int] = []
    for _ in 0..<Cells.passes {
      let next = Cells.cells(of: points, centres: centres, on: pool)
      if next == cells { break }
      cells = next
      centres = Cells.means(of: points, cells: cells, centres: centres)
    }
    self.centres = centres
  }

  /// The cell of each point.
  package func cells(of points: Matrix, on pool: ThreadPool) -> [Int] {
    Cells.cells(of: points, centres: centres, on: pool)
  }

  private static func cells(of points: Matrix, centres: Matrix, on pool: ThreadPool) -> [Int] {
    Nearest(of: points, among: centres, k: 1, on: pool).numbers.map { Int($0) }
  }

  private static func means(of points: Matrix, cells: [Int], centres: Matrix) -> Matrix {
    var sums = Matrix(rows: centres.rows, columns: centres.columns)
    var counts = [Int](repeating: 0, count: centres.rows)
    for (row, cell) in cells.enumerated() {
      counts[cell] += 1
      sums.add(1, times: Array(points.row(row)), toRow: cell)
    }
    for cell in 0..<centres.rows {
      for column in 0..<centres.columns {
        sums[cell, column] = counts[cell] > 0 ? sums[cell, column] / Double(counts[cell]) : centres[cell, column]
      }
    }
    return sums
  }
}
