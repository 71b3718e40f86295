import COpenBLAS

/// The one library that multiplies matrices: OpenBLAS, called with one thread from each of ours.
package enum BLAS {
  /// The kernels that OpenBLAS chose for this processor, such as `Zen`, `Haswell` or `SkylakeX`; results are
  /// the same bits only for the same core type.
  package static let coreType: String = String(cString: openblas_get_corename())

  /// OpenBLAS's version and build options in its own words.
  package static let configuration: String = String(cString: openblas_get_config())

  /// Whether OpenBLAS keeps to the number of threads it is told; its OpenMP build does not.
  package static let honoursThreadCount: Bool = openblas_get_parallel() != OPENBLAS_OPENMP

  /// Makes every product run on the thread that asks for it, and ends OpenBLAS's own threads; false where OpenBLAS does
  /// not obey.
  ///
  /// Its bits depend on its thread count, so nothing may run before this.
  static let isSingleThreaded: Bool = {
    openblas_set_num_threads(1)
    openblas_end_threads()
    return openblas_get_num_threads() == 1
  }()

  /// C[m, n] = op(A)[m, k] op(B)[k, n], added to what C holds where asked; rows lie `ld*` values apart.
  @inline(__always)
  static func product(
    _ a: UnsafePointer<Float>, _ lda: Int, transposed ta: Bool,
    _ b: UnsafePointer<Float>, _ ldb: Int, transposed tb: Bool,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int, m: Int, n: Int, k: Int, isAdding: Bool = false
  ) {
    if k == 1 {
      outerProduct(a, ta ? 1 : lda, b, tb ? ldb : 1, c, ldc, m: m, n: n, isAdding: isAdding)
      return
    }
    // A matrix times a vector only reads the matrix: the product of matrices would copy it first.
    if n == 1 {
      clear(c, ldc, count: isAdding ? 0 : m)
      cblas_sgemv(
        CblasRowMajor, ta ? CblasTrans : CblasNoTrans, blasint(ta ? k : m), blasint(ta ? m : k), 1, a, blasint(lda), b,
        blasint(tb ? 1 : ldb), 1, c, blasint(ldc))
      return
    }
    if m == 1 {
      clear(c, 1, count: isAdding ? 0 : n)
      cblas_sgemv(
        CblasRowMajor, tb ? CblasNoTrans : CblasTrans, blasint(tb ? n : k), blasint(tb ? k : n), 1, b, blasint(ldb), a,
        blasint(ta ? lda : 1), 1, c, 1)
      return
    }
    cblas_sgemm(
      CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), 1, a, blasint(lda), b, blasint(ldb), isAdding ? 1 : 0, c, blasint(ldc))
  }

  /// C[i, j] = a[i] b[j], added to what C holds where asked: nothing to pack, and nothing to read but C.
  private static func outerProduct(
    _ a: UnsafePointer<Float>, _ strideOfA: Int, _ b: UnsafePointer<Float>, _ strideOfB: Int,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int, m: Int, n: Int, isAdding: Bool
  ) {
    for i in 0..<m {
      let (factor, row) = (a[i &* strideOfA], c + i &* ldc)
      guard strideOfB == 1 else {
        for j in 0..<n { row[j] = (isAdding ? row[j] : 0) + factor * b[j &* strideOfB] }
        continue
      }
      let factors = Vector(repeating: factor)
      var j = 0
      while j < n {
        let sum = isAdding ? Vector(at: row + j, first: n &- j) : .zero
        Vector(at: b + j, first: n &- j).times(factors, plus: sum).store(at: row + j, first: n &- j)
        j &+= 8
      }
    }
  }

  /// Zeros at places that lie `stride` values apart.
  @inline(__always)
  private static func clear(_ c: UnsafeMutablePointer<Float>, _ stride: Int, count: Int) {
    for i in 0..<count { c[i &* stride] = 0 }
  }
}
