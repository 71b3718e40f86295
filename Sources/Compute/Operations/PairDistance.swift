/// How far the vectors of every two samples are apart, and what gradients need of it: closed under differentiation,
/// since the signs of differences are constant almost everywhere.
///
/// Vectors are [N, B, C]: B of them a sample. Every sample is compared with every other, so rows are not independent.
protocol PairOperation: StagedOperation {}

/// s[i, j, b] = sum over c of sign(m[i, b, c] - m[j, b, c]) (v[i, b, c] - v[j, b, c]); operands v, m [N, B, C].
///
/// Of m itself it is the distance, the sum of |m[i, b, c] - m[j, b, c]|.
package struct PairDistance: PairOperation {
  package var name: String { "distance of pairs" }

  package func shape(of operands: [Shape]) -> Shape {
    let (v, m) = (operands[0], operands[1])
    precondition(v.rank == 3 && v == m, "distances of \(v) by \(m)")
    return [v[0], v[0], v[1]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.isNeeded[0] ? site.upstream.pairSum(by: site.operands[1]) : nil, nil]
  }

  package func operationCount(operands: [Shape], result: Shape) -> Int { 4 * operands[0][0] * operands[0].count }

  func stages(_ link: LinkedPlan) -> [Stage] {
    [Pairs(link.operandShape(0)).distances(of: link.operand(0), by: link.operand(1), into: link.result)]
  }
}

/// The transpose of `PairDistance`: v[i, b, c] = sum over j of (s[i, j, b] + s[j, i, b]) sign(m[i, b, c] - m[j, b, c]);
/// operands s [N, N, B], m [N, B, C].
package struct PairSum: PairOperation {
  package var name: String { "sum over pairs" }

  package func shape(of operands: [Shape]) -> Shape {
    let (s, m) = (operands[0], operands[1])
    precondition(m.rank == 3 && s == [m[0], m[0], m[1]], "sums of \(s) by \(m)")
    return m
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.isNeeded[0] ? site.upstream.pairDistance(by: site.operands[1]) : nil, nil]
  }

  package func operationCount(operands: [Shape], result: Shape) -> Int { 4 * result[0] * result.count }

  func stages(_ link: LinkedPlan) -> [Stage] {
    [Pairs(link.operandShape(1)).sums(of: link.operand(0), by: link.operand(1), into: link.result)]
  }
}

extension Tensor {
  /// The sum of |m[i, b, c] - m[j, b, c]| over c for every two samples: [N, B, C] -> [N, N, B].
  package func pairDistance() -> Tensor { pairDistance(by: self) }

  /// The same sum of the differences of these values, each with the sign that m's has.
  package func pairDistance(by m: Tensor) -> Tensor { applying(PairDistance(), m) }

  /// The transpose of `pairDistance(by:)`.
  package func pairSum(by m: Tensor) -> Tensor { applying(PairSum(), m) }
}
