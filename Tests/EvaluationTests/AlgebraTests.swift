import Compute
import Evaluation
import Testing

/// Linear algebra against what must hold of it, whoever computes it.
struct AlgebraTests {
  @Test(arguments: [(1, 1), (3, 1), (8, 4), (4, 8), (17, 9), (40, 40), (97, 70)])
  func `singular values have the matrix's sums of powers`(rows: Int, columns: Int) {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let matrix = GoldenData.matrix(seed: 5, rows: rows, columns: columns)
    let values = matrix.singularValues(on: pool)
    #expect(values.count == min(rows, columns))
    let gram = InnerProducts(matrix, matrix).matrix(on: pool)
    let squares = values.reduce(0) { $0 + $1 * $1 }
    let trace = (0..<rows).reduce(0) { $0 + gram[$1, $1] }
    #expect(abs(squares - trace) < 1e-12 * trace, "\(values)")
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    let sum = gram.values.reduce(0) { $0 + $1 * $1 }
    #expect(abs(fourth - sum) < 1e-12 * sum)
  }

  @Test func `what is not a number is no distance of zero`() {
    let pool = ThreadPool(threads: 1)
    defer { pool.close() }
    var matrix = GoldenData.matrix(seed: 5, rows: 6, columns: 3)
    let whole = Moments(of: matrix, on: pool)
    #expect(FrechetDistance.value(whole, whole, on: pool) < 1e-12)
    matrix[2, 1] = .nan
    let broken = Moments(of: matrix, on: pool)
    #expect(FrechetDistance.value(whole, broken, on: pool).isNaN)
    #expect(FrechetDistance.value(broken, whole, on: pool).isNaN)
  }
}
