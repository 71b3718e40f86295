/// Values joined along their last axis: [..., A] and [..., B] to [..., A + B], in the order of the operands.
package struct Concatenation: StagedOperation, RowwiseOperation {
  package var name: String { "concatenation" }

  package func shape(of operands: [Shape]) -> Shape {
    let outer = operands[0].axes.dropLast()
    precondition(
      operands.allSatisfy { $0.rank > 0 && $0.axes.dropLast() == outer }, "concatenation of \(operands)")
    return Shape(Array(outer) + [operands.reduce(0) { $0 + ($1.axes.last ?? 0) }])
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    var start = 0
    return zip(site.operands, site.isNeeded).map { operand, isNeeded in
      let count = operand.shape.axes.last ?? 0
      defer { start += count }
      return isNeeded ? site.upstream.columns(from: start, count: count) : nil
    }
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? {
    result.rank > 1 ? operands.map { _ in true } : nil
  }

  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let operands = link.plan.graph.vertices[link.vertex].operands.indices
    let width = operands.reduce(0) { $0 + (link.operandShape($1).axes.last ?? 0) }
    var start = 0
    return operands.map { place in
      let columns = link.operandShape(place).axes.last ?? 0
      defer { start += columns }
      return Stage.copy(
        link.operand(place), columns: columns, from: 0, count: columns, into: link.result, columns: width, at: start)
    }
  }
}

/// Neighbouring columns of a value, along its last axis: the gradient of a concatenation's operand.
package struct Columns: StagedOperation, RowwiseOperation {
  package let start: Int
  package let count: Int

  package var name: String { "columns" }

  package func shape(of operands: [Shape]) -> Shape {
    let x = operands[0]
    precondition(x.rank > 0 && start >= 0 && start + count <= x[x.rank - 1], "columns \(start)... of \(x)")
    return Shape(x.axes.dropLast() + [count])
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let shape = site.operands[0].shape
    let behind = shape[shape.rank - 1] - start - count
    var parts: [Tensor] = []
    if start > 0 { parts.append(site.graph.zeros(Shape(shape.axes.dropLast() + [start]))) }
    parts.append(site.upstream)
    if behind > 0 { parts.append(site.graph.zeros(Shape(shape.axes.dropLast() + [behind]))) }
    return [site.graph.concatenate(parts)]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { result.rank > 1 ? [true] : nil }

  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }

  func stages(_ link: LinkedPlan) -> [Stage] {
    [
      Stage.copy(
        link.operand(0), columns: link.operandShape(0).axes.last ?? 0, from: start, count: count, into: link.result,
        columns: count, at: 0)
    ]
  }
}

extension Tensor {
  /// `count` columns from `start`, along the last axis.
  package func columns(from start: Int, count: Int) -> Tensor {
    count == shape[shape.rank - 1] ? self : applying(Columns(start: start, count: count))
  }
}

extension GraphBuilder {
  /// Values of equal shapes but for the last axis, joined along that.
  package func concatenate(_ parts: [Tensor]) -> Tensor { parts.count == 1 ? parts[0] : add(Concatenation(), parts) }

  /// Values that are all 0.
  func zeros(_ shape: Shape) -> Tensor { constant(0).broadcast(to: shape) }
}
