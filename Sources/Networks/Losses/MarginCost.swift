import Compute
import Specs

/// What it costs that a number is not as large as it should be: softplus(-x), (x - 1)^2 or max(0, 1 - x).
///
/// The cost of a number that should be small is that of its negative.
enum MarginCost: String, Choice {
  case nonSaturating = "non_saturating"
  case leastSquares = "least_squares"
  case hinge

  package var alsoCalled: [String] {
    switch self {
    case .nonSaturating: NonSaturating.alsoCalled
    case .leastSquares: LeastSquares.alsoCalled
    case .hinge: Hinge.alsoCalled
    }
  }

  func values(_ x: Tensor) -> Tensor {
    switch self {
    case .nonSaturating: (-x).softplus()
    case .leastSquares: (x - 1).square()
    case .hinge: (1 - x).relu()
    }
  }
}
