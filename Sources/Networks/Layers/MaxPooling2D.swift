import Compute
import Specs

/// The largest value of each window of an image: [N, height, width, C] -> [N, rows, columns, C], each channel for
/// itself.
///
/// Along an axis of length L a window of k places and stride s gives floor((L - k) / s) + 1 places, with `same` padding
/// ceil(L / s), where places outside the image are left out, as in Keras. The gradient goes to the first place that has
/// the largest value.
package struct MaxPooling2D: Layer {
  package static let name = "max_pooling2d"
  package static let summary = "max pooling: the maximum of each channel over a window"
  package static let alsoCalled = ["maxpool2d", "max_pool2d", "max_pooling"]
  package static let example = Example("max_pooling2d: {pool_size: 3, strides: 2, padding: same}", input: [5, 4, 2])

  let fields: PoolingFields

  package init(from fields: inout Fields) { self.fields = PoolingFields(from: &fields) }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    x.windowMaximum(try fields.geometry(MaxPooling2D.name, x))
  }
}
