import Compute
import Networks
import Runs
import Training

/// `Documentation/columns.md`: the columns of a run's CSV files, as `gan-exp describe columns` shows them.
struct ColumnsPage {
  /// The page.
  var text: String {
    var text = """
      # Columns

      Made by `make pages` from what `gan-exp describe columns` shows; a test compares both. A mean is that of a row's steps, and of \
      the turns and micro-batches of a step; "better" is what `compare --by` takes for better.

      [metrics.csv](runs.md#metricscsv) of every run begins with these:


      """
    text += ColumnsPage.table([.step, .epoch])
    for task in TaskCatalog.all {
      let keys = task.keys.map { "`\($0)`" }.joined(separator: " and ")
      text += "## metrics.csv of a spec with \(keys)\n\n\(ColumnsPage.table(task.columns))"
      guard !task.evaluationColumns.isEmpty else { continue }
      text += "## evaluation.csv of a spec with \(keys)\n\n\(ColumnsPage.table(task.evaluationColumns))"
    }
    text += """
      ## health.csv of a spec with a generator

      A row where metrics.csv or evaluation.csv has one; [health.md](health.md) says when each is 1.

      \(ColumnsPage.table(HealthMonitor.columns))
      """
    text +=
      "## timing.csv\n\nA row an epoch; the only CSV file with times.\n\n\(ColumnsPage.table(Runner.timing))"
    return text
  }

  private static func table(_ columns: [Column]) -> String {
    let rows = columns.map { column in
      let value = column.reduction == .last ? "the last" : column.reduction.rawValue
      let better = column.direction == .none ? "" : column.direction.rawValue
      return "| `\(column.name)` | \(column.unit) | \(value) | \(better) | \(Page.cell(column.summary)) |\n"
    }
    return "| column | unit | value | better | meaning |\n|---|---|---|---|---|\n" + rows.joined() + "\n"
  }
}
