import Networks

/// The metrics of the steps since the last row of metrics.csv, in Double and in the order of the steps.
package struct MetricSums: Sendable, Equatable {
  /// One number a column: the sum over the steps or, where a column's reduction is the last value, that.
  package private(set) var sums: [Double]
  /// The steps that were added.
  package private(set) var count = 0

  /// No steps of so many columns.
  package init(of columns: Int) { sums = [Double](repeating: 0, count: columns) }

  /// Numbers that a checkpoint kept; nil where they cannot be such.
  package init?(sums: [Double], count: Int) {
    guard count >= 0 else { return nil }
    self.sums = sums
    self.count = count
  }

  /// Adds the metrics of a step.
  package mutating func add(_ values: [Float], of columns: [Column]) {
    for (index, column) in columns.enumerated() {
      let value = Double(values[index])
      sums[index] = column.reduction == .last ? value : sums[index] + value
    }
    count += 1
  }

  /// The row of these steps, rounded to Float.
  package func row(of columns: [Column]) -> [Float] {
    zip(sums, columns).map { sum, column in
      Float(column.reduction == .mean ? sum / Double(max(count, 1)) : sum)
    }
  }

  /// Forgets all steps.
  package mutating func reset() {
    for index in sums.indices { sums[index] = 0 }
    count = 0
  }
}
