/// What a parameter is to its layer: which regularizers take it does not depend on its name or shape.
package enum ParameterRole: Sendable, Hashable {
  /// The weights of sums over inputs; the last axis is that of the filters (of a dense layer: the units).
  case kernel
  /// The kernel of a transposed convolution; the last axis but one is that of the filters.
  case transposedKernel
  /// What is added to such sums.
  case bias
  /// What normalized, attended or negative values are multiplied by: gamma, alpha.
  case scale
  /// What is added to normalized values: beta.
  case shift
  /// A vector for each class.
  case embeddings

  /// Whether it weights sums over inputs.
  package var isKernel: Bool { self == .kernel || self == .transposedKernel }

  /// The axis of the filters of a kernel of a rank.
  func filterAxis(rank: Int) -> Int { self == .transposedKernel ? rank - 2 : rank - 1 }
}
