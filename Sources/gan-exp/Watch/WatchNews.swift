import Files
import Reports
import Specs
import Training

/// What is new of runs, in lines: a row each, where it ended, and what was found then.
struct WatchNews {
  /// The last step that was told of each column of a run: its files are written one after the other.
  private var steps: [String: [String: Double]] = [:]
  private var told: [String: String] = [:]

  /// The lines of what was not told before.
  mutating func lines(of state: WatchSubject.State) -> [String] {
    let names = state.title == nil ? [""] : ShortPaths.shortened(state.runs.map(\.folder.path)).names.map { $0 + ": " }
    var lines: [String] = []
    for (name, found) in zip(names, state.runs) {
      guard let run = found.run else { continue }
      let name = DisplayText.printable(name)
      lines += rows(of: run).map { name + $0 }
      let status = run.summary.status
      guard !run.isRunning, told[run.folder.path] != status else { continue }
      told[run.folder.path] = status
      let frame = RunFrame(run, width: 200, usesColor: false)
      lines.append(name + frame.progress)
      if state.title == nil { lines += frame.verdict.filter { !$0.isEmpty } }
    }
    return lines
  }

  /// The values behind the last that were told, by steps; after a step back those that are written again.
  private mutating func rows(of run: ReportRun) -> [String] {
    var rows: [Double: [String]] = [:]
    for curve in RunFrame.main(of: run) {
      let name = curve.column.name
      let end = curve.steps.last { $0.isFinite } ?? 0
      let last = min(steps[run.folder.path]?[name] ?? 0, end)
      steps[run.folder.path, default: [:]][name] = end
      for place in curve.steps.indices.reversed() {
        let step = curve.steps[place]
        if step <= last { break }
        guard step.isFinite, !curve.values[place].isNaN else { continue }
        rows[step, default: []].append("\(DisplayText.printable(name)) \(Decimals.short(curve.values[place]))")
      }
    }
    return rows.keys.sorted().map { step in
      (["step \(Decimals.whole(step))"] + (rows[step] ?? [])).joined(separator: "  ")
    }
  }
}
