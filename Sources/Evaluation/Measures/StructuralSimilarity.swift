import Compute

/// Multi-scale structural similarity of two images, MS-SSIM, 1 of equal ones (Wang et al., "Multi-scale Structural Similarity for Image
/// Quality Assessment", 2003).
///
/// Under a Gaussian window m are means, s^2 variances and s_xy the covariance. The contrast is
/// c = (2 s_xy + C2) / (s_x^2 + s_y^2 + C2), the similarity c (2 m_x m_y + C1) / (m_x^2 + m_y^2 + C1), with C1 = (0.01 255)^2 and
/// C2 = (0.03 255)^2 for values from 0 to 255. At each of five levels they are averaged over places and channels, and cut at 0 from
/// below; the value is the product of the first four contrasts and the last similarity, each to the power of its weight, as in
/// Karras et al., "Progressive Growing of GANs for Improved Quality, Stability, and Variation", 2018.
///
/// The window has a side of 11, or the image's smaller side if that is less, and a standard deviation of 1.5/11 of it; it stays within
/// the image. From level to level four pixels become their mean; a last row or column without a partner is left out. So sides must be
/// at least 16. Images of 28 x 28 are padded to 32 x 32 by their background before, so that no level leaves pixels out.
package enum StructuralSimilarity {
  /// The means of a level.
  package struct Level: Sendable, Equatable {
    /// The mean of the similarity.
    package let similarity: Double
    /// The mean of the contrast.
    package let contrast: Double
  }

  /// The weights of the levels, the finest first.
  private static let weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
  private static let (c1, c2) = ((0.01 * 255) * (0.01 * 255), (0.03 * 255) * (0.03 * 255))

  /// The mean over pairs of an image of even number and the next: the diversity of a set, smaller of more different images; nil of
  /// fewer than two images.
  package static func mean(ofPairsIn images: Images, on pool: ThreadPool) -> Mean? {
    guard images.count > 1 else { return nil }
    return Mean(
      of: pool.map(images.count / 2) { pair in
        value(images.planes(of: 2 * pair), images.planes(of: 2 * pair + 1))
      })
  }

  /// The value of two images, given by their channels [height, width].
  package static func value(_ a: [Matrix], _ b: [Matrix]) -> Double {
    let levels = levels(a, b)
    let last = levels.count - 1
    return (0...last).reduce(1) { product, number in
      let factor = number < last ? levels[number].contrast : levels[number].similarity
      return product * CorrectlyRounded.power(max(factor, 0), weights[number])
    }
  }

  /// The five levels of two images, the finest first.
  package static func levels(_ a: [Matrix], _ b: [Matrix]) -> [Level] {
    precondition(a.count == b.count && zip(a, b).allSatisfy { $0.rows == $1.rows && $0.columns == $1.columns })
    precondition(a.allSatisfy { min($0.rows, $0.columns) >= 16 }, "sides of at least 16")
    var (a, b) = (a, b)
    return weights.indices.map { number in
      if number > 0 { (a, b) = (a.map(halved), b.map(halved)) }
      return level(a, b)
    }
  }

  private static func level(_ a: [Matrix], _ b: [Matrix]) -> Level {
    let window = windows[min(largest, a[0].rows, a[0].columns)]
    var (similarity, contrast, count) = (0.0, 0.0, 0)
    for (a, b) in zip(a, b) {
      let (means, others) = (blurred(a, window), blurred(b, window))
      let products = blurred(a.combined(with: b, *), window)
      let squares = blurred(a.combined(with: b) { $0 * $0 + $1 * $1 }, window)
      for place in products.values.indices {
        let (m, n) = (means.values[place], others.values[place])
        // Of equal images both are one number, since twice a number is exact.
        let (twice, both) = (2 * (m * n), m * m + n * n)
        let c = (2 * products.values[place] - twice + c2) / (squares.values[place] - both + c2)
        contrast += c
        similarity += c * ((twice + c1) / (both + c1))
      }
      count += products.values.count
    }
    return Level(similarity: similarity / Double(count), contrast: contrast / Double(count))
  }

  /// The most places of a window.
  private static let largest = 11
  /// The Gaussian of each number of places.
  private static let windows = (0...largest).map { window($0) }

  /// A Gaussian of so many places with the sum 1.
  private static func window(_ size: Int) -> [Double] {
    let sigma = 1.5 * Double(size) / Double(largest)
    let values = (0..<size).map { place in
      let distance = Double(place) - Double(size - 1) / 2
      return CorrectlyRounded.exponential(-distance * distance / (2 * sigma * sigma))
    }
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }

  /// The means under the window where it lies within the plane: down the columns, then across, with rows and columns exchanged.
  private static func blurred(_ plane: Matrix, _ window: [Double]) -> Matrix {
    func down(_ plane: Matrix) -> Matrix {
      plane.filteredDown(by: window, rows: plane.rows - window.count + 1) { $0 + $1 }
    }
    return down(down(plane).transposed)
  }

  /// The means of four pixels each.
  private static func halved(_ plane: Matrix) -> Matrix {
    var half = Matrix(rows: plane.rows / 2, columns: plane.columns / 2)
    for row in 0..<half.rows {
      for column in 0..<half.columns {
        let (y, x) = (2 * row, 2 * column)
        half[row, column] = (plane[y, x] + plane[y + 1, x] + plane[y, x + 1] + plane[y + 1, x + 1]) / 4
      }
    }
    return half
  }
}
