import Compute

/// The Laplacian pyramid of a plane: what each halving of its resolution loses, and the plane that is left at last (Burt and Adelson,
/// "The Laplacian Pyramid as a Compact Image Code", 1983).
///
/// With g_0 the plane and g_(l+1) = down(g_l), level l is g_l - up(g_(l+1)), the last one g_l itself. Down takes every other value
/// of each other row under the filter (1 4 6 4 1)/16 in both directions; up puts zeros between the values and filters with twice as
/// much. Beyond an edge the plane is mirrored at its last values, which are not repeated.
package enum LaplacianPyramid {
  private static let taps = [0.0625, 0.25, 0.375, 0.25, 0.0625]

  /// The sides of the levels of an image [height, width] as long as the smaller one is at least 16, each half of the one before, rounded up.
  package static func sides(height: Int, width: Int) -> [(height: Int, width: Int)] {
    var sides: [(height: Int, width: Int)] = []
    var (height, width) = (height, width)
    while min(height, width) >= 16 {
      sides.append((height, width))
      (height, width) = ((height + 1) / 2, (width + 1) / 2)
    }
    return sides
  }

  /// A level of the pyramid of so many levels.
  package static func level(_ number: Int, of levels: Int, _ plane: Matrix) -> Matrix {
    let finer = (0..<number).reduce(plane) { plane, _ in down(plane) }
    guard number < levels - 1 else { return finer }
    return finer.combined(with: up(down(finer), rows: finer.rows, columns: finer.columns), -)
  }

  /// Half the rows and columns, the greater half of odd ones.
  private static func down(_ plane: Matrix) -> Matrix {
    func halved(_ plane: Matrix) -> Matrix {
      plane.filteredDown(by: taps, rows: (plane.rows + 1) / 2) { mirrored(2 * $0 + $1 - 2, plane.rows) }
    }
    return halved(halved(plane).transposed).transposed
  }

  /// So many rows and columns, about twice as many.
  private static func up(_ plane: Matrix, rows: Int, columns: Int) -> Matrix {
    let twice = taps.map { 2 * $0 }
    func doubled(_ plane: Matrix, _ count: Int) -> Matrix {
      plane.filteredDown(by: twice, rows: count) { row, tap in
        let place = mirrored(row + tap - 2, count)
        // At odd places are the zeros.
        return place % 2 == 0 ? place / 2 : nil
      }
    }
    return doubled(doubled(plane, rows).transposed, columns).transposed
  }

  /// The place that stands for one up to `count` - 1 beyond the edges.
  private static func mirrored(_ place: Int, _ count: Int) -> Int {
    place < 0 ? -place : place < count ? place : 2 * (count - 1) - place
  }
}
