import Networks

extension Column {
  /// The step after which a row was written, from 1.
  package static let step = Column("step", "the row's last training step, from 1", unit: "steps", reduction: .last)
  /// The epoch of that step.
  package static let epoch = Column("epoch", "the epoch of that step, from 1", unit: "epochs", reduction: .last)

  /// All columns that metrics.csv, evaluation.csv and health.csv can have, in their order.
  package static let all =
    [step, epoch] + TaskCatalog.columns + TaskCatalog.evaluationColumns + HealthMonitor.columns

  /// The columns of a file by their names; one with @ says by which features it was measured.
  /// - Parameter recorded: what the run itself says of its columns.
  /// - Returns: a column that neither the run nor this version knows says nothing of its values.
  package static func named(_ names: [String], recorded: [Column]) -> [Column] {
    names.map { name in
      let known = recorded.first { $0.name == name } ?? all.first { $0.name == name }
      let measured = String(name.prefix { $0 != "@" })
      return known ?? all.first { $0.name == measured }?.named(name)
        ?? Column(name, "unknown to this version", reduction: .last)
    }
  }

  /// The columns that any of several runs has, in the order of `all`, then others as they come.
  package static func union(_ runs: [[Column]]) -> [Column] {
    var found: [Column] = []
    for column in runs.joined() where !found.contains(where: { $0.name == column.name }) { found.append(column) }
    func place(_ column: Column) -> Int {
      let measured = column.name.prefix { $0 != "@" }
      return all.firstIndex { $0.name == measured } ?? all.count
    }
    return found.enumerated()
      .sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }.map(\.element)
  }
}
