/// Hyperband: successive halving several times, from many trials for a short time to few for the whole.
///
/// With s_max = floor(log_eta(R / r)), bracket s = s_max ... 0 begins with n trials at R eta^-s steps; rung k of it is at R eta^(k - s). (Li,
/// Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization", 2018.)
package struct HyperbandPlan: Sendable, Equatable {
  /// How many trials a bracket begins with.
  package enum Count: Sendable {
    /// n = ceil((s_max + 1) eta^s / (s + 1)), as in the paper and in Optuna: 81, 34, 15, 8, 5 of R = 81 and eta = 3.
    case ceiling
    /// n = floor((s_max + 1) / (s + 1)) eta^s, as in HpBandSter: 81, 27, 9, 6, 5.
    case multiple
  }

  /// The brackets, that of most trials first.
  package let brackets: [HalvingPlan]

  /// The plan from at least `first` steps to `last`.
  package init(from first: Int, to last: Int, factor: Int, count: Count = .ceiling) {
    precondition(first >= 1 && last >= first && factor >= 2)
    let top = HalvingPlan.floorLogarithm(of: last / first, base: factor)
    brackets = (0...top).reversed().map { s in
      let power = HalvingPlan.power(factor, s)
      let trials =
        switch count {
        case .ceiling: ((top + 1) * power + s) / (s + 1)
        case .multiple: (top + 1) / (s + 1) * power
        }
      return HalvingPlan(
        trials: trials, steps: (0...s).map { last / HalvingPlan.power(factor, s - $0) }, factor: factor)
    }
  }

  /// How many trials there are in all.
  package var trials: Int { brackets.reduce(0) { $0 + $1.rungs[0].trials } }

  /// The numbers of a bracket's trials.
  package func trials(of bracket: Int) -> Range<Int> {
    let first = brackets[..<bracket].reduce(0) { $0 + $1.rungs[0].trials }
    return first..<first + brackets[bracket].rungs[0].trials
  }
}
