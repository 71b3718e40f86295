import Compute
import Statistics
import Testing

struct BootstrapTests {
  /// The data of SciPy's test of its `bootstrap` against R's `boot`.
  private static let data = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213]

  private static func mean(_ groups: [[Double]]) -> Double { Moments(of: groups[0]).mean }

  @Test func `BCa of a million resamples is R's`() {
    let bootstrap = Bootstrap(
      of: [BootstrapTests.data], resamples: 1_000_000, random: Random(seed: 0), statistic: BootstrapTests.mean)
    expect(bootstrap.percentile().interval?.lower, 28.86, within: 0.005)
    expect(bootstrap.percentile().interval?.upper, 84.21, within: 0.005)
    expect(bootstrap.accelerated().interval?.lower, 32.31, within: 0.005)
    expect(bootstrap.accelerated().interval?.upper, 91.43, within: 0.005)
  }

  /// NumPy's `percentile` of the resamples that the definition of the randomness gives, at the shares of SciPy's `norm`.
  @Test func `intervals are those of the stream's own resamples`() {
    let mean = Bootstrap(of: [BootstrapTests.data], random: Random(seed: 5), statistic: BootstrapTests.mean)
    expect(mean.acceleration, 0.06152886961259406)
    expect(mean.percentile().interval?.lower, 28.5546875)
    expect(mean.percentile().interval?.upper, 83.1815625)
    expect(mean.accelerated().interval?.lower, 32.222049169658)
    expect(mean.accelerated().interval?.upper, 90.3421859656587)
    let trimmed = Bootstrap(of: [BootstrapTests.data], random: Random(seed: 5)) {
      TrimmedMean(of: $0[0]).estimate.value
    }
    expect(trimmed.acceleration, 0.025135610470698254)
    expect(trimmed.percentile().interval?.lower, 16.211875)
    expect(trimmed.percentile().interval?.upper, 70.875)
    expect(trimmed.accelerated().interval?.lower, 16.5375)
    expect(trimmed.accelerated().interval?.upper, 73.75)
  }

  @Test func `the acceleration is SciPy's, of one group and of two`() {
    let (z, y) = ([16.0, 23, 38, 94, 99, 141, 197], [10.0, 27, 31, 40, 46, 50, 52, 104, 146])
    let two = Bootstrap(of: [z, y], resamples: 10, random: Random(seed: 0)) {
      Moments(of: $0[0]).mean - Moments(of: $0[1]).mean
    }
    expect(two.acceleration, 0.011008228344026734)
    let one = Bootstrap(
      of: [[7.1, 6.8, 7.4, 6.9, 7]], resamples: 10, random: Random(seed: 0), statistic: BootstrapTests.mean)
    expect(one.acceleration, 0.05163292697)
  }

  @Test func `equal runs have no interval, and say why`() {
    let equal = Bootstrap(
      of: [[0.1, 0.1, 0.1]], resamples: 99, random: Random(seed: 0), statistic: BootstrapTests.mean)
    #expect(equal.accelerated() == .none(.noSpread))
    #expect(equal.percentile() == .none(.noSpread))
    // The best of the data is the best of most resamples: no share lies below.
    let best = Bootstrap(of: [[1, 2, 2, 2]], resamples: 99, random: Random(seed: 0)) { $0[0].max() ?? .nan }
    #expect(best.accelerated() == .none(.noSpread))
  }

  /// NumPy's counts of the permutations and signs that the definition of the randomness gives; Welch's p is 0.129, the paired t's
  /// 0.028.
  @Test func `of too many arrangements those of the stream are drawn`() {
    let a = Scores((0..<12).map { Double($0) * 0.5 + 3 }, better: .lower)
    let b = Scores((0..<12).map { Double($0) * 0.4 + 2.5 }, better: .lower)
    let p = GroupDifference(a, b).meanP(random: Random(seed: 5))
    expect(p?.value, 0.1274)
    expect(p?.smallest, 2e-4)
    #expect(p?.isExact == false)
    let differences = [
      0.5, -0.2, 0.3, 0.7, -0.4, 0.1, 0.9, 0.2, -0.6, 0.4, 0.8, 0.3, -0.1, 0.5, 0.6, -0.3, 0.2, 0.4,
    ]
    let pairs = PairedDifference(
      Scores(differences, better: .lower), Scores(differences.map { _ in 0 }, better: .lower))
    expect(pairs.signFlipP(random: Random(seed: 5))?.value, 0.0372)
    #expect(pairs.correlation == nil)
  }

  @Test func `the exact rank test needs no draws of twenty beside eighteen runs`() {
    let a = (1...20).map { Double($0) * Double($0).squareRoot() }
    let b = [2.2, 3.3, 9.7, 30.1, 33, 40, 50, 51, 52, 53, 60.5, 70.5, 80.5, 90, 91, 92, 93, 94]
    // mannwhitneyu(a, b, method="exact"); there are no ties.
    let exact = RankTest.p(a, b, random: Random(seed: 0))
    expect(exact?.value, 0.08191097301906922)
    #expect(exact?.isExact == true)
    // More than a hundred runs are drawn.
    let many = (0..<60).map { Double($0) }
    let drawn = RankTest.p(many, many.map { $0 + 6 }, random: Random(seed: 0))
    #expect(drawn?.isExact == false)
    // mannwhitneyu(many, many + 6).pvalue.
    expect(drawn?.value, 0.07304039035575535, within: 0.15)
  }
}
