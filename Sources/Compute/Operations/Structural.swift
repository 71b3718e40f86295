/// The value of a variable before any update of the graph.
package struct ReadVariable: StructuralOperation, SourceOperation {
  package let variable: Variable
  package var name: String { variable.name }
  package func shape(of operands: [Shape]) -> Shape { variable.shape }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
}

/// Values that the host writes before each run.
package struct Input: StructuralOperation, SourceOperation {
  package let name: String
  package let shape: Shape
  package func shape(of operands: [Shape]) -> Shape { shape }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
}

/// One number.
package struct ConstantValue: StructuralOperation, SourceOperation {
  package let value: Float
  package var name: String { "\(value)" }
  package func shape(of operands: [Shape]) -> Shape { [] }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
}

/// The same values under another shape.
package struct Reshaping: StructuralOperation, RowwiseOperation {
  package let shape: Shape
  package var name: String { "reshape" }
  package func shape(of operands: [Shape]) -> Shape {
    precondition(operands[0].count == shape.count, "reshape \(operands[0]) to \(shape)")
    return shape
  }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.upstream.reshaped(to: site.operands[0].shape)]
  }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? {
    operands[0].axes.first == result.axes.first ? [true] : nil
  }
  package func stacked(with others: [any Operation]) -> Reshaping? {
    guard others.allSatisfy({ $0 as? Reshaping == self }) else { return nil }
    return Reshaping(shape: shape.withRows(times: others.count + 1))
  }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
}

/// Neighbouring rows of a value, where they lie.
package struct Rows: StructuralOperation {
  package let start: Int
  package let count: Int
  /// The shard of the batch that they begin, from 0; nil for rows of anything else.
  var shard: Int?
  package var name: String { "rows" }
  package func shape(of operands: [Shape]) -> Shape {
    precondition(start >= 0 && start + count <= operands[0][0], "rows \(start)... of \(operands[0])")
    return Shape([count] + operands[0].axes.dropFirst())
  }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    // Zeros before and behind, as columns of the one row of all values.
    let x = site.operands[0].shape
    let parts = [start, x[0] - start - count].map { $0 == 0 ? nil : site.graph.zeros([1, $0 * (x.count / x[0])]) }
    let row = site.upstream.reshaped(to: [1, site.upstream.shape.count])
    return [site.graph.concatenate([parts[0], row, parts[1]].compactMap { $0 }).reshaped(to: x)]
  }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
}

extension GraphBuilder {
  /// Values that the host writes before each run, found by this name.
  package func input(_ name: String, _ shape: Shape) -> Tensor { add(Input(name: name, shape: shape), []) }

  /// A number.
  package func constant(_ value: Float) -> Tensor { add(ConstantValue(value: value), []) }
}

extension Tensor {
  /// `count` rows from `start`, along the first axis, where they lie.
  /// - Parameter shard: the number, from 0, of the shard of the batch that they are of; nil for none. What depends on them is of
  ///   that shard, see `Placement`.
  package func rows(from start: Int, count: Int, shard: Int? = nil) -> Tensor {
    applying(Rows(start: start, count: count, shard: shard))
  }

  /// The same values, in the same order, under another shape.
  package func reshaped(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    if vertex.operation is Reshaping { return graph.tensor(vertex.operands[0]).reshaped(to: shape) }
    return applying(Reshaping(shape: shape))
  }

  /// The number that all values are known to be while planning.
  var knownConstant: Float? {
    if let constant = vertex.operation as? ConstantValue { return constant.value }
    return vertex.operation is Broadcast ? graph.tensor(vertex.operands[0]).knownConstant : nil
  }
}
