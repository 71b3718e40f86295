import Compute

/// A metric as the sanity suite judges it.
package struct SanityMetric: Sendable {
  /// What a metric says, on which it depends which rules hold for it.
  package enum Kind: Sendable {
    /// How good samples are, up to 1.
    case fidelity
    /// How much of the data's variety there is, up to 1.
    case diversity
    /// Both at once, up to 1.
    case both
    /// How far apart distributions are, 0 of equal ones, on a scale of its own.
    case distance
    /// Whether samples are copied, in standard errors.
    case copying
  }

  /// Its name in specs.
  package let name: String
  /// What it says.
  package let kind: Kind
  /// Its value by the places of `SanityValues`, of which a two-sample test has two.
  let value: @Sendable ([Double]) -> Double

  /// Those of the suite, with the parameters that specs have if nothing is said, but 64 directions of `mind`, one block of
  /// `kernel_distance` and one cell of `copy_test`.
  ///
  /// Of `nearest_neighbour_test` 1 - |real - 1/2| - |generated - 1/2| is judged, which is 1 of equal distributions and 0 of disjoint
  /// ones.
  package static let all: [SanityMetric] = [
    SanityMetric(name: "frechet_distance", kind: .distance) { $0[0] },
    SanityMetric(name: "kernel_distance", kind: .distance) { $0[1] },
    SanityMetric(name: "mind", kind: .distance) { $0[2] },
    SanityMetric(name: "precision", kind: .fidelity) { $0[3] },
    SanityMetric(name: "recall", kind: .diversity) { $0[4] },
    SanityMetric(name: "density", kind: .fidelity) { $0[5] },
    SanityMetric(name: "coverage", kind: .diversity) { $0[6] },
    SanityMetric(name: "clipped_density", kind: .fidelity) { $0[7] },
    SanityMetric(name: "clipped_coverage", kind: .diversity) { $0[8] },
    SanityMetric(name: "nearest_neighbour_test", kind: .both) { 1 - abs($0[9] - 0.5) - abs($0[10] - 0.5) },
    SanityMetric(name: "copy_test", kind: .copying) { $0[11] },
  ]
}

/// The values of all metrics of the suite.
enum SanityValues {
  /// Values of generated points beside real ones; C_T takes the real ones for held-out ones beside training points.
  ///
  /// Features are standardised by the mean and deviation of the real points first, as by the suite's authors.
  static func of(real: Matrix, training: Matrix, generated: Matrix, on pool: ThreadPool) -> [Double] {
    let scaling = Scaling(of: real)
    let (real, training, generated) = (scaling.scaled(real), scaling.scaled(training), scaling.scaled(generated))
    let ofReal = Nearest(of: real, among: real, k: 5, isSame: true, on: pool)
    let ofGenerated = Nearest(of: generated, among: generated, k: 5, isSame: true, on: pool)
    func balls(_ k: Int) -> Balls { Balls(real: real, ofReal, generated: generated, ofGenerated, k: k, on: pool) }
    let (three, five) = (balls(3), balls(5))
    let count = min(real.rows, generated.rows)
    let test =
      real.rows == generated.rows
      ? TwoSampleTest(real: real, ofReal, generated: generated, ofGenerated, on: pool)
      : TwoSampleTest(real: real.taking(0..<count), generated: generated.taking(0..<count), on: pool)
    let directions =
      real.columns == 1
      ? SlicedDistance.axes(1) : SlicedDistance.directions(64, dimensions: real.columns, seed: 0)
    func toTraining(_ points: Matrix) -> [Double] { Nearest(of: points, among: training, k: 1, on: pool).nearest }
    return [
      FrechetDistance.value(Moments(of: real, on: pool), Moments(of: generated, on: pool), on: pool),
      KernelDistance.value(real, generated, on: pool),
      SlicedDistance.value(real, generated, along: directions, on: pool),
      three.precision(), three.recall(), five.density, five.coverage, Calibration.clippedDensity(five),
      Calibration.clippedCoverage(raw: five.rawClippedCoverage, real: real.rows, generated: generated.rows, k: 5),
      test.real, test.generated, ConformanceTable.copyTest(toTraining(generated), toTraining(real)),
    ]
  }

  /// The mean and the standard deviation of each feature, with n.
  private struct Scaling {
    let (mean, deviation): ([Double], [Double])

    init(of points: Matrix) {
      let n = Double(points.rows)
      var (sums, squares) = (
        [Double](repeating: 0, count: points.columns), [Double](repeating: 0, count: points.columns)
      )
      for row in 0..<points.rows { for (column, value) in points.row(row).enumerated() { sums[column] += value } }
      let mean = sums.map { $0 / n }
      for row in 0..<points.rows {
        for (column, value) in points.row(row).enumerated() {
          squares[column] += (value - mean[column]) * (value - mean[column])
        }
      }
      (self.mean, deviation) = (mean, squares.map { $0 > 0 ? ($0 / n).squareRoot() : 1 })
    }

    func scaled(_ points: Matrix) -> Matrix {
      var result = points
      for row in 0..<points.rows {
        for column in 0..<points.columns {
          result[row, column] = (points[row, column] - mean[column]) / deviation[column]
        }
      }
      return result
    }
  }
}
