import Compute
import Runs

/// How densely points of a plane lie, at the places of a `Backdrop`: smoothed by a normal kernel whose standard deviation is a
/// hundredth of each axis, so that densities over the same axes can be compared.
///
/// The density's integral over the plane is the share of points that lie on it.
package enum PlaneDensity {
  /// The standard deviation of the kernel, as a share of an axis.
  static let smoothing = 0.01

  /// The density of points [count, 2], sorted into the cells of the grid first.
  package static func values(of points: [Float], _ across: Scale, _ up: Scale) -> [Double] {
    let side = Backdrop.side
    var counts = [Double](repeating: 0, count: side * side)
    for start in stride(from: 0, to: points.count - 1, by: 2) {
      let (x, y) = (Double(points[start]), Double(points[start + 1]))
      guard across.contains(x), up.contains(y), let column = across.place(x), let row = up.place(y) else { continue }
      func cell(_ share: Double) -> Int { min(side - 1, Int(share * Double(side))) }
      counts[(side - 1 - cell(row)) * side + cell(column)] += 1
    }
    let cell = (across.greatest - across.least) * (up.greatest - up.least) / Double(side * side)
    let scale = 1 / (Double(max(points.count / 2, 1)) * cell)
    return transposed(smoothed(transposed(smoothed(counts)))).map { $0 * scale }
  }

  /// The density of modes of a normal distribution, equally likely and equally wide: exactly, with the kernel's variance added to
  /// the modes' own.
  package static func values(
    around centres: [SIMD2<Float>], stddev: Double, _ across: Scale, _ up: Scale
  ) -> [Double] {
    let side = Backdrop.side
    /// The density of each mode along one axis at each place.
    func profiles(_ axis: Scale, _ coordinate: Int, isReversed: Bool) -> [[Double]] {
      let width = smoothing * (axis.greatest - axis.least)
      let variance = stddev * stddev + width * width
      let height = 1 / (2 * Double.pi * variance).squareRoot()
      return centres.map { centre in
        let places = (0..<side).map { cell in
          axis.least + (Double(isReversed ? side - 1 - cell : cell) + 0.5) / Double(side) * (axis.greatest - axis.least)
        }
        return places.map { place in
          let distance = place - Double(centre[coordinate])
          return height * CorrectlyRounded.exponential(-distance * distance / (2 * variance))
        }
      }
    }
    let (columns, rows) = (profiles(across, 0, isReversed: false), profiles(up, 1, isReversed: true))
    var values = [Double](repeating: 0, count: side * side)
    for (mode, profile) in rows.enumerated() {
      for (row, height) in profile.enumerated() where height > 0 {
        for column in 0..<side {
          values[row * side + column] += height * columns[mode][column] / Double(centres.count)
        }
      }
    }
    return values
  }

  /// The kernel's weights at whole cells, up to four standard deviations away; they add up to 1.
  private static let weights: [Double] = {
    let deviation = smoothing * Double(Backdrop.side)
    let reach = Int((4 * deviation).rounded(.up))
    let bell = (-reach...reach).map { distance in
      CorrectlyRounded.exponential(-Double(distance * distance) / (2 * deviation * deviation))
    }
    let sum = bell.reduce(0, +)
    return bell.map { $0 / sum }
  }()

  /// Each row smoothed; what would lie beyond its ends is lost.
  private static func smoothed(_ values: [Double]) -> [Double] {
    let (side, reach) = (Backdrop.side, weights.count / 2)
    var result = [Double](repeating: 0, count: values.count)
    for row in 0..<side {
      for column in 0..<side where values[row * side + column] != 0 {
        for (place, weight) in weights.enumerated() {
          let target = column + place - reach
          if (0..<side).contains(target) { result[row * side + target] += weight * values[row * side + column] }
        }
      }
    }
    return result
  }

  private static func transposed(_ values: [Double]) -> [Double] {
    let side = Backdrop.side
    return (0..<side).flatMap { row in (0..<side).map { values[$0 * side + row] } }
  }
}
