/// Images moved by whole places, zeros coming in: y[n, i, j, c] = x[n, i - d_n0, j - d_n1, c] with d_n0 the integer nearest
/// to `height` u_n0 and d_n1 that nearest to `width` u_n1.
///
/// Operands: x [N, H, W, C] and u [N, 2].
package struct Translation: StagedOperation, RowwiseOperation {
  package let height: Float
  package let width: Float
  package var name: String { "translation" }
  package func shape(of operands: [Shape]) -> Shape {
    precondition(
      operands[0].rank == 4 && operands[1] == [operands[0][0], 2], "translation of \(operands[0]) by \(operands[1])")
    return operands[0]
  }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.upstream.applying(Translation(height: -height, width: -width), site.operands[1]), nil]
  }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, true] }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
  func stages(_ link: LinkedPlan) -> [Stage] {
    [
      Stage.translation(
        of: link.operand(0), shape: link.operandShape(0), by: link.operand(1), height: height, width: width,
        into: link.result)
    ]
  }
}

/// 1 everywhere but in a square of `size` places a side, where it is 0: [N, 2] -> [N, H, W, 1].
///
/// Operand u [N, 2] in (0, 1): the square's middle is the place floor(u (H + 1 - size mod 2)), its first row the middle less
/// floor(size / 2); likewise along the width. It may lie partly outside.
package struct Cutout: StagedOperation, RowwiseOperation {
  package let height: Int
  package let width: Int
  package let size: Int
  package var name: String { "cutout" }
  package func shape(of operands: [Shape]) -> Shape { [operands[0][0], height, width, 1] }
  /// Where the square lies is not differentiated.
  package func gradients(at site: GradientSite) -> [Tensor?] { [nil] }
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true] }
  func stages(_ link: LinkedPlan) -> [Stage] {
    [
      Stage.cutout(
        at: link.operand(0), count: link.operandShape(0)[0], height: height, width: width, size: size,
        into: link.result)
    ]
  }
}

extension Tensor {
  /// Images [N, H, W, C] moved by `height` u_n0 rows and `width` u_n1 columns, rounded to integers; zeros come in.
  package func translated(by u: Tensor, height: Float, width: Float) -> Tensor {
    applying(Translation(height: height, width: width), u)
  }
}

extension GraphBuilder {
  /// Masks [N, height, width, 1] with a square of zeros whose middle is chosen by `places` [N, 2] in (0, 1).
  package func cutout(height: Int, width: Int, size: Int, at places: Tensor) -> Tensor {
    add(Cutout(height: height, width: width, size: size), [places])
  }
}
