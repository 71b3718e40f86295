/// The sum over neighbouring axes, which disappear.
package struct Sum: StagedOperation, RowwiseOperation {
  package let axes: Range<Int>

  package var name: String { "sum over axes" }

  package func shape(of operands: [Shape]) -> Shape {
    Shape(Array(operands[0].axes[..<axes.lowerBound] + operands[0].axes[axes.upperBound...]))
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let operand = site.operands[0].shape
    if axes.lowerBound == 0 { return [site.upstream.broadcast(to: operand)] }
    let kept = operand.axes[..<axes.lowerBound] + axes.map { _ in 1 } + operand.axes[axes.upperBound...]
    return [site.upstream.reshaped(to: Shape(Array(kept))).broadcast(to: operand)]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { axes.contains(0) ? nil : [true] }

  package func operationCount(operands: [Shape], result: Shape) -> Int { operands[0].count }

  /// How many sums there are before the axes, and how each of them is added.
  private func view(_ shape: Shape) -> (outer: Int, tree: SumTree) {
    let rest = Shape(Array(shape.axes[axes.lowerBound...]))
    return (Shape.count(shape.axes[..<axes.lowerBound]), SumTree(of: rest, keptAxes: shape.rank - axes.upperBound))
  }

  func scratchCount(operands: [Shape], result: Shape) -> Int {
    let (outer, tree) = view(operands[0])
    return Stage.sumScratch(outer: outer, tree)
  }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let (outer, tree) = view(link.operandShape(0))
    return Stage.sum(link.operand(0), outer: outer, tree, into: link.result, scratch: link.scratch)
  }
}

extension Tensor {
  /// The sum over neighbouring axes, which disappear from the shape.
  package func sum(over axes: Range<Int>) -> Tensor {
    if axes.isEmpty { return self }
    if axes == 0..<shape.rank { return sum() }
    if shape.axes[axes].allSatisfy({ $0 == 1 }) {
      return reshaped(to: Shape(Array(shape.axes[..<axes.lowerBound] + shape.axes[axes.upperBound...])))
    }
    if axes.lowerBound == 0, let totals = totals(keptAxes: shape.rank - axes.upperBound) { return totals }
    return applying(Sum(axes: axes))
  }

  /// The mean over neighbouring axes, which disappear from the shape.
  package func mean(over axes: Range<Int>) -> Tensor {
    sum(over: axes) * (1 / Float(Shape.count(shape.axes[axes])))
  }

  /// The values summed to the shape of an operand that was repeated to theirs: the inverse of repetition in gradients.
  func summed(to target: Shape) -> Tensor {
    if shape == target { return self }
    if shape.count == target.count { return reshaped(to: target) }
    guard let reading = target.reading(beside: shape) else {
      preconditionFailure("\(target) was not repeated to \(shape)")
    }
    switch reading {
    case .full: return self
    case .scalar: return sum().reshaped(to: target)
    case .periodic(let period):
      var kept = 1
      var axis = shape.rank
      while kept < period {
        axis -= 1
        kept *= shape[axis]
      }
      return sum(over: 0..<axis).reshaped(to: target)
    case .nested:
      return sum(over: target.repeatedAxes(beside: shape) ?? 0..<0).reshaped(to: target)
    case .repeated:
      let leading = target.rank - target.axes.reversed().prefix { $0 == 1 }.count
      return sum(over: leading..<shape.rank).reshaped(to: target)
    }
  }
}
