import Compute
import Specs

/// An affine map with constant factors, y = scale x + offset, of every value.
///
/// It brings samples to the interval that a network of another program was trained on, as in Keras; nothing of it is
/// trained.
package struct Rescaling: Layer {
  package static let name = "rescaling"
  package static let summary = "every value times a constant, plus a constant"
  package static let alsoCalled = ["rescale"]
  package static let example = Example("rescaling: {scale: 0.5, offset: 1}", input: [6])

  /// The factor of every value.
  package let scale: Float
  /// What is added to every product.
  package let offset: Float

  package init(from fields: inout Fields) {
    scale = Float(fields.number("scale", in: .any, "the factor of every value"))
    offset = Float(fields.number("offset", in: .any, default: 0, "what is added to every product"))
  }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    input.map { input in
      let ends = [input.lowerBound, input.upperBound].map { scale == 0 ? offset : scale * $0 + offset }
      return min(ends[0], ends[1])...max(ends[0], ends[1])
    }
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor { scale * x + offset }
}
