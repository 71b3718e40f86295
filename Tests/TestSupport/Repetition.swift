import Compute

/// How a smaller operand is repeated: shapes are aligned at their last axis, and axes of extent 1, or missing ones, are
/// repeated, as NumPy does it.
enum Repetition {
  /// The values of an operand at every place of a larger shape.
  static func repeated(_ operand: Interpreter.Value, to shape: Shape) -> [Double] {
    let missing = shape.rank - operand.shape.rank
    var strides = [Int](repeating: 0, count: shape.rank)
    var stride = 1
    for axis in operand.shape.axes.indices.reversed() {
      let target = axis + missing
      if operand.shape[axis] > 1 {
        precondition(target >= 0 && operand.shape[axis] == shape[target], "\(operand.shape) beside \(shape)")
        strides[target] = stride
      }
      stride *= operand.shape[axis]
    }
    return (0..<shape.count).map { place in
      var rest = place
      var source = 0
      for axis in shape.axes.indices.reversed() {
        source += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      return operand.values[source]
    }
  }
}
