/// Sobol's low-discrepancy sequence of up to 16 dimensions, in Gray-code order.
///
/// Coordinates are integers of 32 bits: x_(n+1) = x_n ^ v_c, c being the lowest zero bit of n, so x_n = XOR of v_k over the bits k
/// of n ^ (n >> 1). Each dimension but the first has a primitive polynomial of degree s with the inner coefficients a, and
/// m_1 ... m_s; further m_k = 2 a_1 m_(k-1) ^ ... ^ 2^s m_(k-s) ^ m_(k-s), v_k = m_k 2^(32-k). (Joe and Kuo, "Constructing Sobol
/// Sequences with Better Two-Dimensional Projections", 2008, file new-joe-kuo-6.21201; Antonov and Saleev, "An Economic Method of
/// Computing LP-tau Sequences", 1979.)
package struct SobolSequence: Sendable {
  /// The most dimensions there are.
  package static let limit = 16

  /// Degree s, coefficients a, numbers m of dimensions 2 and on.
  private static let polynomials: [(degree: Int, a: UInt32, m: [UInt32])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]), (4, 4, [1, 3, 5, 13]),
    (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]), (5, 11, [1, 1, 5, 1, 1]),
    (5, 13, [1, 1, 1, 3, 11]), (5, 14, [1, 3, 5, 5, 31]), (6, 1, [1, 3, 3, 9, 7, 49]), (6, 13, [1, 1, 1, 15, 21, 21]),
    (6, 16, [1, 3, 1, 13, 27, 49]),
  ]

  /// 32 direction numbers of each dimension.
  private let directions: [[UInt32]]

  /// The sequence of so many dimensions, 1 to 16.
  package init(dimensions: Int) {
    precondition((1...SobolSequence.limit).contains(dimensions))
    directions = (0..<dimensions).map(SobolSequence.directions)
  }

  /// A point, from 0, times 2^32.
  package func point(_ number: Int) -> [UInt32] {
    let gray = UInt32(truncatingIfNeeded: number) ^ (UInt32(truncatingIfNeeded: number) >> 1)
    return directions.map { own in (0..<32).reduce(0) { gray >> $1 & 1 == 1 ? $0 ^ own[$1] : $0 } }
  }

  private static func directions(of dimension: Int) -> [UInt32] {
    guard dimension > 0 else { return (0..<32).map { 1 << (31 - $0) } }
    let (degree, a, m) = polynomials[dimension - 1]
    var v = m.enumerated().map { $1 << (31 - UInt32($0)) }
    for k in degree..<32 {
      var next = v[k - degree] ^ (v[k - degree] >> UInt32(degree))
      for j in stride(from: 1, to: degree, by: 1) where a >> UInt32(degree - 1 - j) & 1 == 1 { next ^= v[k - j] }
      v.append(next)
    }
    return v
  }
}
