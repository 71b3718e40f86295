import Files
import Reports
import Runs
import Specs
import Sweeps

/// What a sweep would train, for people.
struct SweepPreview {
  private let plan: SweepPlan
  private let estimate: SweepEstimate
  private let trials: [Assignment]

  /// Trials that are listed.
  private static let most = 12

  init(_ plan: SweepPlan, _ estimate: SweepEstimate, _ trials: [Assignment]) {
    (self.plan, self.estimate, self.trials) = (plan, estimate, trials)
  }

  func text(width: Int) -> String {
    var lines: [String] = []
    let own = plan.sweep.strata.first?.search.trials ?? 0
    let strata =
      estimate.strata.count > 1
      ? ", \(Readable.count(own)) with each of \(estimate.strata.count) values of \(plan.sweep.each ?? "")" : ""
    lines.append("\(plan.name): \(Readable.count(estimate.trials, "trial"))\(strata)")
    if plan.sweep.rungs != nil {
      for (place, rungs) in estimate.rungs.enumerated() {
        let steps = rungs.map { "\($0.trials) to \($0.length ?? "the end")" }.joined(separator: ", ")
        lines.append("  \(estimate.rungs.count > 1 ? "bracket \(place + 1): " : "rungs: ")\(steps)")
      }
    }
    let seeds = plan.seeds.count > 1 ? " with \(Readable.count(plan.seeds.count, "seed"))" : ""
    let runs = Readable.count(estimate.runs, "run")
    lines.append(
      "  \(runs)\(seeds)\(estimate.finalRuns > 0 ? ", then \(Readable.count(estimate.finalRuns, "run")) of the best" : "")"
    )
    let time = estimate.seconds.map { ", about \(Readable.duration(max(1, $0))) of training on this machine" } ?? ""
    lines.append(
      "  \(SweepPreview.operations(estimate.operations))\(time), about \(ByteCount.text(Int(min(estimate.disk, 1e18)))) on the disk"
        + (estimate.isKnown ? "" : " (by the spec's own values: those of the trials are not known yet)"))
    lines.append("  looks for \(plan.goal == .minimize ? "low" : "high") \(plan.column.name)")
    return lines.joined(separator: "\n") + table(width)
  }

  /// `1.2 PFLOP`.
  private static func operations(_ count: Double) -> String {
    count >= 1e15
      ? "\(Readable.number(count / 1e15)) PFLOP"
      : count >= 1e12 ? "\(Readable.number(count / 1e12)) TFLOP" : Readable.operations(count)
  }

  /// The first trials with their values.
  private func table(_ width: Int) -> String {
    guard !trials.isEmpty else { return "" }
    var keys: [String] = []
    for key in trials.flatMap({ $0.pairs.map(\.key) }) where !keys.contains(key) { keys.append(key) }
    var table = TextTable([.right] + keys.map { _ in .right })
    let short = ShortKeys.short(keys)
    table.add(["trial"] + keys.map { short[$0] ?? $0 })
    for (place, trial) in trials.prefix(SweepPreview.most).enumerated() {
      table.add(
        ["\(place + 1)"] + keys.map { key in trial[key].map { ShortKeys.cell(Emitter.flowText(of: $0)) } ?? "-" })
    }
    let left = trials.count - SweepPreview.most
    return "\n"
      + table.blocks(width: width - 2).map { block in
        block.text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      }.joined(separator: "\n\n") + (left > 0 ? "\n  and \(Readable.count(left)) more" : "")
  }
}
