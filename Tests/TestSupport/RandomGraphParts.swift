import Compute

// What random graphs are put together from.
extension RandomGraph {
  mutating func applied(_ choice: Int, to x: Tensor) -> Tensor {
    switch choice {
    case 0: return x.tanh()
    case 1: return x.sigmoid()
    case 2: return x.relu()
    case 3: return x.leakyRelu(slope: 0.25)
    case 4: return x.elu(alpha: 0.75)
    case 5: return 0.5 * x.softplus()
    case 6: return x.errorFunction()
    case 7: return 0.25 * x.clipped(to: 2).square()
    case 8: return (x.square() + 0.25).squareRoot()
    case 9: return 0.5 * x.minimum(1).exponential()
    case 10: return (x.square() + 0.5).logarithm()
    case 11: return x.clipped(to: 0.8)
    case 12: return x.isPositive()
    case 13: return 0.75 * (x - 0.5)
    default: return (-x).minimum(0.5)
    }
  }

  /// Rows as images [features, 1, 1], convolved along the features with a piece of the first kernel, there and back.
  mutating func convolved(_ x: Tensor) -> Tensor {
    typealias Pair = ConvolutionGeometry.Pair
    let stride = Int.random(in: 1...2, using: &generator)
    let size = min(3, features)
    let geometry = ConvolutionGeometry(
      input: Pair(features, 1), output: Pair((features + stride - 1) / stride, 1), kernel: Pair(size, 1),
      strides: Pair(stride, 1), dilation: Pair(1, 1), padding: Pair(size / 2, 0))
    let images = x.reshaped(to: [rows, features, 1, 1])
    let kernel = graph.read(parameters[1]).reshaped(to: [features, 1]).rows(from: 0, count: size).tanh().reshaped(to: [
      size, 1, 1, 1,
    ])
    let y = images.convolution(with: kernel, geometry)
    let back = (0.3 * y).transposedConvolution(with: kernel, geometry)
    let slope = (images.convolutionKernelGradient(with: y, geometry) * (1 / Float(rows * features))).tanh()
    let again = images.convolution(with: slope, geometry)
    if stride == 1 { matrices.append(0.3 * again.reshaped(to: [rows, features])) }
    return back.reshaped(to: [rows, features]).clipped(to: 2)
  }

  /// Rows as images [features, 1, 1], moved, partly covered, and chosen by class and step.
  mutating func moved(_ x: Tensor) -> Tensor {
    draws += 1
    let images = x.reshaped(to: [rows, features, 1, 1])
    let places = graph.uniform([rows, 2], stream: "places/\(draws)")
    let moved = images.translated(by: places - 0.5, height: Float(features), width: 1)
    let mask = graph.cutout(height: features, width: 1, size: (features + 1) / 2, at: places)
    let seen = (moved.stopGradient() * mask).reshaped(to: [rows, features])
    let classes = graph.indices([rows], below: features, stream: "classes/\(draws)")
    let chosen = classes.oneHot(classes: features) * graph.stepNumber()
    let ramp = graph.counting(features) * (1 / Float(features))
    return 0.3 * (seen + 0.1 * chosen + ramp)
  }

  /// Rows as images [features, 1, 1], through windows, means and kernels of a channel, there and back.
  mutating func windowed(_ x: Tensor) -> Tensor {
    typealias Pair = ConvolutionGeometry.Pair
    let stride = Int.random(in: 1...3, using: &generator)
    let size = min(3, features)
    let length = (features + stride - 1) / stride
    let before = max((length - 1) * stride + size - features, 0) / 2
    let geometry = ConvolutionGeometry(
      input: Pair(features, 1), output: Pair(length, 1), kernel: Pair(size, 1), strides: Pair(stride, 1),
      dilation: Pair(1, 1), padding: Pair(before, 0))
    let images = x.reshaped(to: [rows, features, 1, 1])
    let wide = graph.concatenate([images, -0.5 * images, images.tanh()])
    let largest = wide.windowMaximum(geometry)
    let mean = wide.resampled(
      rows: .means(features, outputs: length, size: size, stride: stride, padding: before),
      columns: .nearest(1, times: 1))
    let kernel = wide.depthwiseKernelGradient(with: largest.isPositive(), geometry)
    let bounded = (kernel * (1 / Float(rows * features))).tanh()
    let filtered = (wide.depthwiseConvolution(with: bounded, geometry) + mean).tanh()
    let put = filtered.windowPut(by: wide, geometry)
    let back = (largest + filtered).depthwiseInputGradient(with: bounded, geometry)
    let chosen = (put + back).columns(from: Int.random(in: 0...2, using: &generator), count: 1)
    return chosen.reshaped(to: [rows, features]).clipped(to: 2)
  }

  /// Rows of which the first features look at each other.
  mutating func attended(_ x: Tensor) -> Tensor {
    let width = min(features, 9)
    let narrow = x.columns(from: 0, count: width).tanh().reshaped(to: [rows, width, 1])
    let scores = narrow.batchedProduct(with: 0.5 * narrow, transposeB: true)
    let seen = (scores - scores.rowMaximum()).softmax().batchedProduct(
      with: narrow, transposeA: Bool.random(using: &generator))
    // Every row beside every other.
    let distance = narrow.pairDistance()
    let near = (-distance).exponential()
    let drawn = near.pairSum(by: narrow) * (1 / Float(rows))
    let first = (seen + drawn).reshaped(to: [rows, width]).clipped(to: 2)
    guard features > width else { return first }
    return graph.concatenate([first, x.columns(from: width, count: features - width)])
  }

  /// A matrix times a number of the step and a constant of the first parameter.
  mutating func faded(_ x: Tensor) -> Tensor {
    let end = Int.random(in: 5...20, using: &generator)
    let faded = x * graph.ramp(from: 1.5, until: end)
    return faded + (0.25 * graph.read(parameters[1])).stopGradient()
  }

  /// Rows and columns in other lengths, so that the repeats of one chain do not fit each other.
  mutating func regrouped(_ x: Tensor, _ y: Tensor) -> Tensor {
    let other = x.reshaped(to: [features, rows])
    let mean = y.reshaped(to: [features, rows]).sum(over: 0..<1) * (1 / Float(features))
    let sum = 0.5 * (other + mean)
    return (sum.reshaped(to: [rows, features]) + graph.read(parameters[1])).clipped(to: 2)
  }
}
