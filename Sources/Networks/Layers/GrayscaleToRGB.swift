import Compute
import Specs

/// Colour images of gray ones, three equal channels: [N, height, width, 1] -> [N, height, width, 3].
///
/// Images of three channels are handed on, so that a network of colour images takes both kinds.
package struct GrayscaleToRGB: Layer {
  package static let name = "grayscale_to_rgb"
  package static let summary = "gray images as colour images of three equal channels; colour images as they are"
  package static let alsoCalled = ["gray_to_rgb", "to_rgb", "gray2rgb"]
  package static let example = Example("grayscale_to_rgb", input: [3, 2, 1])

  package init(from fields: inout Fields) {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(GrayscaleToRGB.name, x)
    guard input[2] == 1 || input[2] == 3 else {
      throw Misfit(
        "\(GrayscaleToRGB.name) takes images of one channel or of three, but receives \(input)",
        remedy: "put - conv2d: {filters: 3, kernel_size: 1} in its place")
    }
    return x.broadcast(to: Shape([x.batch, input[0], input[1], 3]))
  }
}
