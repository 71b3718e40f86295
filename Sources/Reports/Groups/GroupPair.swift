import Compute
import Statistics

extension GroupComparison {
  /// A p, and what several comparisons make of it.
  package struct Probability: Codable, Sendable {
    /// The two-sided p.
    package let p: Double
    /// Holm's adjustment for all groups that are compared with the first; nil of one.
    package fileprivate(set) var holm: Double?
    /// The smallest that groups of these sizes can have; nil where there is no such.
    package let smallest: Double?
    /// Whether all arrangements were counted.
    package let isExact: Bool

    init(_ p: PermutationP) { (self.p, smallest, isExact) = (p.value, p.smallest, p.isExact) }

    /// What counts.
    package var adjusted: Double { holm ?? p }
  }

  /// What runs of the same seed say.
  package struct Paired: Codable, Sendable {
    /// How many pairs finished.
    package let pairs: Int
    /// The mean difference with the paired t.
    package let mean: Estimated
    /// The sign-flip test.
    package let signFlip: Probability?
    /// Pearson's r of the pairs.
    package let correlation: Double?
  }

  /// A test that can decide.
  package enum Test: String, Codable, Sendable {
    /// Yuen's, of interquartile means.
    case yuen
    /// Welch's, of means.
    case welch
    /// The rank test.
    case rank
    /// The paired t, where pairs were asked for.
    case paired
  }

  /// What was decided.
  package struct Decision: Codable, Sendable {
    /// By which test.
    package let test: Test
    /// Its p.
    package let p: Double
    /// Its p with Holm's adjustment; nil of one comparison.
    package fileprivate(set) var holm: Double?
    /// The seeds a group with which Welch's test would find an effect as large as the one seen with a power of 80 %; nil of none.
    package let seeds: Int?

    /// What counts.
    package var adjusted: Double { holm ?? p }
    /// Whether the difference is settled.
    package var isSettled: Bool { adjusted < 0.05 }
  }

  /// The difference of two groups, the first minus the other.
  package struct Pair: Codable, Sendable {
    /// The place of the other one among the groups.
    package let other: Int
    /// The difference of interquartile means by Yuen; nil where a group has fewer than 5 runs.
    package let interquartileMean: Estimated?
    /// The difference of means by Welch.
    package let mean: Estimated
    /// The rank test.
    package private(set) var rank: Probability?
    /// The probability that a run of the other is better.
    package let superiority: Estimated
    /// The difference of means in standard deviations, Cohen's d.
    package let cohen: Double?
    /// The same nearly without bias, Hedges' g.
    package let hedges: Double?
    /// Fisher's p of both failing equally often; nil where none failed.
    package let failureP: Double?
    /// Whether of both means only one differs significantly.
    package let isDrivenByOutlyingRuns: Bool
    /// What pairs say, where they were asked for.
    package let paired: Paired?
    /// What was decided; nil where a group has a single run.
    package private(set) var decision: Decision?

    init(_ a: Scores, _ b: Scores, other: Int, of comparisons: Int, isPaired: Bool) {
      let random = Random(seed: 0)
      let difference = GroupDifference(a, b)
      self.other = other
      let fewest = min(a.runs.count, b.runs.count)
      interquartileMean =
        fewest < TrimmedMean.fewest ? nil : Estimated(difference.trimmedMean, withP: true)
      mean = Estimated(difference.mean, withP: true)
      rank = difference.rankP(random: random).map { Probability($0) }
      let better = Superiority(of: b, over: a)
      superiority = Estimated(better.value, better.interval())
      (cohen, hedges) = (difference.effect?.cohen, difference.effect?.hedges)
      failureP = a.failed + b.failed > 0 ? difference.failureP : nil
      isDrivenByOutlyingRuns = fewest >= TrimmedMean.fewest && difference.isDrivenByOutlyingRuns()
      let pairs = isPaired ? PairedDifference(a, b) : nil
      paired = pairs.map {
        Paired(
          pairs: $0.differences.count, mean: Estimated($0.mean, withP: true),
          signFlip: $0.signFlipP(random: random).map { Probability($0) }, correlation: $0.correlation)
      }
      decision = nil
      guard fewest > 1 else { return }
      // What leaves failed runs out cannot decide.
      let isWhole = a.failed + b.failed == 0
      let candidates: [(Test, Double?)] = [
        (.paired, isWhole ? paired?.mean.p : nil), (.yuen, interquartileMean?.p),
        (.welch, isWhole && interquartileMean == nil ? mean.p : nil), (.rank, rank?.p),
      ]
      guard let (test, p) = candidates.first(where: { $0.1 != nil }), let p else { return }
      let seeds = cohen.flatMap { WelchPower.seeds(effect: $0, alpha: 0.05 / Double(comparisons)) }
      decision = Decision(test: test, p: p, seeds: seeds)
    }

    /// The same pairs with Holm's adjustment of what decides and of the rank tests, of more than one.
    static func adjusted(_ pairs: [Pair]) -> [Pair] {
      guard pairs.count > 1 else { return pairs }
      var pairs = pairs
      let decided = pairs.indices.filter { pairs[$0].decision != nil }
      for (place, p) in zip(decided, Holm.adjusted(decided.compactMap { pairs[$0].decision?.p })) {
        pairs[place].decision?.holm = p
      }
      let ranked = pairs.indices.filter { pairs[$0].rank != nil }
      for (place, p) in zip(ranked, Holm.adjusted(ranked.compactMap { pairs[$0].rank?.p })) {
        pairs[place].rank?.holm = p
      }
      return pairs
    }
  }
}
