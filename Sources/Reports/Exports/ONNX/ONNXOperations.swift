import Compute
import Training

// The operators that stand for each operation of a network at inference.
extension ONNXGraph {
  /// Adds the operators of a vertex.
  /// - Parameter output: what its value is to be called; nil where that is free.
  /// - Returns: what its value is called.
  mutating func add(_ index: Int, to output: String?) throws(RunError) -> String {
    let vertex = graph.vertices[index]
    let operands = vertex.operands.map(\.index)
    switch vertex.operation {
    case let source as Input:
      // Classes are whole numbers; the operation that reads them asks for their name.
      let isClasses = source.name == PortableNetwork.labels
      let axes = try extents(index)
      return input(source.name, isClasses ? .int64 : .float32, isClasses ? [axes[0]] : axes)
    case let source as ConstantValue: return constant(source.value)
    case is Reshaping: return try reshaping(index, operands[0], to: output)
    case let operation as Arithmetic:
      let type =
        switch operation.kind {
        case .add: "Add"
        case .subtract: "Sub"
        case .multiply: "Mul"
        case .divide: "Div"
        }
      let sides = [try aligned(operands[0], beside: index), try aligned(operands[1], beside: index)]
      return node(type, sides, at: index, to: output)
    case let operation as ScalarArithmetic:
      let number = constant(operation.number)
      return node(operation.kind == .scale ? "Mul" : "Add", [name(operands[0]), number], at: index, to: output)
    case is Broadcast:
      let shape = shape(try extents(index), at: index)
      return node("Expand", [try aligned(operands[0], beside: index), shape], at: index, to: output)
    case is StopGradient: return node("Identity", [name(operands[0])], at: index, to: output)
    default:
      if let name = pointwise(index, operands, to: output) { return name }
      return try products(index, operands, to: output)
    }
  }

  /// An operand as ONNX repeats it beside a result: without the leading axes that the result does not have.
  private mutating func aligned(_ operand: Int, beside result: Int) throws(RunError) -> String {
    let surplus = graph.vertices[operand].shape.rank - graph.vertices[result].shape.rank
    guard surplus > 0 else { return name(operand) }
    return reshaped(name(operand), to: Array(try extents(operand).dropFirst(surplus)), at: result)
  }

  private mutating func reshaping(_ index: Int, _ operand: Int, to output: String?) throws(RunError) -> String {
    if (graph.vertices[operand].operation as? Input)?.name == PortableNetwork.labels { return name(operand) }
    return reshaped(name(operand), to: try extents(index), at: index, to: output)
  }

  /// The operators of an operation on values at the same place, or of a sum of all; nil for others.
  private mutating func pointwise(_ index: Int, _ operands: [Int], to output: String?) -> String? {
    switch graph.vertices[index].operation {
    case let operation as LeakyRectifier:
      return operation.slope == 0
        ? node("Relu", [name(operands[0])], at: index, to: output)
        : node("LeakyRelu", [name(operands[0])], at: index, to: output, [("alpha", .float(operation.slope))])
    case let operation as ExponentialLinear:
      return node("Elu", [name(operands[0])], at: index, to: output, [("alpha", .float(operation.alpha))])
    case let operation as Elementary: return elementary(operation.kind, name(operands[0]), index, to: output)
    case let operation as Clip:
      let lower = operation.lower.map { constant($0) } ?? ""
      return node("Clip", [name(operands[0]), lower, constant(operation.upper)], at: index, to: output)
    case let operation as OneHot:
      let depth = constant([operation.count])
      let values = constant("off_on", [0, 1], shape: [2])
      return node("OneHot", [name(operands[0]), depth, values], at: index, to: output, [("axis", .int(-1))])
    case let operation as Total:
      let rank = graph.vertices[operands[0]].shape.rank
      var value = name(operands[0])
      if operation.kind == .squares { value = node("Mul", [value, value], at: index) }
      return sum(value, over: 0..<(rank - operation.keptAxes), index, to: output)
    default: return nil
    }
  }

  private mutating func elementary(
    _ kind: Elementary.Kind, _ x: String, _ index: Int, to output: String?
  ) -> String {
    switch kind {
    case .square: return node("Mul", [x, x], at: index, to: output)
    case .squareRoot: return node("Sqrt", [x], at: index, to: output)
    case .exponential: return node("Exp", [x], at: index, to: output)
    case .logarithm: return node("Log", [x], at: index, to: output)
    case .tanh: return node("Tanh", [x], at: index, to: output)
    case .sigmoid: return node("Sigmoid", [x], at: index, to: output)
    case .softplus: return node("Softplus", [x], at: index, to: output)
    case .errorFunction: return node("Erf", [x], at: index, to: output)
    case .isPositive:
      let isPositive = node("Greater", [x, constant(0)], at: index)
      return node("Cast", [isPositive], at: index, to: output, [("to", .int(ONNXValue.Element.float32.rawValue))])
    }
  }

  /// The sum over axes that follow each other.
  mutating func sum(_ value: String, over axes: Range<Int>, _ index: Int, to output: String?) -> String {
    guard !axes.isEmpty else { return node("Identity", [value], at: index, to: output) }
    return node("ReduceSum", [value, constant(Array(axes))], at: index, to: output, [("keepdims", .int(0))])
  }
}
