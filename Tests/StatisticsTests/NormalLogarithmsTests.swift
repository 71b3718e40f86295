import Statistics
import Testing

/// The normal distribution beside mpmath with 40 digits: `log(ncdf(x))`, `sqrt(2) erfinv(2 p - 1)`.
@Suite struct NormalLogarithmsTests {
  private func isNear(_ value: Double, _ exact: Double, _ tolerance: Double) -> Bool {
    abs(value - exact) <= tolerance * abs(exact) || abs(value - exact) < 1e-16
  }

  @Test(
    arguments: [
      (-40, -804.6084420137538), (-21, -224.46571583141449), (-8.5, -39.19739642821767), (-6, -20.736768949974707),
      (-3, -6.607726221510349), (-2, -3.783184333682032), (-1.9, -3.5502813255421346), (-1, -1.8410216450092636),
      (-0.25, -0.9130617648111351), (0, -0.6931471805599453), (0.5, -0.3689464152886564), (1.7, -0.045589029170068934),
      (2, -0.02301290932896349), (2.5, -0.006229025485860002), (5, -2.866516129637636e-07), (7, -1.279812543886654e-12),
      (9, -1.1285884059538405e-19),
    ] as [(Double, Double)])
  func `logarithms of probabilities have 13 digits`(_ x: Double, _ exact: Double) {
    #expect(isNear(NormalDistribution.logCumulative(x), exact, 1e-13))
  }

  @Test(arguments: [
    (1e-12, -7.034483825301132), (1e-05, -4.264890793922825), (0.01, -2.326347874040841), (0.1, -1.2815515655446004),
    (0.25, -0.6744897501960817), (0.5, 0.0), (0.6, 0.2533471031357997), (0.9, 1.2815515655446006),
    (0.975, 1.9599639845400538), (0.999, 3.090232306167813),
  ])
  func `quantiles have 13 digits`(_ p: Double, _ exact: Double) {
    #expect(isNear(NormalDistribution.quantile(p), exact, 1e-13))
  }

  @Test(
    arguments: [
      (-1, 1, -0.38171514630212605), (-3, -2.5, -5.326764724079062), (4, 5, -10.369193541521652),
      (-30, -29, -424.7874199097303), (-0.001, 0.001, -7.13354679829352), (0, 8, -0.6931471805599465),
      (-12, 3, -0.0013508099647481938),
    ] as [(Double, Double, Double)])
  func `masses of intervals have 12 digits in the middle and in the tails`(_ a: Double, _ b: Double, _ exact: Double) {
    #expect(isNear(NormalDistribution.logMass(a, b), exact, 1e-12))
  }
}
