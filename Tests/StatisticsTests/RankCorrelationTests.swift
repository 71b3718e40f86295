import Statistics
import Testing

@Suite struct RankCorrelationTests {
  private struct Case: Sendable {
    let x: [Double]
    let y: [Double]
    let rho: Double?
  }

  /// SciPy 1.15's spearmanr.
  private static let cases = [
    Case(x: [1, 2, 3, 4, 5], y: [5, 6, 7, 8, 7], rho: 0.820_782_681_668_123_3),
    Case(x: [1, 2, 3, 4], y: [10, 20, 30, 40], rho: 1),
    Case(x: [1, 2, 3, 4], y: [9, 7, 3, -1], rho: -1),
    // Failures tie, and are the worst.
    Case(x: [1, 2, 3, 4], y: [1, 2, .infinity, .infinity], rho: 0.948_683_298_050_513_7),
    Case(x: [1, 1, 1], y: [1, 2, 3], rho: nil),
    Case(x: [1, 2, 3], y: [4, 4, 4], rho: nil),
    Case(x: [], y: [], rho: nil),
  ]

  @Test(arguments: cases) private func `Spearman's rho is that of SciPy`(one: Case) {
    let rho = RankCorrelation.spearman(one.x, one.y)
    #expect((rho == nil) == (one.rho == nil))
    if let expected = one.rho { expect(rho, expected, within: 1e-14) }
  }

  @Test
  func `the correlation ratio is 1 where kinds decide all, 0 where they decide nothing, and the textbook's between`() {
    expect(RankCorrelation.ratio(["a", "a", "b", "b"], [1, 1, 2, 2]), 1)
    expect(RankCorrelation.ratio(["a", "b", "b", "a"], [1, 2, 3, 4]), 0)
    // Ranks 1, 2, 4 of a and 3, 5, 6 of b: means 7/3 and 14/3 around 3.5, squares 6 (7/6)^2 of 17.5.
    expect(
      RankCorrelation.ratio(["a", "a", "b", "a", "b", "b"], [1, 2, 3, 4, 5, 6]), (6 * 49.0 / 36 / 17.5).squareRoot())
    #expect(RankCorrelation.ratio(["a", "a"], [1, 2]) == nil && RankCorrelation.ratio(["a", "b"], [1, 1]) == nil)
  }
}
