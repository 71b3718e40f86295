import Compute

/// Every value that metrics must have, with where it comes from.
///
/// R, F, T are the golden data, F2 = 1.8 F + 1. Where prdc's ball has no border ours has none either, in its cases alone.
enum ConformanceTable {
  typealias Quick = ConformanceCase<ThreadPool>

  private static func frechet(_ other: Matrix, _ pool: ThreadPool) -> Double {
    FrechetDistance.value(Moments(of: GoldenData.real, on: pool), Moments(of: other, on: pool), on: pool)
  }
  private static func balls(_ other: Matrix, _ k: Int, _ pool: ThreadPool) -> Balls {
    Balls(real: GoldenData.real, generated: other, k: k, on: pool)
  }
  private static func coverage(_ other: Matrix, _ pool: ThreadPool) -> Double {
    Calibration.clippedCoverage(raw: balls(other, 5, pool).rawClippedCoverage, real: 200, generated: 150, k: 5)
  }
  private static func nearest(_ points: Matrix, _ pool: ThreadPool) -> Nearest {
    Nearest(of: points, among: GoldenData.real, k: 2, on: pool)
  }
  private static func memory(_ points: Matrix, _ pool: ThreadPool) -> Memorisation {
    let nearest = nearest(points, pool)
    return Memorisation(
      nearest, isAuthentic: nearest.isAuthentic(among: GoldenData.real, on: pool), threshold: 0)
  }
  private static func twoSample(_ pool: ThreadPool) -> TwoSampleTest {
    TwoSampleTest(real: GoldenData.equallyMany, generated: GoldenData.generated, on: pool)
  }
  private static func parzen(_ pool: ThreadPool) -> Mean {
    Mean(of: ParzenWindow(kernels: GoldenData.generated, sigma: 0.7).logarithms(at: GoldenData.test, on: pool))
  }

  /// Values of other programs on the golden data.
  static let golden: [Quick] = {
    let (r, f, t, far) = (GoldenData.real, GoldenData.generated, GoldenData.test, GoldenData.far)
    return [
      Quick("frechet_distance", "R v F", "0.8709682292015", .scipy) { frechet(f, $0) },
      // SciPy finds 6.467842174761: rounding leaves 1e-16 of eigenvalues that are 0, whose roots are 1e-8.
      Quick("frechet_distance", "R v F[:5], n < d", "6.467842210837", .scipy) { frechet(f.taking(0..<5), $0) },
      Quick("frechet_distance", "R v F2", "22.73511718703", .scipy) { frechet(far, $0) },
      Quick("frechet_distance", "R v F[0], 150 times", "22.61910649687", .scipy) {
        frechet(f.taking([Int](repeating: 0, count: 150)), $0)
      },
      Quick("kernel_distance", "R v F", "0.2711925950078", .fidelity) { KernelDistance.value(r, f, on: $0) },
      Quick("kernel_distance", "R v F2", "59.86476896919", .fidelity) { KernelDistance.value(r, far, on: $0) },
      Quick("kernel_distance", "R v F, 4 blocks", "0.2792794829702", .fidelity) {
        KernelDistance.blocks(r, f, most: 64, on: $0).mean
      },
      Quick("kernel_distance", "its standard error", "0.0676089819533", .fidelity) {
        KernelDistance.blocks(r, f, most: 64, on: $0).standardError ?? .nan
      },
      Quick("mind", "R[:150] v F, 8 axes", "2.55154066221", .scipy) {
        SlicedDistance.value(GoldenData.equallyMany, f, along: SlicedDistance.axes(8), on: $0)
      },
      Quick("precision", "R v F, k 5", "0.9333333", .prdc) { balls(f, 5, $0).precision(includingBorder: false) },
      Quick("recall", "R v F, k 5", "0.9000000", .prdc) { balls(f, 5, $0).recall(includingBorder: false) },
      Quick("density", "R v F, k 5", "1.0906667", .prdc) { balls(f, 5, $0).density },
      Quick("coverage", "R v F, k 5", "0.8900000", .prdc) { balls(f, 5, $0).coverage },
      Quick("precision", "R v F, k 3", "0.8600000", .prdc) { balls(f, 3, $0).precision() },
      Quick("recall", "R v F, k 3", "0.8200000", .prdc) { balls(f, 3, $0).recall() },
      Quick("density", "R v F, k 3", "1.0444444", .prdc) { balls(f, 3, $0).density },
      Quick("coverage", "R v F, k 3", "0.7550000", .prdc) { balls(f, 3, $0).coverage },
      Quick("precision", "R v F2, k 5", "0.0400000", .prdc) { balls(far, 5, $0).precision() },
      Quick("recall", "R v F2, k 5", "0.9950000", .prdc) { balls(far, 5, $0).recall() },
      Quick("density", "R v F2, k 5", "0.0120000", .prdc) { balls(far, 5, $0).density },
      Quick("coverage", "R v F2, k 5", "0.0300000", .prdc) { balls(far, 5, $0).coverage },
      Quick("clipped_density", "R v F", "1", .clipped) { Calibration.clippedDensity(balls(f, 5, $0)) },
      Quick("clipped_density", "R v F, raw", "0.5986667", .clipped) { balls(f, 5, $0).rawClippedDensity },
      Quick("clipped_density", "R v F2", "0.0048309179", .clipped) { Calibration.clippedDensity(balls(far, 5, $0)) },
      Quick("clipped_coverage", "R v F", "0.9139072848", .clipped) { coverage(f, $0) },
      Quick("clipped_coverage", "R v F2", "0.0331125828", .clipped) { coverage(far, $0) },
      Quick("nearest_neighbour_test", "R[:150] v F, real", "0.4800000", .learn) { twoSample($0).real },
      Quick("nearest_neighbour_test", "R[:150] v F, generated", "0.553333", .learn) { twoSample($0).generated },
      Quick("copy_test", "F beside T, one cell", "-1.6554953402677", .scipy) {
        copyTest(nearest(f, $0).nearest, nearest(t, $0).nearest)
      },
      Quick("authentic_share", "F", "0.6400000", .learn) { memory(f, $0).authentic },
      Quick("authentic_share", "T", "0.6250000", .learn) { memory(t, $0).authentic },
      Quick("neighbour_ratio", "F, the smallest", "0.417708907884", .learn) { memory(f, $0).smallestRatio },
      Quick("vendi_score", "R, cosine", "7.88919164002", .vendi) { VendiScore.cosine(r, on: $0) },
      Quick("vendi_score", "F, cosine", "7.70166918458", .vendi) { VendiScore.cosine(f, on: $0) },
      Quick("classifier_score", "logits 2 F", "2.28604120745", .fidelity) { pool in
        ClassifierScore(ofLogits: f.map { 2 * $0 }, on: pool).value
      },
      Quick("parzen_window", "F at T, sigma 0.7", "-12.4163941935", .learn) { parzen($0).value },
      Quick("parzen_window", "its standard error", "0.193369490849", .learn) { parzen($0).standardError },
    ]
  }()

