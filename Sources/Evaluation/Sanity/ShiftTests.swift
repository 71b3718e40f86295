import Compute

/// Tests that move the generated distribution away from the real one.
extension SanityTest {
  /// The shift that separates distributions, by the dimension.
  private static let shifts = [1: 6.0, 8: 3.0, 64: 1.0]

  private static func shifted(
    _ label: String, _ dimensions: Int,
    real: @escaping @Sendable (SanityDraw) -> Matrix = { $0.normal(1000, 1) },
    generated: @escaping @Sendable (SanityDraw, Double) -> Matrix
  ) -> Variant {
    let most = shifts[dimensions] ?? 6
    return Variant(
      label: label, positions: Positions.linear(-most...most, 51), real: { draw, _ in real(draw) },
      generated: { draw, mean, _ in generated(draw, mean) }, shape: .all(.bell(0), distance: .valley(0)),
      bounds: .oneAndZero(at: 0))
  }

  /// N(m, I) beside N(0, I), m growing through 0.
  static let shiftedMean = SanityTest(
    name: "mean shifted",
    variants: [1, 8, 64].map { d in
      shifted("\(d)", d, real: { $0.normal(1000, d) }, generated: { $0.normal(1000, d, mean: $1) })
    })

  /// The same with one outlier at the far end, among the real or the generated samples.
  static let outlier = SanityTest(
    name: "mean shifted, with an outlier",
    variants: ["real", "generated"].flatMap { side in
      [1, 8, 64].map { d in
        let place = shifts[d] ?? 0
        @Sendable func points(_ draw: SanityDraw, _ mean: Double, _ hasOutlier: Bool) -> Matrix {
          let points = draw.normal(1000, d, mean: mean)
          guard hasOutlier else { return points }
          return Matrix(rows: 1001, columns: d, values: points.values + [Double](repeating: place, count: d))
        }
        return shifted(
          "\(side)/\(d)", d, real: { points($0, 0, side == "real") },
          generated: { points($0, $1, side == "generated") })
      }
    })

  /// The same in one dimension beside another of Pareto's distribution with the shape 1.01.
  static let heavyTail = SanityTest(
    name: "mean shifted, beside a heavy tail",
    variants: [
      shifted(
        "2", 1, real: { tailed($0, 0) },
        generated: { tailed($0, $1) })
    ])

  @Sendable private static func tailed(_ draw: SanityDraw, _ mean: Double) -> Matrix {
    let (normal, tail) = (draw.normal(1000, 1, mean: mean), draw.pareto(1000, shape: 1.01))
    return Matrix(rows: 1000, columns: 2, values: zip(normal.values, tail).flatMap { [$0, $1] })
  }

  /// One dimension that differs by 6 beside others that do not.
  static let disjointDimension = SanityTest(
    name: "one disjoint dimension among many",
    variants: [
      Variant(
        label: "1", positions: Positions.powers(0...3, 20).map { $0.rounded(.down) }, isRealFixed: false,
        real: { $0.normal(1000, Int($1) + 1) },
        generated: { draw, others, _ in
          var points = draw.normal(1000, Int(others) + 1)
          for row in 0..<1000 { points[row, 0] += 6 }
          return points
        },
        shape: .all(.flat, distance: .steady), bounds: .value(0, .first, .last))
    ])

  /// Training samples take the place of generated ones, from none to all.
  static let plantedCopies = SanityTest(
    name: "copies of training samples",
    variants: [1, 8, 64].map { d in
      Variant(
        label: "\(d)", positions: Positions.linear(0...1, 11), real: { draw, _ in draw.normal(1000, d) },
        generated: { draw, share, training in
          var points = draw.normal(1000, d)
          let count = Int((share * 1000).rounded()) * d
          points.values.replaceSubrange(0..<count, with: training.values[0..<count])
          return points
        },
        shape: [:], bounds: [.copying: [.usual(.first), .copied(.at(0.5)), .copied(.last)]])
    })
}
