import Compute
import Statistics
import Testing

/// The values of one comparison, and those that other programs test themselves by.
struct VectorTests {
  private static let a = Scores([7.1, 6.8, 7.4, 6.9, 7.0], better: .lower)
  private static let b = Scores([6.5, 6.6, 6.9, 6.4, 7.05], better: .lower)
  private static let random = Random(seed: 0)

  @Test func `five runs beside five have the values of SciPy`() {
    let difference = GroupDifference(VectorTests.a, VectorTests.b)
    // ttest_ind(a, b, equal_var=False), and with trim=.25.
    expect(difference.mean.t, 2.1832400154313163)
    expect(difference.mean.degreesOfFreedom, 7.762023680112818)
    expect(difference.mean.p, 0.061576636335369445)
    expect(difference.mean.interval().interval?.lower, -0.02166275419, within: 1e-9)
    expect(difference.mean.interval().interval?.upper, 0.72166275419)
    expect(difference.trimmedMean.t, 1.7902871850985804)
    expect(difference.trimmedMean.degreesOfFreedom, 2.9012875536480602)
    expect(difference.trimmedMean.p, 0.17445647395535369)
    expect(difference.trimmedMean.interval().interval?.lower, -0.27077595374934)
    expect(difference.trimmedMean.interval().interval?.upper, 0.93744262041601)
    #expect(difference.headline == difference.trimmedMean)
    #expect(!difference.isDrivenByOutlyingRuns())
    // permutation_test, independent: 20 of 252; with mid-ranks 28 of 252.
    expect(difference.meanP(random: VectorTests.random)?.value, 20.0 / 252)
    expect(difference.rankP(random: VectorTests.random)?.value, 28.0 / 252)
    expect(difference.rankP(random: VectorTests.random)?.smallest, 2.0 / 252)
    expect(difference.effect?.hedges, 1.2471762037)
    expect(difference.effect?.cohen, 1.3808022255)
    #expect(difference.seedsToSettle == 10)
    let better = Superiority(of: VectorTests.b, over: VectorTests.a)
    expect(better.value, 0.82)
    expect(better.standardError * better.standardError, 0.0208)
    expect(better.interval().interval?.lower, 0.32368637989)
    expect(better.interval().interval?.upper, 0.97745803768)
  }

  @Test func `five pairs have the values of SciPy`() {
    let difference = PairedDifference(VectorTests.a, VectorTests.b)
    expect(difference.mean.t, 2.906591794880901)
    expect(difference.mean.p, 0.04382747076733)
    expect(difference.mean.interval().interval?.lower, 0.01567173673, within: 5e-10)
    expect(difference.mean.interval().interval?.upper, 0.68432826327)
    expect(difference.correlation, 0.442635885974, within: 1e-12)
    expect(difference.signFlipP(random: VectorTests.random)?.value, 0.125)
    expect(difference.signFlipP(random: VectorTests.random)?.smallest, 0.0625)
  }

  @Test func `a group of five has the values of SciPy`() {
    let (a, b) = (VectorTests.a, VectorTests.b)
    expect(a.moments.estimate.interval().interval?.lower, 6.754147480901)
    expect(a.moments.estimate.interval().interval?.upper, 7.325852519099)
    expect(a.trimmedMean.estimate.value, 7)
    expect(a.trimmedMean.estimate.standardError, 0.08164965809277)
    expect(a.trimmedMean.estimate.interval().interval?.lower, 6.648689875724)
    expect(a.trimmedMean.estimate.interval().interval?.upper, 7.351310124276)
    expect(b.trimmedMean.estimate.value, 6.6666666667)
    expect(b.trimmedMean.estimate.interval().interval?.lower, 5.946695157259)
    expect(b.trimmedMean.estimate.interval().interval?.upper, 7.386638176074)
    // rliable pools the runs: trim_mean(a + b, .25).
    expect(TrimmedMean(of: a.finished + b.finished).estimate.value, 6.875)
    #expect(a.median == 7 && a.best == 6.8 && a.worst == 7.4 && a.outlying == [])
  }

