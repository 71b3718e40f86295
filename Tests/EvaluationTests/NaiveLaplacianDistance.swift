import Compute
import Evaluation

/// The distance of Laplacian pyramids written out by its rules: 25 products a value, all zeros kept.
enum NaiveLaplacianDistance {
  /// All levels of a plane.
  static func pyramid(_ plane: Matrix) -> [Matrix] {
    var levels = [plane]
    while true {
      let finer = levels[levels.count - 1]
      let coarser = down(finer)
      guard min(coarser.rows, coarser.columns) >= 16 else { return levels }
      let predicted = up(coarser, finer.rows, finer.columns)
      levels[levels.count - 1] = Matrix(
        rows: finer.rows, columns: finer.columns, values: zip(finer.values, predicted.values).map { $0 - $1 })
      levels.append(coarser)
    }
  }

  /// The distances of the levels.
  static func values(_ x: [[Matrix]], _ y: [[Matrix]], patches: Int, directions: Matrix, seed: UInt64) -> [Double] {
    let (pyramidsOfX, pyramidsOfY) = (x.map { $0.map(pyramid) }, y.map { $0.map(pyramid) })
    return pyramidsOfX[0][0].indices.map { level in
      let left = descriptors(pyramidsOfX.map { $0.map { $0[level] } }, level, patches, seed)
      let right = descriptors(pyramidsOfY.map { $0.map { $0[level] } }, level, patches, seed)
      var sum = 0.0
      for number in 0..<directions.rows {
        func projected(_ points: [[Double]]) -> [Double] {
          points.map { point in zip(point, directions.row(number)).reduce(0) { $0 + $1.0 * $1.1 } }.sorted()
        }
        sum += zip(projected(left), projected(right)).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(left.count)
      }
      return 1000 * sum / Double(directions.rows)
    }
  }

  private static func descriptors(_ images: [[Matrix]], _ level: Int, _ patches: Int, _ seed: UInt64) -> [[Double]] {
    let words = Random(seed: seed).bits(
      stream: "evaluation/patches", step: UInt32(level), count: 2 * patches * images.count)
    // By channel, then by patch.
    let channels = images[0].indices.map { channel in
      (0..<(patches * images.count)).map { number in
        let plane = images[number / patches][channel]
        let top = Int((UInt64(words[2 * number]) * UInt64(plane.rows - 6)) >> 32)
        let left = Int((UInt64(words[2 * number + 1]) * UInt64(plane.columns - 6)) >> 32)
        return (0..<49).map { plane[top + $0 / 7, left + $0 % 7] }
      }
    }
    let normalised = channels.map { patches in
      let all = patches.flatMap { $0 }
      let mean = all.reduce(0, +) / Double(all.count)
      let deviation = (all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)).squareRoot()
      return patches.map { $0.map { ($0 - mean) / deviation } }
    }
    return normalised[0].indices.map { patch in normalised.flatMap { $0[patch] } }
  }

  private static func down(_ plane: Matrix) -> Matrix {
    let filtered = filtered(plane, by: 1)
    var half = Matrix(rows: (plane.rows + 1) / 2, columns: (plane.columns + 1) / 2)
    for row in 0..<half.rows {
      for column in 0..<half.columns { half[row, column] = filtered[2 * row, 2 * column] }
    }
    return half
  }

  private static func up(_ plane: Matrix, _ rows: Int, _ columns: Int) -> Matrix {
    var apart = Matrix(rows: rows, columns: columns)
    for row in 0..<plane.rows {
      for column in 0..<plane.columns { apart[2 * row, 2 * column] = plane[row, column] }
    }
    return filtered(apart, by: 4)
  }

  private static func filtered(_ plane: Matrix, by factor: Double) -> Matrix {
    let taps = [1.0, 4, 6, 4, 1]
    func mirrored(_ place: Int, _ count: Int) -> Int { min(abs(place), 2 * count - 2 - abs(place)) }
    var result = plane
    for row in 0..<plane.rows {
      for column in 0..<plane.columns {
        var sum = 0.0
        for y in 0..<5 {
          for x in 0..<5 {
            sum +=
              taps[y] * taps[x] / 256 * factor
              * plane[mirrored(row + y - 2, plane.rows), mirrored(column + x - 2, plane.columns)]
          }
        }
        result[row, column] = sum
      }
    }
    return result
  }
}
