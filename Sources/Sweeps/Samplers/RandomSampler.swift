import Specs

/// Random search: independent values, each by a uniform number of its own stream.
///
/// (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", 2012.)
package struct RandomSampler: Sampler {
  package static let name = "random"
  package static let summary = "independent random values"
  package static let alsoCalled = ["random_search", "uniform"]

  package init(from fields: inout Fields) {}

  /// The random sampler, which has no settings.
  package init() {}

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    search.space.assignment(at: search.point(of: trial))
  }
}
