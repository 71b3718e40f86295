import Specs

/// Which values of an objective are better.
package enum Goal: String, Choice {
  /// Smaller ones.
  case minimize
  /// Larger ones.
  case maximize

  package var alsoCalled: [String] {
    switch self {
    case .minimize: ["min", "minimise", "minimum", "lower"]
    case .maximize: ["max", "maximise", "maximum", "higher"]
    }
  }

  /// A value as something to minimise; failures, which have none or NaN, are infinite.
  package func loss(_ value: Double?) -> Double {
    guard let value, !value.isNaN else { return .infinity }
    return self == .minimize ? value : -value
  }
}
