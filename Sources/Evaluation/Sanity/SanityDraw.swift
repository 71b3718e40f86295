import Compute

/// Samples drawn from named streams, the same in every run and for any number of threads.
package struct SanityDraw: Sendable {
  /// What the streams' names begin with.
  let stream: String
  /// The step of the streams.
  let step: UInt32
  private static let random = Random(seed: 0)

  /// Points of N(mean, deviation^2 I).
  func normal(_ count: Int, _ dimensions: Int, mean: Double = 0, deviation: Double = 1) -> Matrix {
    let values = SanityDraw.random.normal(stream: "\(stream)/normal", step: step, count: count * dimensions)
    return Matrix(rows: count, columns: dimensions, values: values.map { mean + deviation * Double($0) })
  }

  /// Points of a cube from `start` to `start` + 1 along each axis.
  func cube(_ count: Int, _ dimensions: Int, from start: Double = 0) -> Matrix {
    Matrix(
      rows: count, columns: dimensions, values: uniform("uniform", count * dimensions).map { start + $0 })
  }

  /// Uniform values of a stream of this name.
  func uniform(_ name: String, _ count: Int) -> [Double] {
    SanityDraw.random.uniform(stream: "\(stream)/\(name)", step: step, count: count).map(Double.init)
  }

  /// Points of a mixture of round Gaussians about `centres`, the mode of each drawn with these probabilities.
  func mixture(_ count: Int, centres: [[Double]], deviation: Double, shares: [Double]) -> Matrix {
    var points = normal(count, centres[0].count, deviation: deviation)
    let total = shares.reduce(0, +)
    for (row, value) in uniform("modes", count).enumerated() {
      var (mode, sum) = (0, shares[0])
      while mode < shares.count - 1, value * total > sum {
        mode += 1
        sum += shares[mode]
      }
      for column in 0..<points.columns { points[row, column] += centres[mode][column] }
    }
    return points
  }

  /// Points on the surface of a ball about 0.
  func sphere(_ count: Int, _ dimensions: Int, radius: Double) -> Matrix {
    var points = normal(count, dimensions)
    for row in 0..<count {
      let length = points.row(row).reduce(0) { $0.addingProduct($1, $1) }.squareRoot()
      for column in 0..<dimensions { points[row, column] *= radius / length }
    }
    return points
  }

  /// Points within a ball about 0: those of its surface, times u^(1/d).
  func ball(_ count: Int, _ dimensions: Int, radius: Double) -> Matrix {
    var points = sphere(count, dimensions, radius: radius)
    for (row, value) in uniform("radius", count).enumerated() {
      let share = CorrectlyRounded.power(value, 1 / Double(dimensions))
      for column in 0..<dimensions { points[row, column] *= share }
    }
    return points
  }

  /// Points within a torus about the third axis, of radius 1 and thickness 2 r.
  func torus(_ count: Int, r: Double) -> Matrix {
    let disc = ball(count, 2, radius: r)
    let angles = SanityDraw(stream: "\(stream)/angle", step: step).sphere(count, 2, radius: 1)
    var points = Matrix(rows: count, columns: 3)
    for row in 0..<count {
      let distance = 1 + disc[row, 0]
      (points[row, 0], points[row, 1]) = (distance * angles[row, 0], distance * angles[row, 1])
      points[row, 2] = disc[row, 1]
    }
    return points
  }

  /// Values of Pareto's distribution with this shape, from 1 on: u^(-1/shape).
  func pareto(_ count: Int, shape: Double) -> [Double] {
    uniform("pareto", count).map { CorrectlyRounded.power($0, -1 / shape) }
  }
}

/// Positions along which a test changes its samples.
enum Positions {
  /// So many equal steps.
  static func linear(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    (0..<count).map { place in
      // The middle of a symmetric range is 0 exactly.
      let (low, high) = (range.lowerBound, range.upperBound)
      return (low * Double(count - 1 - place) + high * Double(place)) / Double(count - 1)
    }
  }

  /// Powers of ten.
  static func powers(_ exponents: ClosedRange<Double>, _ count: Int) -> [Double] {
    linear(exponents, count).map { CorrectlyRounded.power(10, $0) }
  }
}