  @Test func `Welch's t is what SciPy tests itself by`() {
    let b = Scores([1.1, 2.9, 4.2], better: .lower)
    let three = GroupDifference(Scores([1, 2, 3], better: .lower), b).mean
    expect(three.t, -0.686495127355726265)
    expect(three.p, 0.53619490753126686)
    let four = GroupDifference(Scores([1, 2, 3, 4], better: .lower), b).mean
    expect(four.t, -0.210866331595072315)
    expect(four.p, 0.84354139131608252)
  }

  @Test func `rliable's example of pooled interquartile means and of improvement`() {
    let (x, y) = ([[1.0, 2, 1, 2], [2.0, 2, 1, 1]], [[1.0, 2, 3], [1.0, 2, 3]])
    expect(TrimmedMean(of: x.flatMap(\.self)).estimate.value, 1.5)
    expect(TrimmedMean(of: y.flatMap(\.self)).estimate.value, 2)
    let better = zip(x, y).map { Superiority(of: Scores($0, better: .higher), over: Scores($1, better: .higher)).value }
    expect(better.reduce(0, +) / 2, 1.0 / 3)
  }

  /// k, n and `binomtest(k, n).proportion_ci(method="wilson")`.
  private static let shares: [(Int, Int, Double, Double)] = [
    (9, 10, 0.5958499732047615, 0.9821237869049271), (0, 5, 0, 0.43448246478317476),
    (5, 5, 0.5655175352168251, 1), (1, 5, 0.036224108632430196, 0.6244653702374747),
    (1, 1, 0.20654931437723745, 1), (3, 20, 0.05236874589621662, 0.3604188647407569),
    (500, 1000, 0.4690696003681042, 0.5309303996318958),
  ]

  @Test func `Wilson's intervals are SciPy's`() {
    for (k, n, lower, upper) in VectorTests.shares {
      let interval = WilsonInterval(k, of: n).interval()
      expect(interval.lower, lower, "\(k) of \(n):")
      expect(interval.upper, upper, "\(k) of \(n):")
    }
    #expect(WilsonInterval(0, of: 0).interval() == Interval(lower: 0, upper: 1))
  }

  /// Two shares and `fisher_exact` of them.
  private static let tables: [((Int, Int), (Int, Int), Double)] = [
    ((1, 10), (4, 10), 0.30340557275541796), ((0, 5), (0, 5), 1), ((0, 5), (5, 5), 0.007936507936507938),
    ((2, 5), (3, 5), 1), ((1, 20), (7, 18), 0.01648569390504874), ((3, 3), (0, 7), 0.008333333333333333),
    ((10, 100), (25, 120), 0.040707260364752015), ((400, 1000), (380, 1000), 0.38373456111536575),
    ((1, 2), (1, 3), 1),
  ]

  @Test func `Fisher's exact p is SciPy's`() {
    for (a, b, p) in VectorTests.tables {
      expect(FisherTest.p((a.0, a.1), (b.0, b.1)), p, "\(a) and \(b):")
      expect(FisherTest.p((b.0, b.1), (a.0, a.1)), p, "\(b) and \(a):")
    }
  }

  @Test func `Holm's adjustment keeps the order and never falls`() {
    let cases: [([Double], [Double])] = [
      ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]), ([0.6, 0.5], [1, 1]), ([0.02], [0.02]), ([], []),
      ([0.01, 0.01, 0.5, 0.005], [0.03, 0.03, 0.5, 0.02]),
    ]
    for (p, known) in cases {
      for (value, expected) in zip(Holm.adjusted(p), known) { expect(value, expected) }
    }
  }

  @Test func `the smallest p is what so few runs can show`() {
    func scores(_ n: Int, _ start: Double) -> Scores { Scores((0..<n).map { start + Double($0) }, better: .lower) }
    let known: [(Int, Double, Double)] = [
      (3, 2 / 20, 0.25), (4, 2 / 70, 0.125), (5, 2 / 252, 0.0625), (6, 2 / 924, 0.03125), (8, 2 / 12870, 0.0078125),
    ]
    for (n, independent, paired) in known {
      // All of one group below the other: what was seen is the smallest that there is.
      let rank = GroupDifference(scores(n, 0), scores(n, 100)).rankP(random: VectorTests.random)
      expect(rank?.smallest, independent)
      expect(rank?.value, independent)
      let signs = PairedDifference(scores(n, 0), scores(n, 100)).signFlipP(random: VectorTests.random)
      expect(signs?.smallest, paired)
      expect(signs?.value, paired)
    }
  }
}
