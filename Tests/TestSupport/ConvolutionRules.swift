import Compute

extension Rule {
  /// Convolutions, tap by tap.
  static let convolutions: [Rule] = [
    Rule(Convolution.self) { operation, site in
      let (x, k) = (site.operands[0], site.operands[1])
      var y = [Double](repeating: 0, count: site.result.count)
      Taps(operation.geometry, k.shape).forEach(images: x.shape[0]) { x_, k_, y_ in
        y[y_] += x.values[x_] * k.values[k_]
      }
      return y
    },
    Rule(ConvolutionInputGradient.self) { operation, site in
      let (y, k) = (site.operands[0], site.operands[1])
      var x = [Double](repeating: 0, count: site.result.count)
      Taps(operation.geometry, k.shape).forEach(images: y.shape[0]) { x_, k_, y_ in
        x[x_] += y.values[y_] * k.values[k_]
      }
      return x
    },
    Rule(ConvolutionKernelGradient.self) { operation, site in
      let (x, y) = (site.operands[0], site.operands[1])
      var k = [Double](repeating: 0, count: site.result.count)
      Taps(operation.geometry, site.result).forEach(images: x.shape[0]) { x_, k_, y_ in
        k[k_] += x.values[x_] * y.values[y_]
      }
      return k
    },
  ]
}

/// All triples of places of input, kernel and output that a convolution multiplies.
struct Taps {
  let geometry: ConvolutionGeometry
  let channels: Int
  let filters: Int

  init(_ geometry: ConvolutionGeometry, _ kernel: Shape) {
    self.geometry = geometry
    channels = kernel[2]
    filters = kernel[3]
  }

  func forEach(images: Int, _ body: (_ x: Int, _ k: Int, _ y: Int) -> Void) {
    let g = geometry
    for n in 0..<images {
      for a in 0..<g.output.height {
        for b in 0..<g.output.width {
          for i in 0..<g.kernel.height {
            for j in 0..<g.kernel.width {
              let row = a * g.strides.height + i * g.dilation.height - g.padding.height
              let column = b * g.strides.width + j * g.dilation.width - g.padding.width
              guard (0..<g.input.height).contains(row), (0..<g.input.width).contains(column) else { continue }
              for c in 0..<channels {
                for f in 0..<filters {
                  body(
                    ((n * g.input.height + row) * g.input.width + column) * channels + c,
                    ((i * g.kernel.width + j) * channels + c) * filters + f,
                    ((n * g.output.height + a) * g.output.width + b) * filters + f)
                }
              }
            }
          }
        }
      }
    }
  }
}
