/// Samples kept in memory as they came: bytes with a table of what each stands for, or Floats.
package enum SampleValues: Sendable {
  /// One byte a value; `lookup` has 256 entries.
  case bytes([UInt8], lookup: [Float])
  /// One Float a value.
  case floats([Float])

  /// The number of values.
  package var count: Int {
    switch self {
    case .bytes(let bytes, _): bytes.count
    case .floats(let floats): floats.count
    }
  }
}

/// Rows of the session's sample table, chosen by an input of row numbers.
package struct Gather: StagedOperation {
  package let sampleShape: Shape
  package var name: String { "gather" }
  package func shape(of operands: [Shape]) -> Shape { Shape([operands[0].count] + sampleShape.axes) }
  /// Samples do not depend on anything that is differentiated.
  package func gradients(at site: GradientSite) -> [Tensor?] { [nil] }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
  func stages(_ link: LinkedPlan) -> [Stage] {
    [
      Stage.gather(
        link.samples, rowLength: sampleShape.count, rows: link.operand(0), count: link.operandShape(0).count,
        into: link.result)
    ]
  }
}

/// The classes of the session's samples, chosen by an input of row numbers: [N] -> [N, 1], whole numbers.
package struct GatherLabels: StagedOperation {
  package var name: String { "gather labels" }
  package func shape(of operands: [Shape]) -> Shape { [operands[0].count, 1] }
  package func gradients(at site: GradientSite) -> [Tensor?] { [nil] }
  package func operationCount(operands: [Shape], result: Shape) -> Int { 0 }
  func stages(_ link: LinkedPlan) -> [Stage] {
    [Stage.gatherLabels(link.labels, rows: link.operand(0), count: link.operandShape(0).count, into: link.result)]
  }
}

extension GraphBuilder {
  /// The classes of the samples whose numbers the host wrote into `rows`: [N] -> [N, 1].
  package func gatherLabels(rows: Tensor) -> Tensor { add(GatherLabels(), [rows]) }

  /// The samples whose numbers (as 32-bit integers) the host wrote into `rows`: [N] -> [N] + sample shape.
  package func gather(rows: Tensor, sampleShape: Shape) -> Tensor { add(Gather(sampleShape: sampleShape), [rows]) }
}
