import Compute

// What random graphs are put together from.
extension RandomGraph {
  mutating func applied(_ choice: Int, to x: Tensor) -> Tensor {
    switch choice {
    case 0: return graph.tanh(x)
    case 1: return graph.sigmoid(x)
    case 2: return graph.relu(x)
    case 3: return graph.leakyRelu(x, slope: 0.25)
    case 4: return graph.elu(x, alpha: 0.75)
    case 5: return graph.scale(graph.softplus(x), by: 0.5)
    case 6: return graph.errorFunction(x)
    case 7: return graph.scale(graph.square(graph.clip(x, to: 2)), by: 0.25)
    case 8: return graph.squareRoot(graph.offset(graph.square(x), by: 0.25))
    case 9: return graph.scale(graph.exponential(graph.minimum(x, 1)), by: 0.5)
    case 10: return graph.logarithm(graph.offset(graph.square(x), by: 0.5))
    case 11: return graph.clip(x, to: 0.8)
    case 12: return graph.isPositive(x)
    case 13: return graph.scale(graph.offset(x, by: -0.5), by: 0.75)
    default: return graph.minimum(graph.scale(x, by: -1), 0.5)
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
    let images = graph.reshape(x, to: [rows, features, 1, 1])
    let kernel = graph.reshape(
      graph.tanh(graph.rows(graph.reshape(graph.read(parameters[1]), to: [features, 1]), from: 0, count: size)),
      to: [size, 1, 1, 1])
    let y = graph.convolution(images, kernel, geometry)
    let back = graph.convolutionInput(graph.scale(y, by: 0.3), kernel, geometry)
    let slope = graph.tanh(graph.scale(graph.convolutionKernel(images, y, geometry), by: 1 / Float(rows * features)))
    let again = graph.convolution(images, slope, geometry)
    if stride == 1 { matrices.append(graph.scale(graph.reshape(again, to: [rows, features]), by: 0.3)) }
    return graph.clip(graph.reshape(back, to: [rows, features]), to: 2)
  }

  /// Rows as images [features, 1, 1], moved, partly covered, and chosen by class and step.
  mutating func moved(_ x: Tensor) -> Tensor {
    draws += 1
    let images = graph.reshape(x, to: [rows, features, 1, 1])
    let places = graph.uniform([rows, 2], stream: "places/\(draws)")
    let moved = graph.translation(images, by: graph.offset(places, by: -0.5), height: Float(features), width: 1)
    let mask = graph.cutout(height: features, width: 1, size: (features + 1) / 2, at: places)
    let seen = graph.reshape(graph.multiply(graph.snapshot(moved), mask), to: [rows, features])
    let classes = graph.indices([rows], below: features, stream: "classes/\(draws)")
    let chosen = graph.multiply(graph.oneHot(classes, classes: features), graph.stepNumber())
    let ramp = graph.scale(graph.counting(features), by: 1 / Float(features))
    return graph.scale(graph.add(graph.add(seen, graph.scale(chosen, by: 0.1)), ramp), by: 0.3)
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
    let images = graph.reshape(x, to: [rows, features, 1, 1])
    let wide = graph.concatenate([images, graph.scale(images, by: -0.5), graph.tanh(images)])
    let largest = graph.windowMaximum(wide, geometry)
    let mean = graph.resample(
      wide, rows: .means(features, outputs: length, size: size, stride: stride, padding: before),
      columns: .nearest(1, times: 1))
    let kernel = graph.depthwiseKernel(wide, graph.isPositive(largest), geometry)
    let bounded = graph.tanh(graph.scale(kernel, by: 1 / Float(rows * features)))
    let filtered = graph.tanh(graph.add(graph.depthwiseConvolution(wide, bounded, geometry), mean))
    let put = graph.windowPut(filtered, by: wide, geometry)
    let back = graph.depthwiseInput(graph.add(largest, filtered), bounded, geometry)
    let chosen = graph.columns(graph.add(put, back), from: Int.random(in: 0...2, using: &generator), count: 1)
    return graph.clip(graph.reshape(chosen, to: [rows, features]), to: 2)
  }

  /// Rows of which the first features look at each other.
  mutating func attended(_ x: Tensor) -> Tensor {
    let width = min(features, 9)
    let narrow = graph.reshape(graph.tanh(graph.columns(x, from: 0, count: width)), to: [rows, width, 1])
    let scores = graph.batchedProduct(narrow, graph.scale(narrow, by: 0.5), transposeB: true)
    let seen = graph.batchedProduct(
      graph.softmax(graph.subtract(scores, graph.rowMaximum(scores))), narrow,
      transposeA: Bool.random(using: &generator))
    // Every row beside every other.
    let distance = graph.pairDistance(narrow)
    let near = graph.exponential(graph.scale(distance, by: -1))
    let drawn = graph.scale(graph.pairSum(near, by: narrow), by: 1 / Float(rows))
    let first = graph.clip(graph.reshape(graph.add(seen, drawn), to: [rows, width]), to: 2)
    guard features > width else { return first }
    return graph.concatenate([first, graph.columns(x, from: width, count: features - width)])
  }

  /// A matrix times a number of the step and a constant of the first parameter.
  mutating func faded(_ x: Tensor) -> Tensor {
    let end = Int.random(in: 5...20, using: &generator)
    let faded = graph.multiply(x, graph.ramp(from: 1.5, until: end))
    return graph.add(faded, graph.snapshot(graph.scale(graph.read(parameters[1]), by: 0.25)))
  }

  /// Rows and columns in other lengths, so that the repeats of one chain do not fit each other.
  mutating func regrouped(_ x: Tensor, _ y: Tensor) -> Tensor {
    let other = graph.reshape(x, to: [features, rows])
    let mean = graph.scale(
      graph.sum(graph.reshape(y, to: [features, rows]), over: 0..<1), by: 1 / Float(features))
    let sum = graph.scale(graph.add(other, mean), by: 0.5)
    return graph.clip(graph.add(graph.reshape(sum, to: [rows, features]), graph.read(parameters[1])), to: 2)
  }
}
