import Specs

/// A sweep: many trials of one spec with other values of its parameters, and what is done with the best.
package struct Sweep: Sendable {
  /// Trials that are searched by themselves: all of them, or those of a value of the parameter `each`.
  package struct Stratum: Sendable {
    /// The value; nil where there is one stratum.
    package let value: Node?
    /// What its assignments follow from.
    package let search: Search

    /// The value as a text; empty where there is one stratum.
    package var label: String { value.map(Emitter.flowText) ?? "" }
  }

  /// What follows the search: the best trials of each stratum, with other seeds.
  package struct Finale: Sendable {
    /// How many of each stratum.
    package let best: Int
    /// Their seeds.
    package let seeds: [UInt64]
    /// The place of the seeds.
    package let mark: Mark
  }

  /// The name of its folder; nil for that of its file.
  package let name: String?
  /// The path of the spec that it begins from, relative to its file; nil where the file itself has the spec.
  package let baseSpec: Node?
  /// Which trials there are, and how long they train.
  package let method: any Sampler
  /// The searches, one or one a value of the parameter `each`.
  package let strata: [Stratum]
  /// The parameter that makes the strata.
  package let each: String?
  /// The place of the method.
  package let methodMark: Mark
  /// What it looks for.
  package let objective: Objective
  /// The place of the metric.
  package let metricMark: Mark
  /// The seeds of a trial; nil for the one of the spec.
  package let seeds: [UInt64]?
  /// The rungs of methods that train trials in part.
  package let rungs: Rungs?
  /// The place of the rungs.
  package let rungsMark: Mark
  /// How many trials are thought of as running at once.
  package let parallel: Int
  /// What follows; nil for nothing.
  package let finale: Finale?

  /// All trials, stratum by stratum.
  package var trialCount: Int { strata.reduce(0) { $0 + $1.search.trials } }

  /// The parameters.
  package var parameters: [Parameter] { strata.first?.search.space.parameters ?? [] }
}
