import Compute
import Specs

/// A fully connected layer: y = f(x W + b), x [N, inputs], W [inputs, units], b [units], y [N, units].
package struct Dense: AffineLayer {
  package static let name = "dense"
  package static let summary = "fully connected layer, y = activation(x W + b)"
  package static let alsoCalled = ["fc", "linear", "fully_connected", "affine"]
  package static let example = Example("dense: {units: 4, activation: tanh}", input: [6])

  /// The number of output values, from 1 to 1 000 000.
  package let units: Int
  package var affine: AffineFields

  package init(from fields: inout Fields) {
    units = fields.integer(.units, in: 1...1_000_000, "the number of output values")
    affine = AffineFields(from: &fields, kernel: "product")
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = x.sampleShape
    guard input.rank == 1 else {
      throw Misfit("dense takes a vector a sample, but receives \(input)", remedy: "put - flatten before it")
    }
    let fans = Fans(in: input[0], out: units)
    let kernel = site.parameter("kernel", as: .kernel, [input[0], units], affine.kernelInitializer, fans: fans)
    return affine.finish(x.product(with: kernel), units: units, at: &site)
  }
}
