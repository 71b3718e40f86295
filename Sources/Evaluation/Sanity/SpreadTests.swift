import Compute

/// Tests that change how far samples spread, or by what unit they are measured.
extension SanityTest {
  /// N(0, s^2 I) beside N(0, I), s growing through 1.
  static let changedDeviation = SanityTest(
    name: "deviation changed",
    variants: [(1, 3.0), (8, 1.0), (64, 0.5)].map { d, most in
      Variant(
        label: "\(d)", positions: Positions.powers(-most...most, 51), real: { draw, _ in draw.normal(1000, d) },
        generated: { draw, deviation, _ in draw.normal(1000, d, deviation: deviation) },
        shape: [
          .fidelity: .falling, .diversity: .either(.bell(1), .rising), .both: .bell(1), .distance: .valley(1),
          .copying: .neverCopied,
        ],
        bounds: [
          .fidelity: [.near(1, .at(1)), .near(1, .first), .near(0, .last)],
          .diversity: [.near(1, .at(1)), .near(0, .first), .either(.near(1, .last), .near(0, .last))],
          .both: [.near(1, .at(1)), .near(0, .first), .near(0, .last)],
          .copying: [.usual(.at(1)), .missing(.last)],
        ])
    })

  /// One of two dimensions in another unit, while the other one separates the samples; the real ones are the same but for it.
  static let scaledDimension = SanityTest(
    name: "one dimension scaled",
    variants: [
      Variant(
        label: "2", positions: Positions.powers(-3...3, 20),
        real: { scaled($0, $1, shift: 0) }, generated: { draw, scale, _ in scaled(draw, scale, shift: 6) },
        shape: .all(.flat, distance: .steady), bounds: .value(0, .first, .last))
    ])

  @Sendable private static func scaled(_ draw: SanityDraw, _ scale: Double, shift: Double) -> Matrix {
    var points = draw.normal(1000, 2)
    for row in 0..<1000 {
      points[row, 0] += shift
      points[row, 1] *= scale
    }
    return points
  }

  /// Rounded values beside those that are not, from coarse to fine.
  static let rounding = SanityTest(
    name: "rounded beside continuous values",
    variants: [true, false].map { isRealRounded in
      @Sendable func points(_ draw: SanityDraw, _ scale: Double, _ isRounded: Bool) -> Matrix {
        draw.normal(1000, 1).map { isRounded ? (scale * $0).rounded(.toNearestOrEven) : scale * $0 }
      }
      // Fidelity and diversity of generated samples: a line of points holds all rounded values and no other ones.
      let (fidelity, wide): (Double, SanityRule) =
        isRealRounded ? (0, .either(.near(1, .first), .near(0, .first))) : (1, .near(0, .first))
      let wideAtEnd: SanityRule = isRealRounded ? .either(.near(1, .last), .near(0, .last)) : .near(0, .last)
      return Variant(
        label: isRealRounded ? "real" : "generated", positions: Positions.powers(0...3, 20), isRealFixed: false,
        real: { points($0, $1, isRealRounded) },
        generated: { draw, scale, _ in points(draw, scale, !isRealRounded) },
        // A distance is right to fall as values are rounded less, and so is a test of two samples.
        shape: [.fidelity: .flat, .diversity: .flat, .copying: .neverCopied],
        bounds: [
          .fidelity: [.near(fidelity, .first), .near(fidelity, .last)], .diversity: [wide, wideAtEnd],
        ])
    })
}
