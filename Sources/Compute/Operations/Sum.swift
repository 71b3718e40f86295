/// The sum of all values, or of all squares, or for each place of the last axes: one partial sum a tile, right where
/// the values are made.
///
/// Its last bits depend on how the group that it joins is cut into tiles: another plan of the same graph, as one without
/// fusing, may round otherwise.
package struct Total: PointwiseOperation {
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

  /// The sums at each place of the last axes; nil where a tile's partial sums were not whole vectors, or not few beside
  /// its values.
  init?(of shape: Shape, keptAxes: Int) {
    let kept = Shape.count(shape.axes.suffix(keptAxes))
    guard kept % 8 == 0, kept <= Program.width, shape.count / kept >= 1024 else { return nil }
    kind = .columns(axes: keptAxes)
  }

  init(_ kind: Kind) { self.kind = kind }

  package var name: String {
    switch kind {
    case .values: "sum"
    case .squares: "sum of squares"
    case .columns: "sum over axes"
    }
  }
  package func shape(of operands: [Shape]) -> Shape { Shape(Array(operands[0].axes.suffix(keptAxes))) }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let x = site.operands[0]
    let spread = graph.broadcast(site.upstream, to: graph.shape(x))
    return [kind == .squares ? graph.scale(graph.multiply(spread, x), by: 2) : spread]
  }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { nil }
  package func operationCount(operands: [Shape], result: Shape) -> Int {
    operands[0].count * (kind == .squares ? 2 : 1)
  }
  func instruction(_ link: Link) -> Instruction { Elementwise.copy }
}

/// The sum over neighbouring axes, which disappear.
package struct Sum: StagedOperation, RowwiseOperation {
  package let axes: Range<Int>

  package var name: String { "sum over axes" }

  package func shape(of operands: [Shape]) -> Shape {
    Shape(Array(operands[0].axes[..<axes.lowerBound] + operands[0].axes[axes.upperBound...]))
  }

  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let operand = graph.shape(site.operands[0])
    if axes.lowerBound == 0 { return [graph.broadcast(site.upstream, to: operand)] }
    let kept = operand.axes[..<axes.lowerBound] + axes.map { _ in 1 } + operand.axes[axes.upperBound...]
    return [graph.broadcast(graph.reshape(site.upstream, to: Shape(Array(kept))), to: operand)]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { axes.contains(0) ? nil : [true] }

  package func operationCount(operands: [Shape], result: Shape) -> Int { operands[0].count }

  private func view(_ shape: Shape) -> (outer: Int, reduced: Int, inner: Int) {
    func extent(_ range: Range<Int>) -> Int { Shape.count(shape.axes[range]) }
    return (extent(0..<axes.lowerBound), extent(axes), extent(axes.upperBound..<shape.rank))
  }

  func scratchCount(operands: [Shape], result: Shape) -> Int {
    let (outer, reduced, inner) = view(operands[0])
    return Stage.sumScratch(outer: outer, reduced: reduced, inner: inner)
  }

  func stages(_ link: Link) -> [Stage] {
    let (outer, reduced, inner) = view(link.operandShape(0))
    return Stage.sum(
      link.operand(0), outer: outer, reduced: reduced, inner: inner, into: link.result, scratch: link.scratch)
  }
}

extension Graph {
  /// The sum of all values, a scalar.
  public mutating func sum(_ x: Tensor) -> Tensor {
    shape(x).count == 1 ? reshape(x, to: []) : add(Total(.values), [x])
  }

  /// The sum of all squares, a scalar.
  public mutating func sumOfSquares(_ x: Tensor) -> Tensor { add(Total(.squares), [x]) }

  /// The mean of all values, a scalar.
  public mutating func mean(_ x: Tensor) -> Tensor { scale(sum(x), by: 1 / Float(shape(x).count)) }

  /// The sum over neighbouring axes, which disappear from the shape.
  public mutating func sum(_ x: Tensor, over axes: Range<Int>) -> Tensor {
    let from = shape(x)
    if axes.isEmpty { return x }
    if axes == 0..<from.rank { return sum(x) }
    if from.axes[axes].allSatisfy({ $0 == 1 }) {
      return reshape(x, to: Shape(Array(from.axes[..<axes.lowerBound] + from.axes[axes.upperBound...])))
    }
    if axes.lowerBound == 0, let total = Total(of: from, keptAxes: from.rank - axes.upperBound) {
      return add(total, [x])
    }
    return add(Sum(axes: axes), [x])
  }

  /// Sums `x` to the shape of an operand that was repeated to it: the inverse of repetition in gradients.
  mutating func sum(_ x: Tensor, to target: Shape) -> Tensor {
    let from = shape(x)
    if from == target { return x }
    if from.count == target.count { return reshape(x, to: target) }
    guard let reading = target.reading(beside: from) else {
      preconditionFailure("\(target) was not repeated to \(from)")
    }
    switch reading {
    case .full: return x
    case .scalar: return reshape(sum(x), to: target)
    case .periodic(let period):
      var kept = 1
      var axis = from.rank
      while kept < period {
        axis -= 1
        kept *= from[axis]
      }
      return reshape(sum(x, over: 0..<axis), to: target)
    case .nested:
      return reshape(sum(x, over: target.repeatedAxes(beside: from) ?? 0..<0), to: target)
    case .repeated:
      let leading = target.rank - target.axes.reversed().prefix { $0 == 1 }.count
      return reshape(sum(x, over: leading..<from.rank), to: target)
    }
  }
}
