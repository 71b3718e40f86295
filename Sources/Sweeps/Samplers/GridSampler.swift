import Specs

/// Grid search: every combination of the values of all parameters, the last parameter changing fastest.
///
/// A parameter that is not active adds no combinations, so none occurs twice.
package struct GridSampler: Sampler {
  package static let name = "grid"
  package static let summary = "every combination of all values; ranges need a step or points"
  package static let alsoCalled = ["grid_search", "product", "exhaustive"]

  /// How many combinations a grid may have.
  package static let limit = 100_000

  package init(from fields: inout Fields) {}

  /// The grid sampler, which has no settings.
  package init() {}

  package func check(_ space: Space, at mark: Mark, _ diagnostics: Diagnostics) {
    for parameter in space.parameters where parameter.distribution.values == nil {
      diagnostics.error(
        "a grid needs the values of \(parameter.key), which may be any number of a range", at: parameter.mark,
        remedy: "give it a choice, a step or points: 5")
    }
    guard !diagnostics.hasErrors, count(in: space) == nil else { return }
    diagnostics.error(
      "a grid of more than \(GridSampler.limit) combinations", at: mark,
      remedy: "give the parameters fewer values, or sample: random, sobol, latin, tpe")
  }

  /// The number of combinations; nil where there are infinitely many, or more than the limit.
  package func count(in space: Space) -> Int? {
    var count = 0
    let isWhole = GridSampler.forEach(in: space) { _ in
      count += 1
      return count <= GridSampler.limit
    }
    return isWhole ? count : nil
  }

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    if search.space.parameters.allSatisfy(\.conditions.isEmpty) {
      return GridSampler.product(of: search.space, trial)
    }
    var left = trial
    var found: [Node?] = []
    _ = GridSampler.forEach(in: search.space) { values in
      if left == 0 { found = values }
      left -= 1
      return left >= 0
    }
    precondition(!found.isEmpty, "a trial beyond the grid")
    return search.space.assignment(of: found)
  }

  /// The combination of a number where no parameter has conditions: its digits in the mixed base of the numbers of values.
  private static func product(of space: Space, _ trial: Int) -> Assignment {
    var left = trial
    var values = [Node?](repeating: nil, count: space.parameters.count)
    for (place, parameter) in space.parameters.enumerated().reversed() {
      let own = parameter.distribution.values ?? []
      values[place] = own[left % own.count]
      left /= own.count
    }
    return space.assignment(of: values)
  }

  /// Visits all combinations in order until `visit` says no; whether all were visited, and finitely many.
  private static func forEach(in space: Space, _ visit: ([Node?]) -> Bool) -> Bool {
    let all = space.parameters.compactMap(\.distribution.values)
    guard all.count == space.parameters.count else { return false }
    var values = [Node?](repeating: nil, count: all.count)
    func descend(_ depth: Int) -> Bool {
      guard depth < space.order.count else { return visit(values) }
      let place = space.order[depth]
      guard space.isActive(place, values) else { return descend(depth + 1) }
      for value in all[place] {
        values[place] = value
        guard descend(depth + 1) else { return false }
      }
      values[place] = nil
      return true
    }
    return descend(0)
  }
}
