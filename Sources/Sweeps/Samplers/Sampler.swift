import Specs

/// A way to choose the assignments of trials.
package protocol Sampler: CatalogItem {
  /// Whether assignments depend on the results of earlier trials.
  var isAdaptive: Bool { get }
  /// How much of its training each trial gets.
  var allocation: Allocation { get }
  /// Whether it has assignments of its own, without a space.
  var lists: Bool { get }
  /// How many trials there are; nil where there may be any number.
  func count(in space: Space) -> Int?
  /// Reports what does not go with a space.
  /// - Parameter mark: the place of the sampler in the text.
  func check(_ space: Space, at mark: Mark, _ diagnostics: Diagnostics)
  /// The assignment of a trial.
  /// - Parameters:
  ///   - trial: its number, from 0, below the number of trials.
  ///   - observations: of an adaptive sampler all trials before it, in their order; others read none.
  func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment
}

extension Sampler {
  package var isAdaptive: Bool { false }
  package var allocation: Allocation { .whole }
  package var lists: Bool { false }
  package func count(in space: Space) -> Int? { nil }
  package func check(_ space: Space, at mark: Mark, _ diagnostics: Diagnostics) {}

  static var entry: Catalog<any Sampler>.Entry {
    Catalog<any Sampler>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// The methods that a sweep can name.
package enum MethodCatalog {
  /// Every method, one line each.
  package static let all = Catalog<any Sampler>(
    noun: "method",
    [
      GridSampler.entry,
      ListSampler.entry,
      RandomSampler.entry,
      SobolSampler.entry,
      LatinSampler.entry,
      HalvingMethod.entry,
      HyperbandMethod.entry,
      AsynchronousMethod.entry,
      TreeParzenSampler.entry,
    ])

  /// Those whose trials do not depend on earlier ones, for methods that train them in part.
  package static let independent = Catalog<any Sampler>(
    noun: "sampler",
    [
      GridSampler.entry,
      ListSampler.entry,
      RandomSampler.entry,
      SobolSampler.entry,
      LatinSampler.entry,
    ])
}
