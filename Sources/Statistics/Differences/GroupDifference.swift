import Compute

/// The difference of two independent groups, A - B.
package struct GroupDifference: Sendable, Equatable {
  /// The first group.
  package let a: Scores
  /// The second group.
  package let b: Scores

  /// Of two groups with the same direction.
  package init(_ a: Scores, _ b: Scores) {
    precondition(a.better == b.better)
    (self.a, self.b) = (a, b)
  }

  /// The difference of means of the finished runs by Welch's t ("The Generalization of 'Student's' Problem when Several Different
  /// Population Variances are Involved", 1947).
  package var mean: Estimate { a.moments.estimate - b.moments.estimate }

  /// The difference of interquartile means of all runs by Yuen's t ("The Two-Sample Trimmed t for Unequal Population Variances",
  /// 1974).
  package var trimmedMean: Estimate { a.trimmedMean.estimate - b.trimmedMean.estimate }

  /// The difference that decides: that of interquartile means from 5 runs in each group, else that of means.
  package var headline: Estimate {
    min(a.runs.count, b.runs.count) >= TrimmedMean.fewest ? trimmedMean : mean
  }

  /// The exact rank test's p over all runs.
  package func rankP(random: Random) -> PermutationP? { RankTest.p(a.all, b.all, random: random) }

  /// The p of the permutation test of means, of the finished runs.
  package func meanP(random: Random) -> PermutationP? { PermutationTest.p(a.finished, b.finished, random: random) }

  /// The probability that a run of A is better than one of B.
  package var superiority: Superiority { Superiority(of: a, over: b) }

  /// The difference of means in standard deviations, of the finished runs.
  package var effect: EffectSize? { EffectSize(a.moments, b.moments) }

  /// The p of both groups failing equally often, by Fisher's exact test.
  package var failureP: Double { FisherTest.p((a.failed, a.runs.count), (b.failed, b.runs.count)) }

  /// Whether only one of both means' differences is significant: a few outlying runs decide it.
  package func isDrivenByOutlyingRuns(alpha: Double = 0.05) -> Bool {
    guard let welch = mean.p, let yuen = trimmedMean.p else { return false }
    return (welch < alpha) != (yuen < alpha)
  }

  /// The seeds a group by which Welch's test would settle an effect as large as the one seen; nil of none, or of too many.
  package var seedsToSettle: Int? { effect.flatMap { WelchPower.seeds(effect: $0.cohen) } }
}
