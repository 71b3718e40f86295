import Compute
import Evaluation
import Testing

/// Values of other programs on the golden data: NumPy, SciPy, scikit-learn, prdc 0.2, vendi-score 0.0.3 and the metrics' own.
struct GoldenValueTests {
  private static let cases: [Case] = {
    let (r, f, t, wide) = (GoldenData.real, GoldenData.generated, GoldenData.test, GoldenData.far)
    @Sendable func frechet(_ other: Matrix, _ pool: ThreadPool) -> Double {
      FrechetDistance.value(Moments(of: r, on: pool), Moments(of: other, on: pool), on: pool)
    }
    @Sendable func balls(_ other: Matrix, _ k: Int, _ pool: ThreadPool) -> Balls {
      Balls(real: r, generated: other, k: k, on: pool)
    }
    @Sendable func nearest(_ points: Matrix, _ k: Int, _ pool: ThreadPool) -> Nearest {
      Nearest(of: points, among: r, k: k, on: pool)
    }
    @Sendable func memory(_ points: Matrix, _ pool: ThreadPool) -> Memorisation {
      let nearest = nearest(points, 2, pool)
      return Memorisation(nearest, isAuthentic: nearest.isAuthentic(among: r, on: pool), threshold: 0)
    }
    @Sendable func coverage(_ other: Matrix, _ pool: ThreadPool) -> Double {
      Calibration.clippedCoverage(
        raw: balls(other, 5, pool).rawClippedCoverage, real: r.rows, generated: other.rows, k: 5)
    }
    @Sendable func copying(_ pool: ThreadPool) -> Double {
      CopyTest.statistic(
        generated: nearest(f, 1, pool).squared, heldOut: nearest(t, 1, pool).squared,
        cells: ([Int](repeating: 0, count: f.rows), [Int](repeating: 0, count: t.rows), 1)) ?? .nan
    }
    let twice = Matrix(rows: f.rows, columns: f.columns, values: f.values.map { 2 * $0 })
    return [
      Case("Fréchet distance", 0.8709682292015) { frechet(f, $0) },
      // By the singular values of the product of both roots. A root of S1 S2's eigenvalues, of which four are zero, finds
      // 6.467842174761: rounding leaves 1e-16 of them, of which the root is 1e-8.
      Case("Fréchet distance of five samples in eight dimensions", 6.467842210837) {
        frechet(f.taking(0..<5), $0)
      },
      Case("Fréchet distance of far ones", 22.73511718703) { frechet(wide, $0) },
      Case("kernel distance", 0.2711925950078) { KernelDistance.value(r, f, on: $0) },
      Case("kernel distance of far ones", 59.86476896919) { KernelDistance.value(r, wide, on: $0) },
      Case("kernel distance in blocks", 0.2792794829702) { KernelDistance.blocks(r, f, most: 64, on: $0).mean },
      Case("its standard error", 0.0676089819533) {
        KernelDistance.blocks(r, f, most: 64, on: $0).standardError ?? .nan
      },
      Case("diversity", 0.9431879932051488) { _ in Spread.value(f) / Spread.value(GoldenData.real) },
      Case("diversity of far ones", 1.697738387769268) { _ in
        Spread.value(GoldenData.far) / Spread.value(GoldenData.real)
      },
      Case("diversity of five", 1.0739020360902342) { _ in
        Spread.value(f.taking(0..<5)) / Spread.value(GoldenData.real)
      },
      Case("diversity of one", 0) { _ in Spread.value(f.taking(0..<1)) / Spread.value(GoldenData.real) },
      Case("precision, k 5", 0.9333333333333333) { balls(f, 5, $0).precision(includingBorder: false) },
      Case("recall, k 5", 0.9) { balls(f, 5, $0).recall(includingBorder: false) },
      Case("density, k 5", 1.0906666666666667) { balls(f, 5, $0).density },
      Case("coverage, k 5", 0.89) { balls(f, 5, $0).coverage },
      Case("precision, k 3", 0.86) { balls(f, 3, $0).precision() },
      Case("recall, k 3", 0.82) { balls(f, 3, $0).recall() },
      Case("density, k 3", 1.0444444444444445) { balls(f, 3, $0).density },
      Case("coverage, k 3", 0.755) { balls(f, 3, $0).coverage },
      Case("precision of far ones", 0.04) { balls(wide, 5, $0).precision() },
      Case("recall of far ones", 0.995) { balls(wide, 5, $0).recall() },
      Case("density of far ones", 0.012) { balls(wide, 5, $0).density },
      Case("coverage of far ones", 0.03) { balls(wide, 5, $0).coverage },
      Case("raw clipped density", 0.5986666666666667) { balls(f, 5, $0).rawClippedDensity },
      Case("clipped density", 1) { Calibration.clippedDensity(balls(f, 5, $0)) },
      Case("clipped density of far ones", 0.004830917874396135) {
        Calibration.clippedDensity(balls(wide, 5, $0))
      },
      Case("clipped coverage", 0.9139072847682119) { coverage(f, $0) },
      Case("clipped coverage of far ones", 0.033112582781456956) { coverage(wide, $0) },
      Case("expected coverage, 10 000 of each, k 5", 0.968773) { _ in
        (Calibration.coverage(real: 10000, generated: 10000, k: 5) * 1e6).rounded() / 1e6
      },
      Case("expected coverage, k 3", 0.875038) { _ in
        (Calibration.coverage(real: 10000, generated: 10000, k: 3) * 1e6).rounded() / 1e6
      },
      Case("expected coverage, 200 and 150", 0.941028) { _ in
        (Calibration.coverage(real: 200, generated: 150, k: 5) * 1e6).rounded() / 1e6
      },
      Case("C_T's U", 7944) {
        CopyTest.pairs(nearest(f, 1, $0).squared, above: nearest(t, 1, $0).squared)
      },
      Case("C_T", -1.6554953402677) { copying($0) },
      Case("AuthPct of generated ones", 0.64) { memory(f, $0).authentic },
      Case("AuthPct of held-out ones", 0.625) { memory(t, $0).authentic },
      Case("the smallest ratio of distances", 0.417708907884) { memory(f, $0).smallestRatio },
      Case("nearest neighbours of real ones", 0.48) {
        TwoSampleTest(real: r.taking(0..<150), generated: f, on: $0).real
      },
      Case("nearest neighbours of generated ones", 0.5533333333333333) {
        TwoSampleTest(real: r.taking(0..<150), generated: f, on: $0).generated
      },
      Case("Vendi score of real ones", 7.88919164002) { VendiScore.cosine(r, on: $0) },
      Case("Vendi score of generated ones", 7.70166918458) { VendiScore.cosine(f, on: $0) },
      Case("MIND along the axes", 2.55154066221) {
        SlicedDistance.value(r.taking(0..<150), f, along: SlicedDistance.axes(8), on: $0)
      },
      Case("classifier score", 2.28604120745) { ClassifierScore(ofLogits: twice, on: $0).value },
      Case("Parzen window", -12.4163941935) {
        Mean(of: ParzenWindow(kernels: f, sigma: 0.7).logarithms(at: t, on: $0)).value
      },
      Case("its standard error", 0.193369490849) {
        Mean(of: ParzenWindow(kernels: f, sigma: 0.7).logarithms(at: t, on: $0)).standardError
      },
    ]
  }()

  @Test func `the golden data are what others made`() {
    #expect(GoldenData.real[0, 0] == -1.3261374486610293)
    #expect(GoldenData.generated[0, 0] == 2.2538278914056717)
    #expect(GoldenData.test[0, 0] == -0.3320227926596999)
  }

  @Test(arguments: cases) private func `a metric has the value that other programs give`(_ known: Case) {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let value = known.value(pool)
    // As many digits as were written down: 1e-9 of the value, or the last of eleven.
    #expect(abs(value - known.expected) <= 1e-9 * abs(known.expected), "\(value)")
  }

  @Test(arguments: cases) private func `the number of threads changes no bit of a metric`(_ known: Case) {
    let values = [1, 2, 3].map { threads in
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      return known.value(pool).bitPattern
    }
    #expect(Set(values).count == 1)
  }
}
