import Compute
import Evaluation
import Testing

struct AuthenticityTests {
  /// Points of few values, so that many coincide and many distances are equal.
  private static func points(_ name: String, _ count: Int, values: Float) -> Matrix {
    let uniform = Random(seed: 5).uniform(stream: "test/\(name)", step: 0, count: count * 3)
    return Matrix(rows: count, columns: 3, values: uniform.map { Double(($0 * values).rounded(.down)) })
  }

  private static func squared(_ x: Matrix, _ i: Int, _ y: Matrix, _ j: Int) -> Double {
    (0..<x.columns).reduce(0) { $0 + (x[i, $1] - y[j, $1]) * (x[i, $1] - y[j, $1]) }
  }

  @Test(arguments: [4, 40, 4000] as [Float], [1, 3])
  func `a point is authentic where its nearest training point has a nearer one`(values: Float, threads: Int) {
    let pool = ThreadPool(threads: threads)
    let (training, some) = (Self.points("training", 4500, values: values), Self.points("some", 150, values: values))
    let nearest = Nearest(of: some, among: training, k: 2, on: pool)
    let expected = (0..<some.rows).map { row in
      let toTraining = (0..<training.rows).map { Self.squared(some, row, training, $0) }
      guard let least = toTraining.min(), let first = toTraining.firstIndex(of: least) else { return false }
      return (0..<training.rows).contains { $0 != first && Self.squared(training, first, training, $0) < least }
    }
    #expect(nearest.isAuthentic(among: training, on: pool) == expected)
    #expect(values < 40 || Set(expected).count == 2, "points of both kinds")
  }
}
