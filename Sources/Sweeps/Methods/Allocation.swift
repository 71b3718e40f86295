import Specs

/// How much of its training each trial of a sweep gets.
package enum Allocation: Sendable {
  /// All of it.
  case whole
  /// Successive halving: the best of a rung go on, once all have ended it.
  case halving
  /// Successive halving several times, from many short trials to few long ones.
  case hyperband
  /// Successive halving without waiting: a trial goes on as soon as it is among the best of its rung so far.
  case asynchronous
}

/// A method that trains most trials in part; their assignments are those of a sampler.
protocol PartialMethod: Sampler {
  /// Where assignments come from.
  var sampler: any Sampler { get }
}

extension PartialMethod {
  package var lists: Bool { sampler.lists }

  package func count(in space: Space) -> Int? { sampler.count(in: space) }

  package func check(_ space: Space, at mark: Mark, _ diagnostics: Diagnostics) {
    sampler.check(space, at: mark, diagnostics)
  }

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    sampler.assignment(of: trial, in: search, after: observations)
  }

  /// Reads the sampler.
  static func sampler(from fields: inout Fields) -> any Sampler {
    fields.item(
      FieldName("sampler", alsoCalled: ["search", "searcher"]), of: MethodCatalog.independent, default: "random",
      "where the values of the trials come from") ?? RandomSampler()
  }
}
