import Compute
import Specs

/// The weights of each filter w with a Euclidean norm of at most `limit` after each update of their network,
/// w <- w min(1, limit / |w|) (Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014).
///
/// The filters of a dense layer are its units' columns; those of a transposed convolution are its third axis. Biases, scales and
/// shifts of normalizations, and tables of embeddings have no filters and are left out.
package struct MaxNorm: Regularizer {
  package static let name = "max_norm"
  package static let summary =
    "max-norm constraint: scales the weights of each unit or filter back to a norm of at most limit after each update"
  package static let alsoCalled = ["max_col_norm"]
  package var networks: RegularizedNetworks { [] }
  /// Small weights make small slopes.
  package var boundsSlope: Bool { constrains.contains(.discriminator) }
  package let constrains: RegularizedNetworks
  let limit: Float

  package init(from fields: inout Fields) {
    limit = Float(fields.number("limit", in: .above(0), default: 2, "the largest norm of a filter's weights"))
    constrains = RegularizedNetworks(from: &fields, default: .discriminator)
  }

  package func constrained(_ parameter: Tensor, _ role: ParameterRole) -> Tensor? {
    guard role.isKernel else { return nil }
    let shape = parameter.shape
    let axis = role.filterAxis(rank: shape.rank)
    let (filters, behind) = (shape[axis], shape.axes[(axis + 1)...].reduce(1, *))
    let before = shape.count / filters / behind
    let kernel = parameter.reshaped(to: [before, filters, behind])
    let squares = (kernel * kernel).sum(over: 0..<1).reshaped(to: [filters, behind]).sum(over: 1..<2)
    let factors = (limit / squares.squareRoot()).minimum(1)
    let repeated = behind == 1 ? factors : factors.reshaped(to: [filters, 1]).broadcast(to: [filters, behind])
    return (kernel.reshaped(to: [before, filters * behind]) * repeated.reshaped(to: [filters * behind]))
      .reshaped(to: shape)
  }
}
