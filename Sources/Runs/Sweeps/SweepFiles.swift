import Files
import Specs
import Sweeps
import SystemPackage
import Training

/// The files of a sweep that say what it came to: `leaderboard.csv`, `budget.csv`, `then.csv` and the specs of the best.
package struct SweepFiles {
  private let folder: SweepFolder
  private let plan: SweepPlan
  private let outcome: SweepOutcome

  package init(_ folder: SweepFolder, _ plan: SweepPlan, _ outcome: SweepOutcome) {
    (self.folder, self.plan, self.outcome) = (folder, plan, outcome)
  }

  /// Writes them, each as a whole; those that there is nothing for are left out, and removed where they are of earlier results.
  package func write() throws(RunError) {
    do throws(FileError) {
      try DurableFile.replace(folder.leaderboard, with: [UInt8](leaderboard.utf8))
      try replace(folder.budget, with: outcome.budgets.isEmpty ? nil : budget)
      try replace(folder.finale, with: outcome.finals.isEmpty ? nil : finale)
      let names = folder.bestFiles(of: plan.sweep)
      for name in try RunFolder.entries(of: folder.path) where name.hasPrefix("best") && name.hasSuffix(".yaml") {
        let path = "\(folder.path)/\(name)"
        if !names.contains(path) { try DurableFile.remove(path) }
      }
      for (stratum, path) in zip(plan.sweep.strata, names) {
        let best = outcome.rows.first { $0.stratum == stratum.label }
        let text = try best.flatMap { $0.value == nil ? nil : $0 }.map { row throws(FileError) in try spec(of: row) }
        try replace(path, with: text)
      }
    } catch { throw RunError(error) }
  }

  private func replace(_ path: String, with text: String?) throws(FileError) {
    if let text { try DurableFile.replace(path, with: [UInt8](text.utf8)) } else { try DurableFile.remove(path) }
  }

  private func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head] + rows).map { String(decoding: CSVFile.line($0.map(CSVFile.quoted)), as: UTF8.self) }.joined()
  }

  /// A row a trial, the best first, with the values of its parameters.
  private var leaderboard: String {
    let isStratified = plan.sweep.each != nil
    let head =
      ["rank"] + (isStratified ? ["stratum"] : []) + [
        "trial", "status", "steps", "runs", "failed", plan.column.name, "lower", "upper", "tied", "operations",
      ] + outcome.keys
    return table(
      head,
      outcome.rows.map { row in
        [row.rank.map(String.init) ?? ""] + (isStratified ? [row.stratum] : []) + [
          row.trial, row.status, "\(row.steps)", "\(row.runs)", "\(row.failed)", text(row.value), text(row.lower),
          text(row.upper), "\(row.isTied)", "\(row.operations)",
        ] + outcome.keys.map { row.values[$0] ?? "" }
      })
  }

  /// A row a number of trials: the expected best of so many.
  private var budget: String {
    table(
      ["stratum", "trials", "expected", "lower", "upper"],
      outcome.budgets.flatMap { budget in
        budget.expected.indices.map { place in
          [
            budget.stratum, "\(place + 1)", "\(budget.expected[place])",
            budget.lower.isEmpty ? "" : "\(budget.lower[place])", budget.upper.isEmpty ? "" : "\(budget.upper[place])",
          ]
        }
      })
  }

  private var finale: String {
    table(
      [
        "stratum", "trial", "runs", "failed", "mean", "lower", "upper", "interquartile_mean", "interquartile_lower",
        "interquartile_upper", "standard_deviation", "best", "worst",
      ],
      outcome.finals.map { row in
        [row.stratum, row.trial, "\(row.runs)", "\(row.failed)"]
          + [
            row.mean, row.lower, row.upper, row.interquartileMean, row.interquartileLower, row.interquartileUpper,
            row.standardDeviation, row.best, row.worst,
          ].map(text)
      })
  }

  /// The spec of a trial, to run again: with every default, and with paths that do not depend on where it lies.
  private func spec(of row: SweepOutcome.Row) throws(FileError) -> String {
    let path = "\(folder.path)/\(row.trial)/resolved.yaml"
    let bytes = try DurableFile.read(path)
    guard let root = ResolvedSpec.parse(String(decoding: bytes, as: UTF8.self), name: path) else {
      throw FileError(path: path, damaged: "it is no spec")
    }
    let name = ExperimentName.nearest(to: "\(plan.name)-best\(row.stratum.isEmpty ? "" : "-\(row.stratum)")")
    let pairs = (root.pairs ?? []).map { pair in
      pair.key.text == "name" ? (key: pair.key, value: Node.string(name)) : pair
    }
    let value = row.value.map { "\(plan.column.name) \($0)" } ?? ""
    return "# \(row.trial) of the sweep \(plan.name): \(value)\n"
      + Emitter.text(of: absolute(Node(.mapping(pairs), mark: root.mark)))
  }

  /// The same with the whole paths of files that lie in the folder of the sweep's file.
  private func absolute(_ node: Node) -> Node {
    if let elements = node.elements { return Node(.sequence(elements.map(absolute)), mark: node.mark) }
    guard let pairs = node.pairs else { return node }
    return Node(
      .mapping(
        pairs.map { pair in
          guard ["path", "spec", "weights"].contains(pair.key.text), let text = pair.value.text,
            FilePath(text).isRelative
          else { return (key: pair.key, value: absolute(pair.value)) }
          let whole = "\(DurableFile.absolute(plan.specFolder))/\(text)"
          return (
            key: pair.key, value: FileBytes.exists(whole) || FileBytes.isFolder(whole) ? .string(whole) : pair.value
          )
        }), mark: node.mark)
  }
}
