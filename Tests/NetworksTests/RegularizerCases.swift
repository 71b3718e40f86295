import Foundation
import Networks
import Testing

extension RegularizerTests {
  /// What is kept from step to step, by name.
  typealias Kept = [String: [Double]]

  /// A regularizer as a spec gives it, with its formula in Double.
  struct Case: Sendable, CustomTestStringConvertible {
    enum Formula: Sendable {
      /// The term of each of some networks, where `before` is what was kept before the step and `after` what `moved` makes of it.
      case term(
        of: RegularizedNetworks, moved: @Sendable (ReferenceCritic, Kept) -> Kept,
        @Sendable (_ at: ReferenceCritic, _ before: Kept, _ after: Kept) -> Double)
      /// What the values of the discriminator's parameters become.
      case rule(@Sendable (Double) -> Double)
      /// What the weights of each filter of some networks become.
      case filterRule(of: RegularizedNetworks, @Sendable ([Double]) -> [Double])
    }

    let text: String
    let every: Int
    let formula: Formula
    var name: String { String(text.prefix { $0 != ":" }) }
    var testDescription: String { text }

    init(_ text: String, every: Int = 1, _ formula: Formula) {
      self.text = text
      self.every = every
      self.formula = formula
    }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  private static func meanSquare(_ values: [Double]) -> Double { mean(values.map { $0 * $0 }) }

  /// A term that keeps nothing.
  private static func term(
    of networks: RegularizedNetworks = .discriminator, _ formula: @escaping @Sendable (ReferenceCritic) -> Double
  ) -> Case.Formula {
    .term(of: networks, moved: { _, _ in [:] }) { critic, _, _ in formula(critic) }
  }

  /// weight mean (|grad D| - center)^2 of some points with the classes of the real samples.
  private static func penalty(
    weight: Double = 10, center: Double = 1, isOneSided: Bool = false, pass: String,
    at points: @escaping @Sendable (ReferenceCritic) -> [Double]
  ) -> Case.Formula {
    term { critic in
      let batch = ReferenceBatch(values: points(critic), labels: critic.real.labels)
      let excess = critic.squaredSlopes(batch, pass: pass).map { ($0 + 1e-12).squareRoot() - center }
      // Else one side would be both, or none.
      let isMixed = excess.contains { $0 > 0 } && excess.contains { $0 < 0 }
      #expect(!isOneSided || isMixed, "the norms less center: \(excess)")
      return weight * meanSquare(isOneSided ? excess.map { max(0, $0) } : excess)
    }
  }

  /// a x + (1 - a) g.
  private static func mixed(_ critic: ReferenceCritic) -> [Double] {
    let draw = critic.draw("gradient_penalty/mix/1")
    return critic.real.values.indices.map { place in
      let a = draw.uniform(place / ReferenceCritic.inputs)
      return a * critic.real.values[place] + (1 - a) * critic.generated.values[place]
    }
  }

  /// x + a noise std u.
  private static func disturbed(_ critic: ReferenceCritic, noise: Double) -> [Double] {
    let x = critic.real.values
    let deviation = meanSquare(x.map { $0 - mean(x) }).squareRoot()
    let (u, a) = (critic.draw("dragan/noise/1"), critic.draw("dragan/mix/1"))
    return x.indices.map { x[$0] + a.uniform($0 / ReferenceCritic.inputs) * noise * deviation * u.uniform($0) }
  }

  /// Images moved down and right by the integers nearest to (u - 1/2) (2 floor(4 r + 1/2) + 1); zeros come in.
  private static func moved(_ critic: ReferenceCritic, ratio: Double) -> ReferenceBatch {
    let draw = critic.draw("consistency/translation/1")
    var batch = critic.real
    let range = 2 * (4 * ratio + 0.5).rounded(.down) + 1
    for n in 0..<batch.count {
      let (down, right) = (
        Int(((draw.uniform(2 * n) - 0.5) * range).rounded()), Int(((draw.uniform(2 * n + 1) - 0.5) * range).rounded())
      )
      for (row, column) in (0..<4).flatMap({ row in (0..<4).map { (row, $0) } }) {
        let (from, across) = (row - down, column - right)
        let isInside = (0..<4).contains(from) && (0..<4).contains(across)
        batch.values[n * 16 + 4 * row + column] = isInside ? critic.real.values[n * 16 + 4 * from + across] : 0
      }
    }
    return batch
  }

  private static func consistency(weight: Double, ratio: Double) -> Case.Formula {
    term { critic in
      let scores = critic.scores(critic.real, pass: "real/1")
      let others = critic.scores(moved(critic, ratio: ratio), pass: "consistency/1")
      return weight * meanSquare(zip(scores, others).map { $0 - $1 })
    }
  }

