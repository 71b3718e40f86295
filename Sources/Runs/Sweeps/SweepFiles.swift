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
      let tables = SweepTables(plan, outcome)
      try replace(folder.leaderboard, with: tables.leaderboard)
      try replace(folder.budget, with: tables.budget)
      try replace(folder.finale, with: tables.then)
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
