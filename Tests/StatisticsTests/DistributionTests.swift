import Statistics
import Testing

/// Values of mpmath with 40 digits, of which SciPy's differ by 1e-14 or less.
struct DistributionTests {
  /// Degrees of freedom, t, P(T > t): `betainc(df/2, 1/2, 0, df/(df + t^2), regularized=True) / 2`.
  private static let tails: [(Double, Double, Double)] = [
    (1, 0.5, 0.35241638234956673), (1, 12.7, 0.02501216384467208), (1, 1e6, 3.1830988618368457e-7),
    (2.5, 0.1, 0.46390327203124479), (2.9012875536480602, 1.7902871850985804, 0.087228236977676909),
    (4, 2.7764, 0.025001153858700884), (7.762, 2.18, 0.03094241813737625), (8, 15, 1.9267161462908144e-7),
    (18, 2.1, 0.025045202854784176), (30.5, 40, 3.2116434209631413e-28), (100, 1.98, 0.025225803416547689),
    (998, 3.3, 0.00050053293551913514), (20000, 1.96, 0.025004827499202715), (0.7, 3, 0.14168566965051292),
    (3, 1e-8, 0.49999999632447403), (9, 0.7, 0.2508095196080726),
  ]

  @Test func `Student's tails are as exact as their numbers`() {
    for (df, t, tail) in DistributionTests.tails {
      let student = StudentDistribution(degreesOfFreedom: df)
      expect(student.survival(t), tail, within: 1e-13, "df \(df), t \(t):")
      expect(student.cumulative(-t), tail, within: 1e-13)
      expect(student.survival(-t), 1 - tail, within: 1e-13)
      expect(student.outside(-t), 2 * tail, within: 1e-13)
    }
  }

  /// Degrees of freedom, q, and t with P(T > t) = q.
  private static let quantiles: [(Double, Double, Double)] = [
    (1, 0.025, 12.706204736174704), (2, 0.025, 4.3026527297494637), (3, 0.025, 3.1824463052837095),
    (4, 0.025, 2.7764451051977943), (7, 0.025, 2.3646242515927853), (9, 0.025, 2.2621571627982055),
    (19, 0.025, 2.0930240544083097), (2.9, 0.025, 3.2454380624331111), (7.76, 0.025, 2.3184774748141481),
    (1, 1e-6, 318309.88618274349), (0.7, 0.01, 135.57150574187782), (30, 1e-12, 11.397217523311411),
    (5, 0.4, 0.26718086570414507), (1000, 0.005, 2.5807546980659511), (2.5, 0.3, 0.59730773825231749),
  ]

  @Test func `Student's quantiles are as exact as their numbers`() {
    for (df, q, t) in DistributionTests.quantiles {
      let student = StudentDistribution(degreesOfFreedom: df)
      expect(student.quantile(upper: q), t, within: 1e-13, "df \(df), q \(q):")
      expect(student.quantile(q), -t, within: 1e-13)
    }
    // The difference from 1/2 has fewer digits.
    expect(StudentDistribution(degreesOfFreedom: 5).quantile(upper: 0.4999), 0.00026343055607018551, within: 1e-11)
    #expect(StudentDistribution(degreesOfFreedom: 5).quantile(0.5) == 0)
  }

  @Test func `the quantiles of .975 that tables print are these`() {
    let printed = [3: 4.3027, 4: 3.1824, 5: 2.7764, 8: 2.3646, 10: 2.2622, 20: 2.0930]
    for (n, t) in printed {
      expect(
        (StudentDistribution(degreesOfFreedom: Double(n - 1)).quantile(0.975) * 1e4).rounded(), (t * 1e4).rounded())
    }
  }

  /// x and P(Z > x), `erfc(x / sqrt 2) / 2`.
  private static let normalTails: [(Double, Double)] = [
    (-8, 0.99999999999999938), (-3, 0.99865010196836991), (-2.5, 0.99379033467422386), (-1, 0.84134474606854295),
    (0, 0.5), (0.1, 0.46017216272297102), (1, 0.15865525393145705), (1.96, 0.024997895148220436),
    (2.49, 0.0063871547649431732), (2.5, 0.0062096653257761352), (2.51, 0.0060365580804126633),
    (3, 0.0013498980316300945), (5, 2.8665157187919391e-7), (10, 7.6198530241605261e-24),
    (20, 2.7536241186062337e-89), (37, 5.7255712225245768e-300),
  ]

  /// q and x with P(Z > x) = q.
  private static let normalQuantiles: [(Double, Double)] = [
    (0.5, 0), (0.4, 0.25334710313579974), (0.025, 1.9599639845400542), (0.005, 2.5758293035489008),
    (0.1, 1.2815515655446004), (1e-5, 4.2648907939228246), (1e-15, 7.9413453261709968),
    (1e-100, 21.273453560965324), (0.975, -1.9599639845400539), (0.9999, -3.7190164854557084),
  ]

