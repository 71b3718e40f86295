/// One kind of step in a graph: its shape rule, its gradient rule and, through one of the protocols below, its kernel.
///
/// Operations are values: two equal ones on equal operands are one vertex.
package protocol Operation: Hashable, Sendable {
  /// What reports and error messages call it.
  var name: String { get }

  /// The shape of the result. The layers above have checked what a person wrote; a misfit here is our bug.
  func shape(of operands: [Shape]) -> Shape

  /// Emits the operations that carry the gradient from the result to each operand; nil where it is zero by
  /// structure. `site.isNeeded` says which operands somebody asked for.
  func gradients(at site: GradientSite) -> [Tensor?]

  /// Floating-point operations of one run.
  func operationCount(operands: [Shape], result: Shape) -> Int
}

extension Operation {
  package func operationCount(operands: [Shape], result: Shape) -> Int { result.count }
}

/// Where a gradient rule is applied.
package struct GradientSite {
  package let result: Tensor
  package let operands: [Tensor]
  /// The gradient that arrives at the result, of the result's shape.
  package let upstream: Tensor
  /// For each operand, whether its gradient is wanted.
  package let isNeeded: [Bool]

  /// The graph that grows.
  package var graph: GraphBuilder { result.graph }
}

/// An operation without operands, where gradients end.
protocol SourceOperation: Operation {}

extension SourceOperation {
  package func gradients(at site: GradientSite) -> [Tensor?] { [] }
}

/// An operation without a kernel: its result is memory that exists already.
protocol StructuralOperation: Operation {}

/// An operation of which each row of the result, along the first axis, depends on the same row of some operands and
/// on the whole of the others.
protocol RowwiseOperation: Operation {
  /// For every operand whether it is batched, row n of the result depending on its row n alone; nil where the rows of the result
  /// depend on each other.
  func rowOperands(operands: [Shape], result: Shape) -> [Bool]?
  /// The operation on the batches of several passes stacked along the first axis, this one's rows first; nil if the others are
  /// different operations.
  func stacked(with others: [any Operation]) -> Self?
  /// Whether a stack can begin with it although it reads no rows, as one of random draws does.
  var beginsStack: Bool { get }
}

extension RowwiseOperation {
  var beginsStack: Bool { false }
  func stacked(with others: [any Operation]) -> Self? { others.allSatisfy { $0 as? Self == self } ? self : nil }
}

/// An operation on values at the same place of its operands, run chunk by chunk in the tile of whatever produced them.
///
/// Operands may be of a smaller shape (see `Shape.reading(beside:)`). Its rows are independent unless it says otherwise:
/// one whose values depend on more than those at the same place must say how it is stacked.
protocol PointwiseOperation: RowwiseOperation {
  /// The number of leading operands read chunk by chunk; the others are read whole.
  func chunkOperands(of count: Int) -> Int
  /// The loop, with whatever memory it refers to.
  func instruction(_ link: LinkedPlan) -> Instruction
}

extension PointwiseOperation {
  func chunkOperands(of count: Int) -> Int { count }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? {
    var isOfRows: [Bool] = []
    for operand in operands {
      switch operand.reading(beside: result) {
      case .full, .repeated, .nested: isOfRows.append(true)
      case let reading:
        // The whole of it for every row, however many there are.
        guard operand.reading(beside: result.withRows(times: 2)) == reading else { return nil }
        isOfRows.append(false)
      }
    }
    return isOfRows
  }
}

/// A pointwise operation that reduces the values of its operand to a few sums: its instruction adds each chunk to the sums of
/// the runs it belongs to, right where the values are made.
protocol ReducingOperation: PointwiseOperation {
  /// The order in which the values are added.
  func tree(of operand: Shape) -> SumTree
  /// Makes the result of the sums of all runs.
  func finish(_ sums: Buffer, _ tree: SumTree, into result: Buffer)
}

extension ReducingOperation {
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { nil }
}

/// A pointwise operation that changes a variable in place; its result is the variable's new value.
protocol UpdatingOperation: PointwiseOperation {
  var variable: Variable { get }
}

extension UpdatingOperation {
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { nil }
}

/// An operation that multiplies matrices: what it costs is their extents.
protocol MatrixProduct: Operation {
  /// The product [m, k] [k, n] that it comes down to.
  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int)
}

extension MatrixProduct {
  package func operationCount(operands: [Shape], result: Shape) -> Int {
    let (m, n, k) = extents(operands: operands, result: result)
    return 2 * m * n * k
  }
}

/// An operation with a kernel that needs memory of each worker's own.
protocol KernelOperation: Operation {
  /// Values of it.
  func workerScratch(operands: [Shape], result: Shape) -> Int
}

extension KernelOperation {
  func workerScratch(operands: [Shape], result: Shape) -> Int { 0 }
}

/// An operation whose result is a matrix made rectangle by rectangle, so that pointwise operations can follow on
/// each rectangle while it is in cache.
protocol ProducingOperation: KernelOperation {
  func columns(of result: Shape) -> Int
  /// How the result is cut; `isStreamed` where operations behind it read and write arrays of the result's shape that
  /// are in no cache, as optimizers do.
  func tiles(operands: [Shape], result: Shape, isStreamed: Bool) -> [Rectangle]
  func producer(_ link: LinkedPlan) -> Producer
}

/// An operation with a kernel of its own, in one or more stages of numbered tiles.
protocol StagedOperation: KernelOperation {
  /// Values of scratch memory shared by its stages.
  func scratchCount(operands: [Shape], result: Shape) -> Int
  func stages(_ link: LinkedPlan) -> [Stage]
}

extension StagedOperation {
  func scratchCount(operands: [Shape], result: Shape) -> Int { 0 }
}
