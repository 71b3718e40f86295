import COpenBLAS

/// OpenBLAS, which products of ours are held against by `gan-exp doctor`: no product of a run is its work.
package enum BLAS {
  /// OpenBLAS's version and build options in its own words.
  package static let configuration: String = String(cString: openblas_get_config())

  /// Ends the threads that OpenBLAS starts when it is loaded: waiting, they would take processors from ours.
  static let endThreads: Void = {
    openblas_set_num_threads(1)
    openblas_end_threads()
  }()

  /// The largest difference between a product [m, k] [k, n] of ours and OpenBLAS's, beside the largest sum of the
  /// magnitudes that are added for a value: some roundings, if both are right.
  package static func disagreement(m: Int, n: Int, k: Int, lanes: Lanes) -> Float {
    _ = endThreads
    // Values in [-1, 1] of a quadratic sequence: no row or column is like another.
    func values(_ count: Int, _ step: Int) -> [Float] {
      (0..<count).map { Float(($0 &* $0 &* step &+ $0) % 2003) / 1001 - 1 }
    }
    let (a, b) = (values(m * k, 7), values(k * n, 11))
    var (own, other) = ([Float](repeating: 0, count: m * n), [Float](repeating: 0, count: m * n))
    var scratch = [Float](repeating: 0, count: Products.scratch)
    Products(lanes: lanes).multiply(
      Factor(a, rowLength: k), Factor(b, rowLength: n), into: &own, stride: n, m: m, n: n, k: k, scratch: &scratch)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a, blasint(k), b, blasint(n),
      0, &other, blasint(n))
    return largestDifference(own, other) / Float(k)
  }

  /// The largest difference of two values in the same place; infinite where one is not a number.
  package static func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { largest, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(largest, difference)
    }
  }
}
