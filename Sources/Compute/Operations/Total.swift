/// The sum of all values, or of all squares, or for each place of the last axes, right where the values are made.
package struct Total: ReducingOperation {
  /// What is summed.
  package enum Kind: Hashable, Sendable {
    /// All values.
    case values
    /// The squares of all values.
    case squares
    /// The values at each place of so many of the last axes, which stay.
    case columns(axes: Int)
  }

  package let kind: Kind
  /// How many of the last axes stay.
  package var keptAxes: Int { if case .columns(let axes) = kind { axes } else { 0 } }

  /// The sums at each place of the last axes; nil where they are no whole vectors, or many beside the values.
  init?(of shape: Shape, keptAxes: Int) {
    let kept = Shape.count(shape.axes.suffix(keptAxes))
    guard kept % 8 == 0, kept <= PointwiseProgram.width, shape.count / kept >= 1024 else { return nil }
    kind = .columns(axes: keptAxes)
  }

  init(_ kind: Kind) { self.kind = kind }

  package var name: String {
    switch kind {
    case .values: "sum"
    case .squares: "sum of squares"
    case .columns: "sum over rows"
    }
  }
  package func shape(of operands: [Shape]) -> Shape { Shape(Array(operands[0].axes.suffix(keptAxes))) }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    let x = site.operands[0]
    let spread = site.upstream.broadcast(to: x.shape)
    return [kind == .squares ? 2 * (spread * x) : spread]
  }
  package func operationCount(operands: [Shape], result: Shape) -> Int {
    operands[0].count * (kind == .squares ? 2 : 1)
  }
  func tree(of operand: Shape) -> SumTree {
    if case .columns(let axes) = kind { return SumTree(of: operand, keptAxes: axes) }
    return SumTree(of: operand, keptAxes: min(1, operand.rank))
  }
  func finish(_ sums: Buffer, _ tree: SumTree, into result: Buffer) {
    let isTotal = if case .columns = kind { false } else { true }
    tree.finish(sums, isTotal: isTotal, into: result)
  }
  func instruction(_ link: LinkedPlan) -> Instruction {
    let tree = tree(of: link.operandShape(0))
    if kind == .squares {
      return Instruction { tree.add($0.a, count: $0.count, at: $0.index, squared: true, to: $0.out) }
    }
    return Instruction { tree.add($0.a, count: $0.count, at: $0.index, squared: false, to: $0.out) }
  }
}

extension Tensor {
  /// The sum of all values, a scalar.
  package func sum() -> Tensor { shape.count == 1 ? reshaped(to: []) : applying(Total(.values)) }

  /// The sum of all squares, a scalar.
  package func sumOfSquares() -> Tensor { applying(Total(.squares)) }

  /// The mean of all values, a scalar.
  package func mean() -> Tensor { sum() * (1 / Float(shape.count)) }

  /// The sums at each place of the last axes, made where the values are; nil where `Total` does not take them.
  func totals(keptAxes: Int) -> Tensor? { Total(of: shape, keptAxes: keptAxes).map { applying($0) } }
}
