/// A linear map along the height of images and another along their width: interpolation, means over windows.
///
/// y[n, a, b, c] = sum over i, j of R[a, i] S[b, j] x[n, i, j, c] for the maps' matrices R and S, most of whose entries
/// are 0. Its gradient is the same with both matrices transposed.
package struct Resampling: ProducingOperation, RowwiseOperation {
  package let rows: AxisMap
  package let columns: AxisMap

  package var name: String { "resampling" }

  package func shape(of operands: [Shape]) -> Shape {
    let x = operands[0]
    precondition(x.rank == 4 && x[1] == rows.inputs && x[2] == columns.inputs, "resampling of \(x)")
    return [x[0], rows.outputs, columns.outputs, x[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.upstream.resampled(rows: rows.transposed, columns: columns.transposed)]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true] }

  package func operationCount(operands: [Shape], result: Shape) -> Int {
    let vertical = rows.taps.reduce(0) { $0 + $1.count } * columns.inputs
    let horizontal = rows.outputs * columns.taps.reduce(0) { $0 + $1.count }
    return 2 * result[0] * result[3] * (vertical + horizontal)
  }

  func columns(of result: Shape) -> Int { result[3] }

  /// Whole rows of images, about 16 thousand values each.
  func tiles(operands: [Shape], result: Shape, isStreamed: Bool) -> [Rectangle] {
    let (lines, width) = (result[0] * result[1], result[2])
    let perTile = max(1, 16384 / (width * result[3]))
    return Tiling.split(lines, into: (lines + perTile - 1) / perTile, unit: 1).map {
      Rectangle(rows: ($0.lowerBound * width)..<($0.upperBound * width), columns: 0..<result[3])
    }
  }

  /// One row of an image after the map along the height.
  func workerScratch(operands: [Shape], result: Shape) -> Int { columns.inputs * result[3] }

  func producer(_ link: LinkedPlan) -> Producer {
    Resampler(rows: rows, columns: columns, channels: link.operandShape(0)[3]).producer(of: link.operand(0))
  }
}

extension Tensor {
  /// Images [N, height, width, C] under a linear map along the height and another along the width.
  package func resampled(rows: AxisMap, columns: AxisMap) -> Tensor {
    applying(Resampling(rows: rows, columns: columns))
  }
}
