import Compute
import Training

// The operators of products, convolutions and what moves or reduces values.
extension ONNXGraph {
  /// Adds the operators of an operation that is not pointwise.
  mutating func products(_ index: Int, _ operands: [Int], to output: String?) throws(RunError) -> String {
    switch graph.vertices[index].operation {
    case let operation as Product:
      let a = matrix(operands[0], isTransposed: operation.transposesA, [1, 0], index)
      let b = matrix(operands[1], isTransposed: operation.transposesB, [1, 0], index)
      return node("MatMul", [a, b], at: index, to: output)
    case let operation as BatchedProduct:
      let a = matrix(operands[0], isTransposed: operation.transposesA, [0, 2, 1], index)
      let b = matrix(operands[1], isTransposed: operation.transposesB, [0, 2, 1], index)
      return node("MatMul", [a, b], at: index, to: output)
    case let operation as Convolution:
      let kernel = kernel(operands[1], at: index)
      return windows("Conv", operation.geometry, [image(operands[0], index), kernel], index, to: output)
    case let operation as DepthwiseConvolution:
      let shape = graph.vertices[operands[1]].shape
      let deep = reshaped(name(operands[1]), to: (shape.axes + [1]).map { .fixed($0) }, at: index)
      let kernel = node("Transpose", [deep], at: index, [("perm", .ints([2, 3, 0, 1]))])
      return windows(
        "Conv", operation.geometry, [image(operands[0], index), kernel], index, to: output,
        [("group", .int(shape.axes[2]))])
    case let operation as ConvolutionInputGradient:
      return transposed(
        operation.geometry, image(operands[0], index), kernel(operands[1], at: index), index, to: output)
    case let operation as WindowPick where operands[0] == operands[1]:
      return windows("MaxPool", operation.geometry, [image(operands[0], index)], index, to: output)
    case let operation as Resampling: return try resampled(operation, index, operands[0], to: output)
    case is Concatenation:
      let parts = operands.map { name($0) }
      return node("Concat", parts, at: index, to: output, [("axis", .int(-1))])
    case let operation as Columns:
      let (start, end) = (constant([operation.start]), constant([operation.start + operation.count]))
      return node("Slice", [name(operands[0]), start, end, constant([-1])], at: index, to: output)
    case let operation as Sum: return sum(name(operands[0]), over: operation.axes, index, to: output)
    case is Softmax: return node("Softmax", [name(operands[0])], at: index, to: output, [("axis", .int(-1))])
    case is RowMaximum:
      return node(
        "ReduceMax", [name(operands[0])], at: index, to: output, [("axes", .ints([-1])), ("keepdims", .int(1))])
    case is PairDistance:
      let each = node("Unsqueeze", [name(operands[0]), constant([1])], at: index)
      let other = node("Unsqueeze", [name(operands[1]), constant([0])], at: index)
      let distance = node("Abs", [node("Sub", [each, other], at: index)], at: index)
      return sum(distance, over: 3..<4, index, to: output)
    default: throw refusal(index, "has no counterpart there")
    }
  }

  private mutating func matrix(_ operand: Int, isTransposed: Bool, _ axes: [Int], _ index: Int) -> String {
    let matrix = name(operand)
    return isTransposed ? node("Transpose", [matrix], at: index, [("perm", .ints(axes))]) : matrix
  }

  /// Images [N, height, width, C] as ONNX takes them, [N, C, height, width].
  private mutating func image(_ operand: Int, _ index: Int) -> String {
    let name = name(operand)
    if let known = channelsFirst[name] { return known }
    let made = node("Transpose", [name], at: index, [("perm", .ints([0, 3, 1, 2]))])
    channelsFirst[name] = made
    return made
  }

  /// What an operator made of images, with the channels last.
  private mutating func channelsLast(_ image: String, _ index: Int, to output: String?) -> String {
    let made = node("Transpose", [image], at: index, to: output, [("perm", .ints([0, 2, 3, 1]))])
    channelsFirst[made] = image
    return made
  }