  /// C_T in one cell.
  static func copyTest(_ generated: [Double], _ heldOut: [Double]) -> Double {
    CopyTest.statistic(
      generated: generated, heldOut: heldOut,
      cells: ([Int](repeating: 0, count: generated.count), [Int](repeating: 0, count: heldOut.count), 1)) ?? .nan
  }

  /// Draws in 1000 dimensions, of which prdc's authors print those of one draw.
  ///
  /// A few points near the middle have all others in their balls, so that draws differ: by the formulas in NumPy the standard
  /// deviations of eight draws are 0.013, 0.008, 0.057 and 0.0054. Allowed are three of the difference of two draws.
  static let wide: [ConformanceCase<ConformanceBalls>] = {
    typealias Slow = ConformanceCase<ConformanceBalls>
    let data = "N(0, I), d 1000, 10 000 each, k 5"
    return [
      Slow("precision", data, "0.4772", within: 0.055, .prdc) { $0.balls.precision(includingBorder: false) },
      Slow("recall", data, "0.4705", within: 0.035, .prdc) { $0.balls.recall(includingBorder: false) },
      Slow("density", data, "1.0555", within: 0.24, .prdc) { $0.balls.density },
      Slow("coverage", data, "0.9735", within: 0.023, .prdc) { $0.balls.coverage },
    ]
  }()

  /// MNIST's pixels: the first 10 000 training pictures and the test pictures, if nothing else is said.
  static let pictures: [ConformanceCase<ConformancePictures>] = {
    typealias Slow = ConformanceCase<ConformancePictures>
    func balls(_ k: Int, _ values: [String]) -> [Slow] {
      let metrics: [(String, @Sendable (Balls) -> Double)] = [
        ("precision", { $0.precision(includingBorder: false) }), ("recall", { $0.recall(includingBorder: false) }),
        ("density", { $0.density }), ("coverage", { $0.coverage }),
      ]
      return zip(metrics, values).map { metric, value in
        Slow(metric.0, "MNIST, k \(k)", value, .prdc) { metric.1($0.subject.balls(k)) }
      }
    }
    return [
      // By roots of the eigenvalues of a product, 111 pixels being 0 everywhere, others find 0.58935747 and 0.44802575: of
      // eigenvalues that are 0 rounding leaves 1e-16, whose roots are 1e-8.
      Slow("frechet_distance", "MNIST", "0.5893576221", .triangular) {
        $0.frechetDistance($0.subject.generated.points)
      },
      Slow("frechet_distance", "MNIST, the next 10 000", "0.4480259046", .triangular) { $0.frechetDistance($0.others) },
      Slow("kernel_distance", "MNIST", "0.00035416", .fidelity) { $0.kernelDistance },
    ] + balls(3, ["0.8399", "0.8338", "0.9180667", "0.8058"]) + balls(5, ["0.9203", "0.9146", "0.93342", "0.9217"]) + [
      Slow("nearest_neighbour_test", "MNIST, real", "0.559", .learn) { $0.subject.twoSampleTest.real },
      Slow("nearest_neighbour_test", "MNIST, generated", "0.5614", .learn) { $0.subject.twoSampleTest.generated },
      Slow("authentic_share", "MNIST", "0.6566", .learn) { $0.subject.copyFinding.memory.authentic },
      Slow("neighbour_ratio", "MNIST, below 1/3", "0", .learn) { Double($0.subject.copyFinding.memory.ratioCopies) },
      Slow("copy_rate", "MNIST, exact copies", "0", .learn) { $0.duplicates },
      Slow("copy_test", "MNIST, the next 10 000", "0.655", .scipy) { $0.copyTest },
      Slow("vendi_score", "MNIST, training", "24.567444", .vendi) { $0.vendiScore($0.subject.reference) },
      Slow("vendi_score", "MNIST, test", "23.630924", .vendi) { $0.vendiScore($0.subject.generated) },
    ]
  }()
}
