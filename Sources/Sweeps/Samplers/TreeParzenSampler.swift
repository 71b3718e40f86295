import Specs

/// The tree-structured Parzen estimator (TPE): where good trials are denser than the others.
///
/// The first 10 trials are random. Then, of n ended trials, the ceil(n / 10) best, at most 25, make the density l and all others,
/// those that still run among them, the density g; of 24 candidates drawn from l that with the largest ln l - ln g is taken, the
/// first of equals. Densities are `ParzenEstimator`s over all parameters of a group at once.
///
/// **Groups.** Parameters with the same conditions, and the same conditions of those that these ask, are active in the same trials:
/// they are a group with densities of its own, made of the trials in which it was active. Where there are no conditions, there is
/// one group.
///
/// **Running trials.** Trial i reads the results of the trials before i - parallel + 1 alone; later ones count as running, whether or
/// not they have ended. So it depends on no race.
///
/// **Streams.** Candidate c of trial i takes the component at the uniform number c of `sweep/tpe/component/KEY`, KEY the group's first
/// parameter, and the position on each axis at that of `sweep/tpe/parameter/KEY`, both at step i.
///
/// (Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", 2011; the choices of its details are those
/// of Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components and Their Roles for Better Empirical
/// Performance", 2023.)
package struct TreeParzenSampler: Sampler {
  package static let name = "tpe"
  package static let summary =
    "the tree-structured Parzen estimator: values where good trials are denser than the others"
  package static let alsoCalled = ["bayes", "bayesian", "parzen", "hyperopt", "optuna"]

  /// How many trials are random.
  package let startup: Int
  /// How many candidates there are.
  package let candidates: Int

  package init(from fields: inout Fields) {
    startup = fields.integer(
      FieldName("startup", alsoCalled: ["n_startup_trials", "n_startup_jobs"]), in: 1...10000, default: 10,
      "how many trials must have ended before values are chosen; until then they are random")
    candidates = fields.integer(
      FieldName("candidates", alsoCalled: ["n_ei_candidates"]), in: 1...10000, default: 24,
      "how many values are drawn, of which the best is taken")
  }

  /// The sampler with these settings.
  package init(startup: Int = 10, candidates: Int = 24) { (self.startup, self.candidates) = (startup, candidates) }

  package var isAdaptive: Bool { true }

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    precondition(
      observations.count >= trial && observations.prefix(trial).enumerated().allSatisfy { $0 == $1.trial },
      "all earlier trials")
    let known = observations.prefix(trial).map { observation in
      observation.trial + search.parallel <= trial
        ? observation
        : Observation(trial: observation.trial, assignment: observation.assignment, outcome: .running)
    }
    let split = TrialSplit(known, goal: search.goal)
    guard split.ended >= startup else {
      return RandomSampler().assignment(of: trial, in: search, after: [])
    }
    let space = search.space
    var chosen = [Node?](repeating: nil, count: space.parameters.count)
    for group in space.groups {
      let densities = Densities(of: group.map { space.parameters[$0] }, split)
      let best = densities.best(of: draws(for: group, trial, search, from: densities.good))
      for (place, position) in zip(group, best) {
        chosen[place] = space.parameters[place].distribution.value(atPosition: position)
      }
    }
    return space.assignment { place in chosen[place] ?? space.parameters[place].distribution.value(at: 0) }
  }

  /// Candidates from the density of good trials.
  private func draws(
    for group: [Int], _ trial: Int, _ search: Search, from density: ParzenEstimator
  ) -> [[Double]] {
    let keys = group.map { search.space.parameters[$0].key }
    let components = search.uniforms("sweep/tpe/component/\(keys[0])", trial: trial, count: candidates)
    let points = keys.map { search.uniforms("sweep/tpe/parameter/\($0)", trial: trial, count: candidates) }
    return components.enumerated().map { number, u in
      density.positions(of: density.component(at: u), at: points.map { $0[number] })
    }
  }
}
