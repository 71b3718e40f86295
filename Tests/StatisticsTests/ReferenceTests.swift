import Compute
import Statistics
import Testing

/// SciPy's values of groups and pairs with ties.
struct ReferenceTests {
  private static let random = Random(seed: 5)

  @Test(arguments: Row.all) func `differences of two groups are SciPy's`(row: Row) {
    let (a, b) = (Scores(row.a, better: .lower), Scores(row.b, better: .lower))
    let difference = GroupDifference(a, b)
    for (estimate, known) in [(difference.mean, row.welch), (difference.trimmedMean, row.yuen)] {
      expect(estimate.t, known[0])
      expect(estimate.degreesOfFreedom, known[1])
      expect(estimate.p, known[2])
      expect(estimate.interval().interval?.lower, known[3])
      expect(estimate.interval().interval?.upper, known[4])
    }
    if let rank = row.rank { expect(difference.rankP(random: ReferenceTests.random)?.value, rank) }
    let means = difference.meanP(random: ReferenceTests.random)
    #expect(means?.isExact == (row.means != nil))
    if let known = row.means { expect(means?.value, known) }
    expect(difference.superiority.value, row.superiority[0])
    expect(difference.superiority.interval().interval?.lower, row.superiority[1])
    expect(difference.superiority.interval().interval?.upper, row.superiority[2])
    expect(difference.effect?.cohen, row.cohen)
    expect(difference.effect?.hedges, row.cohen * (1 - 3 / Double(4 * (row.a.count + row.b.count - 2) - 1)))
  }

  @Test(arguments: Row.all) func `the interquartile mean and its interval are SciPy's`(row: Row) {
    let estimate = Scores(row.a, better: .lower).trimmedMean.estimate
    expect(estimate.value, row.trimmed[0])
    guard row.trimmed[1] < row.trimmed[2] else {
      // All runs but the cut ones are equal.
      #expect(estimate.interval() == .none(.noSpread))
      return
    }
    expect(estimate.interval().interval?.lower, row.trimmed[1])
    expect(estimate.interval().interval?.upper, row.trimmed[2])
  }

  @Test(arguments: Row.all) func `the other way round every difference is the opposite`(row: Row) throws {
    let (a, b) = (Scores(row.a, better: .lower), Scores(row.b, better: .lower))
    let (there, back) = (GroupDifference(a, b), GroupDifference(b, a))
    expect(back.trimmedMean.value, -there.trimmedMean.value, within: 1e-14)
    expect(back.trimmedMean.p, try #require(there.trimmedMean.p), within: 1e-14)
    expect(back.superiority.value, 1 - there.superiority.value, within: 1e-14)
    #expect(back.rankP(random: ReferenceTests.random) == there.rankP(random: ReferenceTests.random))
    // Scores that are better when higher, with the opposite sign: the same comparison.
    let mirrored = GroupDifference(
      Scores(row.a.map { -$0 }, better: .higher), Scores(row.b.map { -$0 }, better: .higher))
    #expect(mirrored.superiority == there.superiority)
    expect(mirrored.trimmedMean.p, try #require(there.trimmedMean.p), within: 1e-13)
  }

  @Test(arguments: Pairs.all) func `differences of pairs are SciPy's`(pairs: Pairs) {
    let difference = PairedDifference(Scores(pairs.a, better: .lower), Scores(pairs.b, better: .lower))
    expect(difference.mean.t, pairs.t[0])
    expect(difference.mean.p, pairs.t[1])
    // An end near 0 keeps the digits of what it is the difference of.
    let interval = difference.mean.interval().interval
    #expect(abs((interval?.lower ?? .nan) - pairs.t[2]) < 1e-11)
    #expect(abs((interval?.upper ?? .nan) - pairs.t[3]) < 1e-11)
    let p = difference.signFlipP(random: ReferenceTests.random)
    #expect(p?.isExact == (pairs.signFlip != nil))
    if let known = pairs.signFlip { expect(p?.value, known) }
    #expect(abs((difference.correlation ?? .nan) - pairs.r) < 1e-12)
  }
}
