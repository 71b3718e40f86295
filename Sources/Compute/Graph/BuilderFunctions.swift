/// The operators and methods of `Tensor` as functions of the builder, `graph.add(a, b)` for `a + b`: for code that is not yet in
/// the shorter notation.
extension GraphBuilder {
  /// The extents of its axes.
  package func shape(_ x: Tensor) -> Shape { x.shape }
  /// a + b.
  package func add(_ a: Tensor, _ b: Tensor) -> Tensor { a + b }
  /// a - b.
  package func subtract(_ a: Tensor, _ b: Tensor) -> Tensor { a - b }
  /// a b, value for value.
  package func multiply(_ a: Tensor, _ b: Tensor) -> Tensor { a * b }
  /// a s.
  package func scale(_ a: Tensor, by number: Float) -> Tensor { a * number }
  /// a + s.
  package func offset(_ a: Tensor, by number: Float) -> Tensor { a + number }
  /// The sum of all values, a scalar.
  package func sum(_ x: Tensor) -> Tensor { x.sum() }
  /// The sum over neighbouring axes.
  package func sum(_ x: Tensor, over axes: Range<Int>) -> Tensor { x.sum(over: axes) }
  /// The sum of all squares, a scalar.
  package func sumOfSquares(_ x: Tensor) -> Tensor { x.sumOfSquares() }
  /// The mean of all values, a scalar.
  package func mean(_ x: Tensor) -> Tensor { x.mean() }
  /// 1 where x > 0, else 0.
  package func isPositive(_ x: Tensor) -> Tensor { x.isPositive() }
  /// The largest value along the last axis.
  package func rowMaximum(_ x: Tensor) -> Tensor { x.rowMaximum() }
  /// ln sum e^x along the last axis.
  package func logSumExp(_ x: Tensor) -> Tensor { x.logSumExp() }
  /// Rows of zeros with a 1 at the place of each class.
  package func oneHot(_ labels: Tensor, classes: Int) -> Tensor { labels.oneHot(classes: classes) }
  /// The same values under another shape.
  package func reshape(_ x: Tensor, to shape: Shape) -> Tensor { x.reshaped(to: shape) }
  /// Neighbouring rows.
  package func rows(_ x: Tensor, from start: Int, count: Int) -> Tensor { x.rows(from: start, count: count) }
  /// Neighbouring columns.
  package func columns(_ x: Tensor, from start: Int, count: Int) -> Tensor { x.columns(from: start, count: count) }
  /// The value as it is now, held constant in gradients.
  package func snapshot(_ x: Tensor) -> Tensor { x.stopGradient() }
}
