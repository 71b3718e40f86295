/// What a run must be like, as `list --where` says it: `loss = wasserstein and not step < 1000`.
///
/// It holds, or not, or cannot be said: what is compared is nothing that the run has. `not` of that cannot be said either, so that
/// a run without a name never fits.
package indirect enum RunCondition: Sendable, CustomStringConvertible {
  /// One name is compared with one value.
  case comparison(FactComparison)
  /// The opposite.
  case not(RunCondition)
  /// All of them.
  case all([RunCondition])
  /// One of them at least.
  case any([RunCondition])

  /// Whether it holds of a run; nil where that cannot be said.
  /// - Parameter fact: what is known of the run under a name.
  package func holds(_ fact: (String) -> Fact?) -> Bool? {
    switch self {
    case .comparison(let comparison): return fact(comparison.name).flatMap(comparison.holds)
    case .not(let inner): return inner.holds(fact).map { !$0 }
    case .all(let parts): return RunCondition.decided(by: false, parts, fact)
    case .any(let parts): return RunCondition.decided(by: true, parts, fact)
    }
  }

  /// What one part with the deciding value makes of all, else nil where one cannot be said.
  private static func decided(by value: Bool, _ parts: [RunCondition], _ fact: (String) -> Fact?) -> Bool? {
    var isKnown = true
    for part in parts {
      let holds = part.holds(fact)
      if holds == value { return value }
      if holds == nil { isKnown = false }
    }
    return isKnown ? !value : nil
  }

  /// The comparisons, from left to right.
  package var comparisons: [FactComparison] {
    switch self {
    case .comparison(let comparison): [comparison]
    case .not(let inner): inner.comparisons
    case .all(let parts), .any(let parts): parts.flatMap(\.comparisons)
    }
  }

  /// The condition with parentheses around all but comparisons.
  package var description: String {
    switch self {
    case .comparison(let comparison): comparison.description
    case .not(let inner): "(not \(inner))"
    case .all(let parts): "(" + parts.map(\.description).joined(separator: " and ") + ")"
    case .any(let parts): "(" + parts.map(\.description).joined(separator: " or ") + ")"
    }
  }
}
