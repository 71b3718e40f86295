import Compute
import Specs

/// The values of a sample as one vector: [N, ...] -> [N, values], the last axis running fastest.
package struct Flatten: Layer {
  package static let name = "flatten"
  package static let summary = "the values of a sample as one vector"
  package static let example = Example("flatten", input: [2, 3, 1])

  package init(from fields: inout Fields) {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  package var ending: Ending { .input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    x.reshaped(to: [x.batch, x.sampleShape.count])
  }
}