  @Test func `normal tails and quantiles are as exact as their numbers`() {
    for (x, tail) in DistributionTests.normalTails {
      expect(NormalDistribution.survival(x), tail, within: 5e-14, "x \(x):")
      expect(NormalDistribution.cumulative(-x), tail, within: 5e-14)
    }
    for (q, x) in DistributionTests.normalQuantiles {
      expect(NormalDistribution.quantile(upper: q), x, within: 1e-13, "q \(q):")
    }
  }

  /// a, b, x, I_x(a, b) and 1 - I_x(a, b), of `betainc(a, b, 0, x, regularized=True)`.
  private static let betas: [(Double, Double, Double, Double, Double)] = [
    (0.5, 0.5, 0.3, 0.36901011956554538, 0.63098988043445462), (2, 3, 0.4, 0.5248, 0.4752),
    (10, 0.5, 0.99, 0.65792817515678433, 0.34207182484321567),
    (100, 0.5, 0.999, 0.65504351632442959, 0.34495648367557041),
    (500.5, 0.5, 0.9999, 0.75176362299542933, 0.24823637700457067),
    (3.7, 12.2, 0.01, 3.6037246258259649e-5, 0.99996396275374174),
    (50, 60, 0.45, 0.46423529143060363, 0.53576470856939637),
    (0.1, 5, 0.2, 0.97660049393060111, 0.023399506069398885), (1, 1, 0.25, 0.25, 0.75),
    (30, 2, 0.2, 2.6843545600000044e-20, 1), (5000, 0.5, 0.9998, 0.15728882758981753, 0.84271117241018247),
    (8.5, 40, 0.9, 1, 7.228137131252051e-33),
  ]

  @Test func `both sides of the incomplete beta function have digits of their own`() {
    for (a, b, x, lower, upper) in DistributionTests.betas {
      let beta = IncompleteBeta(x: x, y: 1 - x, a: a, b: b)
      // 1 - x has lost digits beside the x that is meant.
      expect(beta.lower, lower, within: 1e-12, "a \(a), b \(b), x \(x):")
      expect(beta.upper, upper, within: 1e-12, "a \(a), b \(b), x \(x):")
    }
  }

  /// z and ln Gamma(z).
  private static let logGammas: [(Double, Double)] = [
    (0.01, 4.5994798780420217), (0.1, 2.2527126517342059), (0.5, 0.57236494292470009), (1, 0),
    (1.5, -0.12078223763524522), (2, 0), (2.5, 0.28468287047291916), (3, 0.69314718055994531),
    (5.25, 3.5613759103866969), (10, 12.80182748008147), (11.99, 17.477885575426186), (12, 17.502307845873886),
    (50.5, 146.51925549072063), (100, 359.1342053695754), (1000, 5905.2204232091812), (1e6, 12815504.569147612),
  ]

  /// n, k and ln C(n, k).
  private static let binomials: [(Int, Int, Double)] = [
    (0, 0, 0), (5, 2, 2.3025850929940457), (10, 5, 5.5294290875114233), (40, 20, 25.649406793250425),
    (200, 3, 14.088129752739009), (1000, 500, 689.46726156785118),
  ]

  @Test func `logarithms of the gamma function and of binomials are exact to their sums' rounding`() {
    for (z, value) in DistributionTests.logGammas { expect(LogGamma.value(z), value, within: 1e-13, "z \(z):") }
    for (n, k, value) in DistributionTests.binomials { expect(LogGamma.binomial(n, k), value, within: 1e-12, "\(n)") }
  }

  /// t, degrees of freedom, delta, P(T < t): the normal probability integrated over the chi-square density.
  private static let noncentral: [(Double, Double, Double, Double)] = [
    (2.306, 8, 2.37, 0.4512219784099078), (2.1009, 18, 3.0875, 0.1686964315376879),
    (1.98, 126, 2.83, 0.198392403101024), (4.303, 2, 1, 0.9086951617168341), (0, 5, 1.3, 0.09680048458561033),
    (-2.306, 8, 1.2, 0.001212070970944721), (2.776, 4, 7, 0.001254155161587192), (2, 30, 0, 0.9726874775185084),
    (3, 10, -1, 0.9995842968413304),
  ]

  @Test func `the noncentral t distribution is that of SciPy's nct`() {
    for (t, df, shift, value) in DistributionTests.noncentral {
      expect(
        NoncentralStudent(degreesOfFreedom: df, shift: shift).cumulative(t), value, within: 1e-12, "t \(t), df \(df):")
    }
  }
}
