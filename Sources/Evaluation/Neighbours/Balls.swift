import Compute

/// How generated points lie in the balls of real ones, and real points in the balls of generated ones: all that precision,
/// recall, density and coverage count, from one pass over the distances.
///
/// The ball of a point reaches to its k-th nearest neighbour among its own kind.
package struct Balls: Sendable {
  /// The neighbours counted.
  package let k: Int
  /// For each generated point: how many balls of real points it is in, border excluded.
  package let realBallsOpen: [Int]
  /// For each generated point: how many balls of real points it is in, border included.
  package let realBallsClosed: [Int]
  /// For each generated point: how many balls of real points it is in whose radius is cut to the median, border included.
  package let clippedBalls: [Int]
  /// For each real point: how many generated points are in its ball, border excluded.
  package let pointsInside: [Int]
  /// For each real point: whether it is in a ball of a generated point, border excluded.
  package let isInGeneratedOpen: [Bool]
  /// For each real point: whether it is in a ball of a generated point, border included.
  package let isInGeneratedClosed: [Bool]
  /// For each real point: how many clipped balls of other real points it is in, border included, as one of the k nearest
  /// neighbours of their middles.
  package let ownClippedBalls: [Int]

  /// Of real and generated points, more than k of each.
  package init(real: Matrix, generated: Matrix, k: Int, on pool: ThreadPool) {
    self.init(
      real: real, Nearest(of: real, among: real, k: k, isSame: true, on: pool), generated: generated,
      Nearest(of: generated, among: generated, k: k, isSame: true, on: pool), k: k, on: pool)
  }

  /// Of real and generated points with their nearest neighbours among their own kind, at least k of them.
  init(real: Matrix, _ ofReal: Nearest, generated: Matrix, _ ofGenerated: Nearest, k: Int, on pool: ThreadPool) {
    self.k = k
    let (radii, own) = (ofReal.radii(k), ofGenerated.radii(k))
    let clipped = Balls.clipped(radii)
    ownClippedBalls = Balls.counts(of: ofReal, k, within: clipped)
    let bands = Distances(generated, real).map(on: pool) { rows in
      Counts(points: rows.count, balls: real.rows)
    } _: { counts, block in
      for row in block.rows {
        let (start, place, radius) = (block.start(ofRow: row), row &- block.rows.lowerBound, own[row])
        var (within, closed, inner) = (0, 0, 0)
        for column in block.columns {
          let squared = block.values[start &+ column &- block.columns.lowerBound]
          if squared < radii[column] {
            within &+= 1
            counts.inside[column] &+= 1
          }
          if squared <= radii[column] { closed &+= 1 }
          if squared <= clipped[column] { inner &+= 1 }
          if squared < radius { counts.isInOpen[column] = true }
          if squared <= radius { counts.isInClosed[column] = true }
        }
        counts.inner[place] &+= within
        counts.closed[place] &+= closed
        counts.clipped[place] &+= inner
      }
    }
    realBallsOpen = bands.flatMap(\.inner)
    realBallsClosed = bands.flatMap(\.closed)
    clippedBalls = bands.flatMap(\.clipped)
    pointsInside = (0..<real.rows).map { place in bands.reduce(0) { $0 + Int($1.inside[place]) } }
    isInGeneratedOpen = (0..<real.rows).map { place in bands.contains { $0.isInOpen[place] } }
    isInGeneratedClosed = (0..<real.rows).map { place in bands.contains { $0.isInClosed[place] } }
  }

  /// Radii of which none is above their median, the mean of the middle two of an even number.
  static func clipped(_ squared: [Double]) -> [Double] {
    let sorted = squared.sorted()
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    guard low != high else { return squared.map { min($0, low) } }
    let median = (low.squareRoot() + high.squareRoot()) / 2
    // Between the two, so it does not matter how its square is rounded.
    return squared.map { $0 <= low ? $0 : median * median }
  }

  /// For each point: how many others have it among their k nearest and within their radius, border included.
  private static func counts(of neighbours: Nearest, _ k: Int, within radii: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: radii.count)
    for (place, number) in neighbours.numbers.enumerated()
    where number >= 0 && place % neighbours.k < k && neighbours.squared[place] <= radii[place / neighbours.k] {
      counts[Int(number)] += 1
    }
    return counts
  }

  /// Bytes that it takes to count, beside the points.
  static func bytes(_ counts: SampleCounts) -> Int {
    let bands = counts.generated / InnerProducts.height + 1
    return Shape.count([bands, counts.reference, MemoryLayout<Int32>.stride + 2 * MemoryLayout<Bool>.stride])
  }

  private struct Counts: Sendable {
    var inner: [Int]
    var closed: [Int]
    var clipped: [Int]
    var inside: [Int32]
    var isInOpen: [Bool]
    var isInClosed: [Bool]

    init(points: Int, balls: Int) {
      inner = [Int](repeating: 0, count: points)
      (closed, clipped) = (inner, inner)
      inside = [Int32](repeating: 0, count: balls)
      isInOpen = [Bool](repeating: false, count: balls)
      isInClosed = isInOpen
    }
  }
}

extension Balls {
  /// The share of generated points in a ball of a real one (Kynkäänniemi et al., "Improved Precision and Recall Metric for
  /// Assessing Generative Models", 2019).
  package func precision(includingBorder: Bool = true) -> Double {
    share(of: includingBorder ? realBallsClosed : realBallsOpen) { $0 > 0 }
  }

  /// The share of real points in a ball of a generated one (Kynkäänniemi et al., 2019).
  package func recall(includingBorder: Bool = true) -> Double {
    share(of: includingBorder ? isInGeneratedClosed : isInGeneratedOpen) { $0 }
  }

  /// The mean number of balls that a generated point is in, divided by k (Naeem et al., "Reliable Fidelity and Diversity Metrics
  /// for Generative Models", 2020).
  package var density: Double {
    Double(realBallsOpen.reduce(0, +)) / Double(k * realBallsOpen.count)
  }

  /// The share of real points with a generated one in their balls (Naeem et al., 2020).
  package var coverage: Double { share(of: pointsInside) { $0 > 0 } }

  /// The mean over generated points of min(1, clipped balls / k), before it is calibrated.
  package var rawClippedDensity: Double { clippedDensity(clippedBalls) }

  /// The same of the real points among themselves, which calibrates it.
  package var ownClippedDensity: Double { clippedDensity(ownClippedBalls) }

  private func clippedDensity(_ balls: [Int]) -> Double {
    Double(balls.reduce(0) { $0 + min($1, k) }) / Double(k * balls.count)
  }

  /// The mean over real points of min(k, generated points inside) / k, before it is calibrated.
  package var rawClippedCoverage: Double {
    Double(pointsInside.reduce(0) { $0 + min($1, k) }) / Double(k * pointsInside.count)
  }

  private func share<Value>(of values: [Value], _ isCounted: (Value) -> Bool) -> Double {
    Double(values.count(where: isCounted)) / Double(values.count)
  }
}
