import Compute
import Statistics

/// A distribution of runs' scores of which the truth is known; lower is better.
struct World: Sendable {
  let name: String
  /// The interquartile mean of the distribution itself.
  let truth: Double
  /// A score made of a standard normal and a uniform value.
  let score: @Sendable (_ normal: Double, _ uniform: Double) -> Double

  static let all = [normal, lognormal, collapse]

  static let normal = World(name: "normal", truth: 0) { z, _ in z }

  /// e^(0.6 Z): the mean between its quartiles, 2 e^(0.18) (Phi(q - 0.6) - Phi(-q - 0.6)), q being Z's upper quartile.
  static let lognormal = World(name: "lognormal, sigma 0.6", truth: lognormalTruth) { z, _ in
    CorrectlyRounded.exponential(0.6 * z)
  }

  private static var lognormalTruth: Double {
    let q = NormalDistribution.quantile(upper: 0.25)
    let inside = NormalDistribution.cumulative(q - 0.6) - NormalDistribution.cumulative(-q - 0.6)
    return 2 * CorrectlyRounded.exponential(0.18) * inside
  }

  /// 10 + Z, and of one run in ten five times as much, which is never between the quartiles: these are Z's quantiles of 0.25 / 0.9
  /// and 0.75 / 0.9, and between them the mean is 10 + 2 * 0.9 (density(q1) - density(q3)).
  static let collapse = World(name: "collapse, one in ten scores 5 x worse", truth: collapseTruth) { z, u in
    (u < 0.1 ? 5 : 1) * (10 + z)
  }

  private static var collapseTruth: Double {
    let (q1, q3) = (NormalDistribution.quantile(0.25 / 0.9), NormalDistribution.quantile(0.75 / 0.9))
    return 10 + 1.8 * (NormalDistribution.density(q1) - NormalDistribution.density(q3))
  }

  /// The scores of `n` runs, of draw and group.
  func runs(_ n: Int, draw: Int, group: String) -> Scores {
    let random = Random(seed: 0)
    let normal = random.normal(stream: "statistics/worlds/\(group)/normal", step: UInt32(draw), count: n)
    let uniform = random.uniform(stream: "statistics/worlds/\(group)/uniform", step: UInt32(draw), count: n)
    return Scores(zip(normal, uniform).map { score(Double($0), Double($1)) }, better: .lower)
  }
}

/// How often intervals cover the truth and tests find what is not there, in a world with so many runs a group.
struct Trial: Sendable {
  let world: World
  let n: Int
  /// Shares of draws: the interval of the interquartile mean covers its truth; that of the mean, by Student's t, the mean's.
  private(set) var coverage = 0.0
  /// Shares of draws with p < .05 though both groups are of one world.
  private(set) var yuen = 0.0
  private(set) var welch = 0.0
  private(set) var rank = 0.0
  /// The interval of P(A better) covers 1/2.
  private(set) var superiority = 0.0

  init(_ world: World, runs n: Int, draws: Int) {
    (self.world, self.n) = (world, n)
    for draw in 0..<draws {
      let (a, b) = (world.runs(n, draw: draw, group: "a"), world.runs(n, draw: draw, group: "b"))
      let difference = GroupDifference(a, b)
      if a.trimmedMean.estimate.interval().interval?.contains(world.truth) ?? false { coverage += 1 }
      if difference.headline.p ?? 1 < 0.05 { yuen += 1 }
      if difference.mean.p ?? 1 < 0.05 { welch += 1 }
      if difference.rankP(random: Random(seed: 0))?.value ?? 1 < 0.05 { rank += 1 }
      if difference.superiority.interval().interval?.contains(0.5) ?? false { superiority += 1 }
    }
    let all = Double(draws)
    coverage /= all
    yuen /= all
    welch /= all
    rank /= all
    superiority /= all
  }
}
