import Files
import Reports
import Specs
import Training

/// What is new of runs, in lines: a row each, where it ended, and what was found then.
struct WatchNews {
  private var steps: [String: Double] = [:]
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

  /// The rows behind the last that was told; after a step back those that are written again.
  private mutating func rows(of run: ReportRun) -> [String] {
    let curves = RunFrame.main(of: run)
    let path = run.folder.path
    let all = Set(curves.flatMap(\.steps)).filter(\.isFinite).sorted()
    let last = min(steps[path] ?? 0, all.last ?? 0)
    steps[path] = all.last ?? 0
    return all.filter { $0 > last }.map { step in
      let values = curves.compactMap { curve -> String? in
        guard let place = curve.steps.firstIndex(of: step), !curve.values[place].isNaN else { return nil }
        return "\(DisplayText.printable(curve.column.name)) \(Decimals.short(curve.values[place]))"
      }
      return (["step \(Decimals.whole(step))"] + values).joined(separator: "  ")
    }
  }
}
