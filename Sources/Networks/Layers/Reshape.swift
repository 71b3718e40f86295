import Compute
import Specs

/// The values of a sample under another shape, in the same order: [N, ...] -> [N] + `shape`.
package struct Reshape: Layer {
  package static let name = "reshape"
  package static let summary = "the values of a sample under another shape, in the same order"
  package static let alsoCalled = ["unflatten", "view"]
  package static let example = Example("reshape: {shape: [2, 3, 1]}", input: [6])

  /// The shape of a sample of the output, with one to four axes.
  package let shape: Shape

  package init(from fields: inout Fields) {
    shape = Shape(
      fields.integers(
        FieldName("shape", alsoCalled: ["target_shape"], example: "[28, 28, 1]"), count: 1...4, each: 1...65536,
        "the shape of one sample, [height, width, channels]"))
  }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  package var ending: Ending { .input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = x.sampleShape
    guard shape.count == input.count else {
      let message = "reshape to \(shape) needs \(shape.count) values a sample, but receives \(input.count) (\(input))"
      throw input.rank == 1
        ? Misfit(message, needsVectorOf: shape.count)
        : Misfit(message, remedy: "use a shape of \(input.count) values")
    }
    return x.reshaped(to: Shape([x.batch] + shape.axes))
  }
}
