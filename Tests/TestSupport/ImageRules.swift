import Compute

extension Rule {
  /// Maps along the axes of images, windows of images, and convolutions of each channel.
  static let images: [Rule] = [
    Rule(Resampling.self) { operation, site in
      let x = site.operands[0]
      let channels = x.shape[3]
      var y: [Double] = []
      for n in 0..<x.shape[0] {
        for rows in operation.rows.taps {
          for columns in operation.columns.taps {
            for c in 0..<channels {
              var sum = 0.0
              for row in rows {
                for column in columns {
                  let place = (n * x.shape[1] + row.place) * x.shape[2] + column.place
                  sum += Double(row.weight) * Double(column.weight) * x.values[place * channels + c]
                }
              }
              y.append(sum)
            }
          }
        }
      }
      return y
    },
    Rule(WindowPick.self) { operation, site in
      let (x, keys) = (site.operands[0].values, site.operands[1].values)
      return Window.all(operation.geometry, site.operands[0].shape).map { places in x[first(places, keys)] }
    },
    Rule(WindowPut.self) { operation, site in
      let (y, keys) = (site.operands[0].values, site.operands[1].values)
      var x = [Double](repeating: 0, count: keys.count)
      for (window, places) in Window.all(operation.geometry, site.result).enumerated() {
        x[first(places, keys)] += y[window]
      }
      return x
    },
    Rule(DepthwiseConvolution.self) { operation, site in
      let (x, k) = (site.operands[0], site.operands[1])
      var y = [Double](repeating: 0, count: site.result.count)
      diagonal(operation.geometry, x.shape[0], k.shape) { x_, k_, y_ in y[y_] += x.values[x_] * k.values[k_] }
      return y
    },
    Rule(DepthwiseInputGradient.self) { operation, site in
      let (y, k) = (site.operands[0], site.operands[1])
      var x = [Double](repeating: 0, count: site.result.count)
      diagonal(operation.geometry, y.shape[0], k.shape) { x_, k_, y_ in x[x_] += y.values[y_] * k.values[k_] }
      return x
    },
    Rule(DepthwiseKernelGradient.self) { operation, site in
      let (x, y) = (site.operands[0], site.operands[1])
      var k = [Double](repeating: 0, count: site.result.count)
      diagonal(operation.geometry, x.shape[0], site.result) { x_, k_, y_ in k[k_] += x.values[x_] * y.values[y_] }
      return k
    },
  ]

  /// The first of some places with the largest key.
  private static func first(_ places: [Int], _ keys: [Double]) -> Int {
    let largest = places.map { keys[$0] }.max()
    return places.first { keys[$0] == largest } ?? places[0]
  }

  /// The triples of places that a convolution of each channel multiplies: those of an ordinary one of a single channel,
  /// channel by channel.
  private static func diagonal(
    _ geometry: ConvolutionGeometry, _ images: Int, _ kernel: Shape,
    _ body: (_ x: Int, _ k: Int, _ y: Int) -> Void
  ) {
    let channels = kernel[2]
    Taps(geometry, [kernel[0], kernel[1], 1, 1]).forEach(images: images) { x, k, y in
      for c in 0..<channels { body(x * channels + c, k * channels + c, y * channels + c) }
    }
  }
}

/// Windows of images.
private enum Window {
  /// The places of every window of every channel of images of a shape, in the order of the result.
  static func all(_ g: ConvolutionGeometry, _ shape: Shape) -> [[Int]] {
    var windows: [[Int]] = []
    for n in 0..<shape[0] {
      for a in 0..<g.output.height {
        for b in 0..<g.output.width {
          for c in 0..<shape[3] {
            var places: [Int] = []
            for row in 0..<shape[1] where (0..<g.kernel.height).contains(row - a * g.strides.height + g.padding.height)
            {
              for column in 0..<shape[2]
              where (0..<g.kernel.width).contains(column - b * g.strides.width + g.padding.width) {
                places.append(((n * shape[1] + row) * shape[2] + column) * shape[3] + c)
              }
            }
            windows.append(places)
          }
        }
      }
    }
    return windows
  }
}