  private static func lecam(weight: Double, decay: Double) -> Case.Formula {
    @Sendable func scores(_ critic: ReferenceCritic) -> Kept {
      [
        "real": critic.scores(critic.real, pass: "real/1"),
        "generated": critic.scores(critic.generated, pass: "generated/1"),
      ]
    }
    return .term(
      of: .discriminator,
      moved: { critic, before in
        before.merging(scores(critic)) { old, scores in [decay * old[0] + (1 - decay) * mean(scores)] }
      }
    ) { critic, before, _ in
      let found = scores(critic)
      func distance(_ kind: String, _ other: String) -> Double {
        meanSquare((found[kind] ?? []).map { $0 - (before[other]?[0] ?? .nan) })
      }
      return weight * (distance("real", "generated") + distance("generated", "real"))
    }
  }

  private static func weightDecay(_ weight: Double, of networks: RegularizedNetworks) -> Case.Formula {
    term(of: networks) { critic in
      weight / 2 * critic.kernelFilters().joined().joined().reduce(0) { $0 + $1 * $1 }
    }
  }

  private static func maxNorm(_ limit: Double, of networks: RegularizedNetworks) -> Case.Formula {
    .filterRule(of: networks) { weights in
      let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return norm > limit ? weights.map { $0 / norm * limit } : weights
    }
  }

  private static func orthogonal(_ weight: Double, of networks: RegularizedNetworks) -> Case.Formula {
    term(of: networks) { critic in
      var sum = 0.0
      for filters in critic.kernelFilters() {
        for (number, filter) in filters.enumerated() {
          for (otherNumber, other) in filters.enumerated() where number != otherNumber {
            let product = zip(filter, other).reduce(0) { $0 + $1.0 * $1.1 }
            sum += product * product
          }
        }
      }
      return weight * sum
    }
  }

  private static func historicalAveraging(_ weight: Double, of networks: RegularizedNetworks) -> Case.Formula {
    .term(
      of: networks,
      moved: { critic, before in
        before.merging(critic.own) { old, values in
          zip(old, values).map { $0 + ($1 - $0) / Double(critic.trainingStep) }
        }
      }
    ) { critic, _, after in
      critic.own.reduce(0) { sum, parameter in
        zip(parameter.value, after[parameter.key] ?? []).reduce(sum) { $0 + weight * ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
    }
  }

  private static func featureMatching(_ weight: Double, layer: Int) -> Case.Formula {
    term(of: .generator) { critic in
      let means = [critic.real, critic.generated].map { critic.meanFeatures($0, layer: layer, pass: "generator/1") }
      return weight * zip(means[0], means[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
  }

  static let cases: [Case] = [
    Case("gradient_penalty: {}", penalty(pass: "gradient_penalty/1", at: mixed)),
    Case(
      "gradient_penalty: {weight: 2, center: 0.5, one_sided: true, every: 3}", every: 3,
      penalty(weight: 2, center: 0.5, isOneSided: true, pass: "gradient_penalty/1", at: mixed)),
    Case("dragan: {}", penalty(pass: "dragan/1") { disturbed($0, noise: 0.5) }),
    Case(
      "dragan: {weight: 3, center: 1.2, noise: 2, one_sided: true}",
      penalty(weight: 3, center: 1.2, isOneSided: true, pass: "dragan/1") { disturbed($0, noise: 2) }),
    Case("r1: {}", term { 10 / 2 * mean($0.squaredSlopes($0.real, pass: "r1/1")) }),
    Case("r1: {gamma: 0.3, every: 16}", every: 16, term { 0.3 / 2 * mean($0.squaredSlopes($0.real, pass: "r1/1")) }),
    Case("r2: {}", term { 10 / 2 * mean($0.squaredSlopes($0.generated, pass: "r2/1")) }),
    Case("lecam: {}", lecam(weight: 0.3, decay: 0.99)),
    Case("lecam: {weight: 2, decay: 0.75}", lecam(weight: 2, decay: 0.75)),
    Case("consistency: {}", consistency(weight: 10, ratio: 0.125)),
    Case("consistency: {weight: 1, translation: 0.5}", consistency(weight: 1, ratio: 0.5)),
    Case("weight_decay: {}", weightDecay(1e-4, of: .both)),
    Case("weight_decay: {weight: 0.2, network: discriminator}", weightDecay(0.2, of: .discriminator)),
    Case("orthogonal: {}", orthogonal(1e-4, of: .generator)),
    Case("orthogonal: {weight: 0.5, network: both}", orthogonal(0.5, of: .both)),
    Case("historical_averaging: {}", historicalAveraging(0.01, of: .both)),
    Case(
      "historical_averaging: {weight: 2, network: generator}", historicalAveraging(2, of: .generator)),
    Case("feature_matching: {}", featureMatching(1, layer: 3)),
    Case("feature_matching: {weight: 0.5, layer: 2}", featureMatching(0.5, layer: 2)),
    Case("feature_matching: {layer: -1}", featureMatching(1, layer: 4)),
    Case("weight_clipping: {}", .rule { min(max($0, -0.01), 0.01) }),
    Case("weight_clipping: {limit: 0.4}", .rule { min(max($0, -0.4), 0.4) }),
    Case("max_norm: {}", maxNorm(2, of: .discriminator)),
    Case("max_norm: {limit: 0.7, network: both}", maxNorm(0.7, of: .both)),
  ]
}
