import Compute
import Specs

/// Several dense layers in one of which the largest value counts: y[n, u] = max over p of (x W + b)[n, p units + u]
/// (Goodfellow et al., "Maxout Networks", 2013).
///
/// x [N, inputs], W [inputs, pieces units], b [pieces units], y [N, units]; piece p is the p-th stretch of `units`
/// columns.
package struct Maxout: Layer {
  package static let name = "maxout"
  package static let summary = "maxout: the maximum over the pieces of each unit"
  package static let example = Example("maxout: {units: 4, pieces: 3}", input: [6])

  /// The number of output values, from 1 to 1 000 000.
  package let units: Int
  /// Linear pieces a unit, from 2 to 1024; the output is their maximum.
  package let pieces: Int
  let usesBias: Bool
  let kernelInitializer: any Initializer
  let biasInitializer: any Initializer

  package init(from fields: inout Fields) {
    units = fields.integer(.units, in: 1...1_000_000, "the number of output values")
    pieces = fields.integer(
      FieldName("pieces", alsoCalled: ["num_pieces"]), in: 2...1024,
      "linear pieces a unit; the output is their maximum")
    usesBias = fields.boolean(.usesBias, default: true, "add a bias to the product")
    kernelInitializer =
      fields.item(
        "kernel_initializer", of: InitializerCatalog.all, default: "glorot_uniform", "the first values of W") ?? Zeros()
    biasInitializer =
      fields.item("bias_initializer", of: InitializerCatalog.all, default: "zeros", "the first values of b") ?? Zeros()
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = x.sampleShape
    guard input.rank == 1 else {
      throw Misfit("maxout takes a vector a sample, but receives \(input)", remedy: "put - flatten before it")
    }
    let wide = units * pieces
    let kernel = site.parameter(
      "kernel", as: .kernel, [input[0], wide], kernelInitializer, fans: Fans(in: input[0], out: wide))
    var y = x.product(with: kernel)
    if usesBias {
      y = y + site.parameter("bias", as: .bias, [wide], biasInitializer, fans: .vector(wide))
    }
    typealias Pair = ConvolutionGeometry.Pair
    let window = ConvolutionGeometry(
      input: Pair(pieces, 1), output: Pair(1, 1), kernel: Pair(pieces, 1), strides: Pair(1, 1), dilation: Pair(1, 1),
      padding: Pair(0, 0))
    let largest = y.reshaped(to: [x.batch, pieces, 1, units]).windowMaximum(window)
    return largest.reshaped(to: [x.batch, units])
  }
}
