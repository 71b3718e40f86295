import Compute

/// What it costs that a number is not as large as it should be: softplus(-x), (x - 1)^2 or max(0, 1 - x).
///
/// The cost of a number that should be small is that of its negative.
enum MarginCost: String, CaseIterable, Sendable {
  case nonSaturating = "non_saturating"
  case leastSquares = "least_squares"
  case hinge

  func values(_ x: Tensor, in graph: inout Graph) -> Tensor {
    switch self {
    case .nonSaturating: graph.softplus(graph.scale(x, by: -1))
    case .leastSquares: graph.square(graph.offset(x, by: -1))
    case .hinge: graph.relu(graph.offset(graph.scale(x, by: -1), by: 1))
    }
  }
}
