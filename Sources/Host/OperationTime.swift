import Compute

/// What an operation took, alone or within a step, and what it could take.
package struct OperationTime: Codable, Sendable {
  /// The operation, with what is fused behind it.
  package let label: String
  /// Milliseconds.
  package let milliseconds: Double
  /// Its share of the step, or of all operations that were timed.
  package let share: Double
  /// Arithmetic, in GFLOP/s.
  package let gigaflops: Double
  /// Arrays read and written, in GB/s.
  package let bandwidth: Double
  /// What it could take, in milliseconds.
  ///
  /// Products at the peak of multiply-adds and, behind products, the traffic of optimizers, else all traffic, at the
  /// bandwidth of memory. What lies in caches may be faster.
  package let bound: Double

  init(_ label: String, _ rows: [PlanReport.Row], seconds: Double, of total: Double, peaks: MachinePeaks) {
    self.label = label
    milliseconds = seconds * 1e3
    share = seconds / max(total, 1e-12)
    var (operations, traffic, least) = (0, 0, 0.0)
    for row in rows {
      operations += row.operations
      traffic += row.traffic
      let bytes = row.productOperations > 0 ? row.stateTraffic : row.traffic
      least += Double(row.productOperations) / peaks.gigaflops + Double(bytes) / peaks.bandwidth
    }
    gigaflops = Double(operations) / max(seconds, 1e-12) / 1e9
    bandwidth = Double(traffic) / max(seconds, 1e-12) / 1e9
    bound = least / 1e6
  }
}
