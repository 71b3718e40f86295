import Compute

/// Tests with mixtures whose modes are dropped, invented or run into one.
extension SanityTest {
  /// Ten modes on the diagonal.
  private static func diagonal(_ dimensions: Int) -> [[Double]] {
    (0..<10).map { [Double](repeating: Double($0) * 10 / 9, count: dimensions) }
  }

  private static func dropping(
    _ name: String, _ positions: [Double], by share: Double,
    _ shares: @escaping @Sendable (Double) -> [Double]
  ) -> SanityTest {
    SanityTest(
      name: name,
      variants: [(1, 1 / 6.0), (8, 1 / 3.0), (64, 1.0)].map { d, deviation in
        let centres = diagonal(d)
        return Variant(
          label: "\(d)", positions: positions,
          real: { draw, _ in
            draw.mixture(1000, centres: centres, deviation: deviation, shares: [Double](repeating: 1, count: 10))
          },
          generated: { draw, position, _ in
            draw.mixture(1000, centres: centres, deviation: deviation, shares: shares(position))
          },
          shape: [
            .fidelity: .flat, .diversity: .fallingBy(share), .both: .fallingBy(share), .distance: .growingBy(share),
            .copying: .neverCopied,
          ],
          bounds: [
            .fidelity: [.near(1, .first), .near(1, .last)], .diversity: [.near(1, .first)], .both: [.near(1, .first)],
            .copying: [.usual(.first)],
          ])
      })
  }

  /// Nine of ten modes fade.
  static let simultaneousDrop = dropping("modes fade together", Positions.linear(0...1, 50), by: 0.95) { share in
    [1] + [Double](repeating: 1 - share, count: 9)
  }

  /// One mode after another is missing.
  static let sequentialDrop = dropping("modes missing, one by one", Positions.linear(0...9, 10), by: 0.5) { dropped in
    (0..<10).map { $0 < 10 - Int(dropped) ? 1 : 0 }
  }

  private static let places = [
    [5.46794328, -4.08481523], [4.87211875, -13.64864684], [-16.39432073, 9.09802249], [-2.15447941, 12.46200019],
    [11.55784483, -4.96049923], [-24.60558474, 14.18020818], [16.84215967, -3.18710751], [-5.47807206, -6.77247129],
    [9.46726546, 1.05922347], [-5.40346201, -17.29490131],
  ]

  /// Of five real modes some are missing, or five more are invented.
  static let invention = SanityTest(
    name: "modes missing, then invented",
    variants: [
      Variant(
        label: "2", positions: Positions.linear(1...10, 10), real: { draw, _ in modes(draw, 5) },
        generated: { draw, count, _ in modes(draw, Int(count)) },
        shape: [
          .fidelity: .falling, .diversity: .rising, .both: .bell(5), .distance: .valley(5), .copying: .neverCopied,
        ],
        bounds: [
          .fidelity: [.near(1, .at(5)), .near(1, .first)], .diversity: [.near(1, .at(5)), .near(1, .last)],
          .both: [.near(1, .at(5))], .copying: [.usual(.at(5)), .missing(.last)],
        ])
    ])

  @Sendable private static func modes(_ draw: SanityDraw, _ count: Int) -> Matrix {
    draw.mixture(
      1000, centres: Array(places.prefix(count)), deviation: 0.25, shares: [Double](repeating: 1, count: count))
  }

  /// Two modes apart by m in every dimension beside one mode as wide as both.
  static let oneOfTwoModes = SanityTest(
    name: "one wide mode beside two",
    variants: [1, 8, 64].map { d in
      Variant(
        label: "\(d)", positions: Positions.linear(0...5, 20), isRealFixed: false,
        real: { draw, distance in
          let centres = [-0.5, 0.5].map { [Double](repeating: $0 * distance, count: d) }
          return draw.mixture(1000, centres: centres, deviation: 1, shares: [1, 1])
        },
        generated: { draw, distance, _ in
          draw.normal(1000, d, deviation: (1 + distance * distance).squareRoot())
        },
        shape: [
          .fidelity: .falling, .diversity: .either(.falling, .flat), .both: .falling, .distance: .growingBy(1),
          .copying: .neverCopied,
        ],
        bounds: [
          .fidelity: [.near(1, .first)], .diversity: [.near(1, .first)], .both: [.near(1, .first)],
          .copying: [.usual(.first)],
        ])
    })
}
