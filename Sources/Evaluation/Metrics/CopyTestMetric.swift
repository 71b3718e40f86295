import Networks
import Specs

/// The three-sample test C_T of data copying (Meehan et al., "A Non-Parametric Test to Detect Data-Copying in Generative Models", 2020).
package struct CopyTestMetric: Metric {
  package static let name = "copy_test"
  package static let summary =
    "how much nearer to training samples generated ones lie than held-out ones do, in standard errors"
  package static let alsoCalled = ["c_t", "data_copying"]
  let cells: Int

  package init(from fields: inout Fields) {
    cells = fields.integer("cells", in: 1...1000, default: 3, "the cells of k means that are tested apart")
  }

  package var columns: [Column] {
    [
      Column(
        "copy_test", "C_T: below -3 samples are copied, above 3 they miss the data", unit: "standard errors",
        reduction: .last)
    ]
  }
  package var needs: Needs { [.features, .heldOut] }
  package var floor: Floor { .heldOut }
  package func bytes(_ counts: SampleCounts) -> Int { CopyFinding.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    let finding = subject.copyFinding
    let (cells, heldOut) = subject.cells(cells)
    let value = CopyTest.statistic(
      generated: finding.generated.nearest, heldOut: finding.heldOut.nearest,
      cells: (cells.cells(of: subject.generated.points, on: subject.pool), heldOut, cells.centres.rows))
    return [Measured(value ?? .nan)]
  }
}
