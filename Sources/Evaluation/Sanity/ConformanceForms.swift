import Compute

/// Values that follow from formulas, exactly or on average.
extension ConformanceTable {
  static let closedForms: [Quick] = distances + scores + images + copies

  private static func diagonal(_ values: [Double]) -> Matrix {
    var matrix = Matrix(rows: values.count, columns: values.count)
    for (place, value) in values.enumerated() { matrix[place, place] = value }
    return matrix
  }

  /// The distance of two normal distributions.
  private static func frechet(
    _ a: Matrix, _ b: Matrix, shift: Double = 0, _ pool: ThreadPool
  ) -> Double {
    FrechetDistance.value(
      Moments(count: 2, mean: [Double](repeating: 0, count: a.rows), covariance: a),
      Moments(count: 2, mean: [Double](repeating: shift, count: b.rows), covariance: b), on: pool)
  }

  /// The mean over 20 pairs of draws of so many points of N(0, I) and N(shift, deviation^2 I).
  private static func mean(
    _ count: Int, _ dimensions: Int, shift: Double = 0, deviation: Double = 1,
    _ distance: (Matrix, Matrix) -> Double
  ) -> Double {
    let values = (0..<20).map { step in
      func draw(_ name: String) -> SanityDraw { SanityDraw(stream: "sanity/conformance/\(name)", step: UInt32(step)) }
      return distance(
        draw("real").normal(count, dimensions),
        draw("generated").normal(count, dimensions, mean: shift, deviation: deviation))
    }
    return values.reduce(0, +) / Double(values.count)
  }

  private static let distances: [Quick] = [
    Quick("frechet_distance", "S1 [2 1; 1 2], S2 diag(1, 3)", "0.5166852265", .formula) {
      frechet(Matrix(rows: 2, columns: 2, values: [2, 1, 1, 2]), diagonal([1, 3]), $0)
    },
    Quick("frechet_distance", "S1 diag(1, 4, 9), S2 diag(4, 4, 1)", "5", .formula) {
      frechet(diagonal([1, 4, 9]), diagonal([4, 4, 1]), $0)
    },
    Quick("frechet_distance", "N(0, I) v N(1, I), d 64", "64", .formula) {
      let one = diagonal([Double](repeating: 1, count: 64))
      return frechet(one, one, shift: 1, $0)
    },
    Quick("frechet_distance", "N(0, I) v N(0, 4 I), d 64", "64", .formula) {
      frechet(diagonal([Double](repeating: 1, count: 64)), diagonal([Double](repeating: 4, count: 64)), $0)
    },
    Quick("frechet_distance", "ones and twos v nines and twos", "89.0909", .gan) { pool in
      func points(_ value: Double, twos: Range<Int>) -> Matrix {
        var points = Matrix(rows: 100, columns: 2, values: [Double](repeating: value, count: 200))
        for row in twos { points[row, 0] = 2 }
        return points
      }
      return FrechetDistance.value(
        Moments(of: points(1, twos: 0..<50), on: pool), Moments(of: points(9, twos: 50..<100), on: pool), on: pool)
    },
    Quick("frechet_distance", "its floor, d 64, 10 000 each", "0.2208", .formula) {
      let one = Moments(
        count: 2, mean: [Double](repeating: 0, count: 64), covariance: diagonal([Double](repeating: 1, count: 64)))
      return FrechetDistance.floor(of: one, counts: (10_000, 10_000), on: $0)
    },
    Quick("frechet_distance", "draws of N(0, I), d 8, 1000 each", "0.0520", within: 0.004, .formula) { pool in
      mean(1000, 8) { FrechetDistance.value(Moments(of: $0, on: pool), Moments(of: $1, on: pool), on: pool) }
    },
    Quick("frechet_distance", "draws of N(0, I) v N(1/2, I), d 8", "2.052", within: 0.1, .formula) { pool in
      mean(1000, 8, shift: 0.5) {
        FrechetDistance.value(Moments(of: $0, on: pool), Moments(of: $1, on: pool), on: pool)
      }
    },
    Quick("frechet_distance", "draws of N(0, I) v N(0, 4 I), d 8", "8", within: 0.3, .formula) { pool in
      mean(1000, 8, deviation: 2) {
        FrechetDistance.value(Moments(of: $0, on: pool), Moments(of: $1, on: pool), on: pool)
      }
    },
    Quick("kernel_distance", "draws of N(0, I), d 64, 500 each", "0", within: 0.02, .formula) { pool in
      mean(500, 64) { KernelDistance.value($0, $1, on: pool) }
    },
    Quick("kernel_distance", "draws of N(0, I) v N(1, I), d 64", "7.14208984", within: 0.2, .formula) { pool in
      mean(500, 64, shift: 1) { KernelDistance.value($0, $1, on: pool) }
    },
    Quick("mind", "R v R", "0", .formula) {
      SlicedDistance.value(GoldenData.real, GoldenData.real, along: SlicedDistance.axes(8), on: $0)
    },
    Quick("mind", "draws of N(0, I) v N(1, I), d 8", "24", within: 2.4, .formula) { pool in
      let along = SlicedDistance.directions(64, dimensions: 8, seed: 0)
      return mean(500, 8, shift: 1) { SlicedDistance.value($0, $1, along: along, on: pool) }
    },
    Quick("mind", "draws of N(0, I) v N(0, 4 I), d 8", "24", within: 2.4, .formula) { pool in
      let along = SlicedDistance.directions(64, dimensions: 8, seed: 0)
      return mean(500, 8, deviation: 2) { SlicedDistance.value($0, $1, along: along, on: pool) }
    },
  ]

