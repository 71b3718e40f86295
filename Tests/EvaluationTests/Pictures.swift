import Compute
import Evaluation

/// Images that any language can make.
enum Pictures {
  /// (3 y^2 + 5 x y + 7 x + k (x y mod 17)) mod 251.
  static func plane(_ height: Int, _ width: Int, _ k: Int = 0) -> Matrix {
    Matrix(
      rows: height, columns: width,
      values: (0..<(height * width)).map { place in
        let (y, x) = (place / width, place % width)
        return Double((3 * y * y + 5 * x * y + 7 * x + k * (x * y % 17)) % 251)
      })
  }

  /// So many images of the congruential generator's values.
  static func images(_ count: Int, _ height: Int, _ width: Int, channels: Int, seed: UInt64) -> Images {
    Images(
      GoldenData.matrix(seed: seed, rows: count, columns: height * width * channels), height: height, width: width,
      channels: channels)
  }

  /// Images of given channels.
  static func images(of planes: [[Matrix]]) -> Images {
    let first = planes[0][0]
    let values = planes.flatMap { planes in
      first.values.indices.flatMap { place in planes.map { $0.values[place] } }
    }
    return Images(
      Matrix(rows: planes.count, columns: values.count / planes.count, values: values), height: first.rows,
      width: first.columns, channels: planes[0].count)
  }
}
