import Compute
import Statistics
import Testing

struct FailureTests {
  private static let random = Random(seed: 0)

  @Test(arguments: [Scores.Better.lower, .higher])
  func `failed runs are counted and rank worst`(better: Scores.Better) {
    let sign = better == .lower ? 1.0 : -1
    let scores = Scores([7, nil, 6, .nan, .infinity, 8, 5, 9].map { $0.map { sign * $0 } }, better: better)
    #expect(scores.failed == 3)
    #expect(scores.finished == [7, 6, 8, 5, 9].map { sign * $0 })
    #expect(scores.moments.mean == sign * 7)
    #expect(scores.median == sign * 8.5)
    #expect(scores.best == sign * 5 && scores.worst == sign * 9)
    // One more than a quarter.
    #expect(!scores.trimmedMean.estimate.value.isFinite)
    #expect(scores.trimmedMean.estimate.interval() == .none(.failedRuns))
    #expect(scores.failureRate == WilsonInterval(3, of: 8))
  }

  @Test func `a quarter of failed runs leaves the interquartile mean as it is with very bad ones`() {
    let failed = Scores([7.1, 6.8, nil, 6.9, 7.0], better: .lower).trimmedMean
    let bad = Scores([7.1, 6.8, 1e9, 6.9, 7.0], better: .lower).trimmedMean
    #expect(failed == bad)
    #expect(failed.estimate.value == 7)
    #expect(failed.estimate.interval().interval != nil)
  }

  @Test func `groups of which more than a quarter failed have failed runs, not too few`() {
    let scores = Scores([1, 2, 3, 4, 5, nil, nil, nil], better: .lower)
    let difference = GroupDifference(scores, Scores([2, 3, 4, 5, 6, nil, nil, nil], better: .lower))
    #expect(difference.trimmedMean.degeneracy == .failedRuns)
    #expect(difference.trimmedMean.p == nil && difference.trimmedMean.interval() == .none(.failedRuns))
  }

  @Test func `failed runs lose to all others and tie with each other`() {
    let (a, b) = (Scores([1, 2, 3, nil], better: .lower), Scores([4, 5, nil, nil], better: .lower))
    let difference = GroupDifference(a, b)
    expect(difference.superiority.value, (3 * 4 + 1) / 16)
    expect(difference.failureP, 1)
    // Of [1, 2, 3, 7] beside [4, 5, 7, 7]: permutation_test of the difference of mean ranks.
    expect(difference.rankP(random: FailureTests.random)?.value, 14.0 / 70)
    #expect(difference.trimmedMean.value == -.infinity)
    #expect(difference.trimmedMean.p == nil)
    #expect(!difference.isDrivenByOutlyingRuns())
    expect(difference.mean.value, -2.5)
  }

  @Test func `a pair with a failed run is left out and counted`() {
    let pairs = PairedDifference(Scores([1, nil, 3, 4], better: .lower), Scores([2, 2, nil, 4.5], better: .lower))
    #expect(pairs.failed == 2)
    #expect(pairs.differences == [-1, -0.5])
  }

  @Test func `groups without runs, or with one, have no interval and no p`() {
    for runs in [[], [1.0], [nil, nil]] as [[Double?]] {
      let group = Scores(runs, better: .lower)
      #expect(group.moments.estimate.interval().interval == nil)
      #expect(group.trimmedMean.estimate.interval().interval == nil)
      let difference = GroupDifference(group, Scores([1, 2, 4], better: .lower))
      #expect(difference.mean.interval() == .none(.tooFewRuns))
      #expect(difference.trimmedMean.p == nil)
      #expect(difference.effect == nil && difference.seedsToSettle == nil)
      #expect((difference.rankP(random: FailureTests.random) == nil) == runs.isEmpty)
      #expect(difference.superiority.interval().interval == nil || runs.count > 1)
      #expect(group.outlying == [])
    }
    #expect(Scores([], better: .lower).median.isNaN)
  }

  @Test func `equal runs have no spread, and their interval is none`() {
    let equal = Scores([0.1, 0.1, 0.1], better: .higher)
    #expect(equal.moments.estimate.interval() == .none(.noSpread))
    let difference = GroupDifference(equal, Scores([0.3, 0.3, 0.3], better: .higher))
    #expect(difference.mean.interval() == .none(.noSpread))
    #expect(difference.effect == nil)
    #expect(difference.superiority.value == 0)
    expect(difference.rankP(random: FailureTests.random)?.value, 0.1)
    #expect(GroupDifference(equal, equal).superiority.interval() == .none(.noSpread))
    #expect(GroupDifference(equal, equal).rankP(random: FailureTests.random)?.value == 1)
  }

  @Test func `a group that is better in all pairs has an interval with the probability's far end`() throws {
    func far(_ n: Int, _ m: Int) throws -> Double {
      let (a, b) = ((0..<n).map { Double($0) }, (0..<m).map { 100 + Double($0) })
      let better = Superiority(of: Scores(a, better: .lower), over: Scores(b, better: .lower))
      let interval = try #require(better.interval().interval)
      #expect(interval.upper == 1)
      let worse = Superiority(of: Scores(b, better: .lower), over: Scores(a, better: .lower)).interval().interval
      #expect(worse == Interval(lower: 0, upper: 1 - interval.lower))
      return interval.lower
    }
    // Newcombe's equation solved by SciPy's brentq, with t.ppf(.975, n + m - 2).
    expect(try far(3, 3), 0.33657557731537036)
    expect(try far(5, 5), 0.5624444603987977)
    expect(try far(4, 9), 0.6165313525315529)
    expect(try far(20, 20), 0.8920700755381761)
  }

  @Test func `a run is outlying beyond five deviations on the worse side only`() {
    #expect(Scores([7, 7.1, 6.9, 35, 7.2], better: .lower).outlying == [3])
    #expect(Scores([7, 7.1, 6.9, 35, 7.2], better: .higher).outlying == [])
    #expect(Scores([0.97, nil, 0.98, 0.1, 0.96], better: .higher).outlying == [3])
    // Five deviations of 1 from 2.5 are not yet beyond.
    #expect(Scores([1, 2, 3, 7.5], better: .lower).outlying == [])
  }

  @Test func `an outlying run makes Welch and Yuen disagree`() {
    let a = Scores([7.0, 7.1, 6.9, 7.2, 60, 7.05, 6.95, 7.15], better: .lower)
    let b = Scores([8.0, 8.1, 7.9, 8.2, 8.3, 8.05, 7.95, 8.15], better: .lower)
    #expect(GroupDifference(a, b).isDrivenByOutlyingRuns())
  }
}