  private static let scores: [Quick] = [
    Quick("coverage", "expected, 10 000 each, k 5", "0.968773", .formula) { _ in
      Calibration.coverage(real: 10_000, generated: 10_000, k: 5)
    },
    Quick("coverage", "expected, 10 000 each, k 3", "0.875038", .formula) { _ in
      Calibration.coverage(real: 10_000, generated: 10_000, k: 3)
    },
    Quick("coverage", "expected, 200 and 150, k 5", "0.941028", .formula) { _ in
      Calibration.coverage(real: 200, generated: 150, k: 5)
    },
    // The source leaves out what follows four digits of 2.99999.
    Quick("vendi_score", "0 0 10 10 20 20, exp(-|a - b|)", "2.9999", within: 0.0001, .vendi) {
      let points: [Double] = [0, 0, 10, 10, 20, 20]
      let kernel = points.flatMap { a in points.map { CorrectlyRounded.exponential(-abs(a - $0)) } }
      return VendiScore.value(kernel: Matrix(rows: 6, columns: 6, values: kernel), count: 6, on: $0)
    },
    Quick("vendi_score", "K [1 .9 0; .9 1 0; 0 0 1]", "2.1573", .vendi) {
      let kernel = Matrix(rows: 3, columns: 3, values: [1, 0.9, 0, 0.9, 1, 0, 0, 0, 1])
      return VendiScore.value(kernel: kernel, count: 3, on: $0)
    },
    Quick("vendi_score", "50 equal samples", "1", .formula) {
      VendiScore.cosine(GoldenData.real.taking([Int](repeating: 0, count: 50)), on: $0)
    },
    Quick("vendi_score", "8 orthogonal samples", "8", .formula) { VendiScore.cosine(SlicedDistance.axes(8), on: $0) },
  ]

  /// A picture of 32 x 32 pixels.
  private static func picture(_ value: (Int, Int) -> Int) -> Matrix {
    Matrix(rows: 32, columns: 32, values: (0..<1024).map { Double(value($0 / 32, $0 % 32) % 256) })
  }
  private static let a = picture { 7 * $0 + 13 * $1 }
  private static let b = picture { 7 * $0 + 13 * $1 + ($0 * $1) % 17 }

  private static let images: [Quick] = [
    Quick("ms_ssim", "A v A", "1", .formula) { _ in StructuralSimilarity.value([a], [a]) },
    Quick("ms_ssim", "A v B", "0.9659931355", .own) { _ in StructuralSimilarity.value([a], [b]) },
    Quick("ms_ssim", "A v B, finest similarity", "0.8374473790", .own) { _ in
      StructuralSimilarity.levels([a], [b])[0].similarity
    },
    Quick("ms_ssim", "A v B, finest contrast", "0.8407104019", .own) { _ in
      StructuralSimilarity.levels([a], [b])[0].contrast
    },
    Quick("ms_ssim", "pictures of 1, 0.7 and 0", "0.98998868", .gan) { _ in
      let pictures = [1, 0.7, 0].map {
        Matrix(rows: 64, columns: 64, values: [Double](repeating: $0, count: 64 * 64))
      }
      let pairs = [(0, 1), (0, 2), (1, 2)]
      return pairs.reduce(0) { $0 + StructuralSimilarity.value([pictures[$1.0]], [pictures[$1.1]]) } / 3
    },
  ]

  private static let copies: [Quick] = [
    Quick("copy_test", "copies of training points, 1000 each", "-38.72", .formula) { pool in
      let training = GoldenData.matrix(seed: 4, rows: 1000, columns: 8)
      let heldOut = GoldenData.matrix(seed: 5, rows: 1000, columns: 8)
      func distances(_ points: Matrix) -> [Double] { Nearest(of: points, among: training, k: 1, on: pool).nearest }
      return copyTest(distances(training), distances(heldOut))
    },
    Quick("copy_test", "another 1000 of the same", "0", within: 3, .formula) { pool in
      let training = GoldenData.matrix(seed: 4, rows: 1000, columns: 8)
      func distances(_ seed: UInt64) -> [Double] {
        Nearest(of: GoldenData.matrix(seed: seed, rows: 1000, columns: 8), among: training, k: 1, on: pool).nearest
      }
      return copyTest(distances(6), distances(5))
    },
  ]
}
