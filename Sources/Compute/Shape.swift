/// The extents of an array, outermost first: `[N, H, W, C]` for images, `[N, features]` for vectors, `[]` for a scalar.
///
/// Values lie in memory with the last axis running fastest.
package struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extent of every axis.
  package let axes: [Int]

  package init(_ axes: [Int]) { self.axes = axes }

  package init(arrayLiteral axes: Int...) { self.axes = axes }

  /// The number of values: the product of the extents, 1 for a scalar, at most `mostValues`.
  package var count: Int { Shape.count(axes) }

  /// The most values that are counted: more than any machine holds, and so few that the bytes of many arrays can be added.
  package static let mostValues = 1 << 44

  /// The product of extents, at most `mostValues`: sizes that people give are multiplied here, where nothing overflows.
  package static func count(_ extents: some Sequence<Int>) -> Int {
    var product = 1
    var isVast = false
    for extent in extents {
      if extent == 0 { return 0 }
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      isVast = isVast || overflow || next > mostValues
      if !isVast { product = next }
    }
    return isVast ? mostValues : product
  }

  package var rank: Int { axes.count }

  /// The extent of one axis.
  package subscript(axis: Int) -> Int { axes[axis] }

  /// The shape as a person writes it, `[28, 28, 1]`.
  package var description: String { "[" + axes.map(String.init).joined(separator: ", ") + "]" }

  /// The neighbouring axes along which an operand of this shape is repeated to a result of the same rank; nil where it
  /// is not.
  func repeatedAxes(beside result: Shape) -> Range<Int>? {
    let others = axes.indices.filter { axes[$0] != result.axes[$0] }
    guard let first = others.first, let last = others.last, axes[first...last].allSatisfy({ $0 == 1 }) else {
      return nil
    }
    return first..<(last + 1)
  }

  /// The shape with its first axis so many times as long.
  func withRows(times count: Int) -> Shape { Shape([axes[0] * count] + axes.dropFirst()) }

  /// How an operand of this shape is read beside a result of another shape.
  package enum Reading: Hashable, Sendable {
    /// Value for value.
    case full
    /// One value for all.
    case scalar
    /// The operand repeats every `period` values: `[C]` beside `[N, H, W, C]`.
    case periodic(period: Int)
    /// Each value of the operand stands for `run` neighbours: `[N, 1]` beside `[N, features]`.
    case repeated(run: Int)
    /// `period` values for every `block` of the result, repeated within it: `[N, 1, 1, C]` beside `[N, H, W, C]`.
    case nested(block: Int, period: Int)
  }

  /// How an operand of this shape is read beside a result of shape `result`; nil where the shapes do not fit.
  package func reading(beside result: Shape) -> Reading? {
    if axes == result.axes { return .full }
    if count == 1 { return .scalar }
    let kept = axes.drop { $0 == 1 }
    if kept.count <= result.rank, Array(kept) == Array(result.axes.suffix(kept.count)) {
      return .periodic(period: count)
    }
    if rank == result.rank {
      let trailing = axes.reversed().prefix { $0 == 1 }.count
      let leading = rank - trailing
      if axes.prefix(leading) == result.axes.prefix(leading) {
        return .repeated(run: Shape.count(result.axes.suffix(trailing)))
      }
      if let repeated = repeatedAxes(beside: result) {
        return .nested(
          block: Shape.count(result.axes[repeated.lowerBound...]),
          period: Shape.count(result.axes[repeated.upperBound...]))
      }
    }
    return nil
  }
}
