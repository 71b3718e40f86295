// Losses and regularizers.
extension SpecDraw {
  mutating func loss() -> String {
    let flipping = "label_flipping: \(number(0.05...0.3))"
    let cost = "cost: \(pick(["non_saturating", "least_squares", "hinge"]))"
    switch integer(0...11) {
    case 0: return value("minimax", [], ["label_smoothing: \(number(0.05...0.3))", flipping])
    case 1:
      return value(
        "least_squares", [],
        [
          "real_label: \(number(0.8...1))", "generated_label: \(number(-1...0))", "generator_label: \(number(0...1))",
          flipping,
        ])
    case 2: return "wasserstein"
    case 3, 4: return "hinge"
    case 5, 6: return value("relativistic", [], [cost])
    case 7: return value("relativistic_average", [], [cost])
    case 8: return value("energy_based", [], ["margin: \(number(0.5...10))"])
    case 9: return value("boundary_equilibrium", [], ["gamma: \(number(0.3...0.9))", "lambda: \(number(0.001...0.1))"])
    default: return value("non_saturating", [], ["label_smoothing: \(number(0.05...0.3))", flipping])
    }
  }

  /// An entry of the list of regularizers.
  mutating func regularizer(isOfImages: Bool) -> String {
    let every = "every: \(pick([1, 2, 2, 4]))"
    let weight = "weight: \(number(0.001...0.5))"
    let network = "network: \(pick(["generator", "discriminator", "both"]))"
    let penalty = [weight, "center: \(number(0...1))", "one_sided: \(truth())", every]
    switch integer(isOfImages ? 0...11 : 1...11) {
    case 0: return value("consistency", [weight], ["translation: \(number(0.1...0.4))"])
    case 1: return value("gradient_penalty", [], penalty)
    case 2: return value("dragan", [], penalty + ["noise: \(number(0.1...1))"])
    case 3: return value("r1", [], ["gamma: \(number(0.01...1))", every])
    case 4: return value("r2", [], ["gamma: \(number(0.01...1))", every])
    case 5: return value("weight_clipping", [], ["limit: \(number(0.02...0.5))"])
    case 6: return value("weight_decay", [], [weight, network])
    case 7: return value("lecam", [], [weight, "decay: \(number(0.5...0.99))"])
    case 8: return value("orthogonal", [], [weight, network])
    case 9: return value("feature_matching", [], [weight, "layer: \(pick([-2, -2, 0, -1]))"])
    case 10: return value("max_norm", [], ["limit: \(number(0.1...2))", network])
    default: return value("historical_averaging", [], [weight, network])
    }
  }
}
