import Compute

/// Tests with bodies whose overlap is known.
extension SanityTest {
  /// Surfaces of balls, the generated one growing through the real one.
  static let sphereSurface = SanityTest(
    name: "surface of a ball, growing",
    variants: [2, 16, 128].map { d in
      Variant(
        label: "\(d)", positions: Positions.linear(0.1...1.9, 51), real: { draw, _ in draw.sphere(1000, d, radius: 1) },
        generated: { draw, radius, _ in draw.sphere(1000, d, radius: radius) },
        shape: .all(.bell(1), distance: .valley(1)), bounds: .oneAndZero(at: 1))
    })

  /// From 100 to 10 000.
  private static let sizes = Positions.powers(2...4, 20).map { $0.rounded(.down) }

  private static func cubes(_ name: String, isRealFixed: Bool) -> SanityTest {
    SanityTest(
      name: name,
      variants: [1, 8, 64].map { d in
        let start = 1 - CorrectlyRounded.power(0.2, 1 / Double(d))
        return Variant(
          label: "\(d)", positions: sizes, isOfSizes: true, isRealFixed: isRealFixed,
          real: { draw, size in draw.cube(isRealFixed ? 1000 : Int(size), d) },
          generated: { draw, size, _ in draw.cube(Int(size), d, from: start) },
          shape: .all(.converging, distance: .settling), bounds: .value(0.2, .last))
      })
  }

  /// Cubes that share a fifth of their volume, with more and more samples.
  static let overlappingCubes = cubes("overlapping cubes, more samples", isRealFixed: false)

  /// The same with more and more generated samples alone.
  static let overlappingGeneratedCubes = cubes("overlapping cubes, more generated", isRealFixed: true)

  /// A ball in the hole of a torus, with more and more generated samples.
  static let sphereAndTorus = SanityTest(
    name: "ball in a torus, more generated",
    variants: [true, false].map { isRealBall in
      @Sendable func points(_ draw: SanityDraw, _ count: Int, _ isBall: Bool) -> Matrix {
        isBall ? draw.ball(count, 3, radius: 0.8) : draw.torus(count, r: 0.1)
      }
      return Variant(
        label: isRealBall ? "ball" : "torus", positions: sizes, isOfSizes: true,
        real: { draw, _ in points(draw, 1000, isRealBall) },
        generated: { draw, size, _ in points(draw, Int(size), !isRealBall) },
        shape: .all(.converging, distance: .settling), bounds: .value(0, .last))
    })
}
