import Compute
import Specs

/// The mean of each window of an image: [N, height, width, C] -> [N, rows, columns, C], each channel for itself.
///
/// Along an axis of length L a window of k places and stride s gives floor((L - k) / s) + 1 places, with `same` padding
/// ceil(L / s), where places outside the image are not counted, as in Keras.
package struct AveragePooling2D: Layer {
  package static let name = "average_pooling2d"
  package static let summary = "average pooling: the mean of each channel over a window"
  package static let alsoCalled = ["avgpool2d", "avg_pool2d", "average_pooling"]
  package static let example = Example(
    "average_pooling2d: {pool_size: [3, 2], strides: 2, padding: same}", input: [5, 4, 2])

  let fields: PoolingFields

  package init(from fields: inout Fields) { self.fields = PoolingFields(from: &fields) }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let geometry = try fields.geometry(AveragePooling2D.name, x)
    return x.resampled(
      rows: .means(
        geometry.input.height, outputs: geometry.output.height, size: geometry.kernel.height,
        stride: geometry.strides.height, padding: geometry.padding.height),
      columns: .means(
        geometry.input.width, outputs: geometry.output.width, size: geometry.kernel.width,
        stride: geometry.strides.width, padding: geometry.padding.width))
  }
}