  /// An operator that moves windows over images.
  private mutating func windows(
    _ type: String, _ geometry: ConvolutionGeometry, _ operands: [String], _ index: Int, to output: String?,
    _ more: [(String, ONNXValue.Attribute)] = []
  ) -> String {
    /// The zeros behind an axis that the last window reaches.
    func behind(_ axis: KeyPath<ConvolutionGeometry.Pair, Int>) -> Int {
      let span = (geometry.kernel[keyPath: axis] - 1) * geometry.dilation[keyPath: axis] + 1
      let end = (geometry.output[keyPath: axis] - 1) * geometry.strides[keyPath: axis] + span
      return max(0, end - geometry.input[keyPath: axis] - geometry.padding[keyPath: axis])
    }
    let made = node(
      type, operands, at: index,
      shape(of: geometry) + [
        ("pads", .ints([geometry.padding.height, geometry.padding.width, behind(\.height), behind(\.width)]))
      ] + more)
    return channelsLast(made, index, to: output)
  }

  private func shape(of geometry: ConvolutionGeometry) -> [(String, ONNXValue.Attribute)] {
    func pair(_ pair: ConvolutionGeometry.Pair) -> ONNXValue.Attribute { .ints([pair.height, pair.width]) }
    return [
      ("kernel_shape", pair(geometry.kernel)), ("strides", pair(geometry.strides)),
      ("dilations", pair(geometry.dilation)),
    ]
  }

  /// The transposed convolution of `geometry`, which is that from its result to `image`.
  private mutating func transposed(
    _ geometry: ConvolutionGeometry, _ image: String, _ kernel: String, _ index: Int, to output: String?
  ) -> String {
    /// What is cut off behind an axis of all that the kernels reach; below 0 where zeros are added.
    func behind(_ axis: KeyPath<ConvolutionGeometry.Pair, Int>) -> Int {
      let span = (geometry.kernel[keyPath: axis] - 1) * geometry.dilation[keyPath: axis] + 1
      let whole = (geometry.output[keyPath: axis] - 1) * geometry.strides[keyPath: axis] + span
      return whole - geometry.padding[keyPath: axis] - geometry.input[keyPath: axis]
    }
    let (rows, columns) = (behind(\.height), behind(\.width))
    let made = node(
      "ConvTranspose", [image, kernel], at: index,
      shape(of: geometry) + [
        ("pads", .ints([geometry.padding.height, geometry.padding.width, max(0, rows), max(0, columns)])),
        ("output_padding", .ints([max(0, -rows), max(0, -columns)])),
      ])
    return channelsLast(made, index, to: output)
  }

  /// Products with the matrices [outputs, inputs] of both axes.
  private mutating func resampled(
    _ operation: Resampling, _ index: Int, _ operand: Int, to output: String?
  ) throws(RunError) -> String {
    func matrix(_ map: AxisMap) -> (values: [Float], shape: [Int]) {
      var values = [Float](repeating: 0, count: map.outputs * map.inputs)
      for (output, taps) in map.taps.enumerated() {
        for tap in taps { values[output * map.inputs + tap.place] += tap.weight }
      }
      return (values, [map.outputs, map.inputs])
    }
    let (rows, columns) = (matrix(operation.rows), matrix(operation.columns))
    let axes = try extents(operand)
    let channels = graph.vertices[operand].shape[3]
    let wide: [ONNXExtent] = [axes[0], axes[1], .fixed(operation.columns.inputs * channels)]
    let high: [ONNXExtent] = [axes[0], .fixed(operation.rows.outputs), axes[2], axes[3]]
    let lines = reshaped(name(operand), to: wide, at: index)
    let vertical = node("MatMul", [constant("rows_\(index)", rows.values, shape: rows.shape), lines], at: index)
    let images = reshaped(vertical, to: high, at: index)
    return node(
      "MatMul", [constant("columns_\(index)", columns.values, shape: columns.shape), images], at: index, to: output)
  }
}
