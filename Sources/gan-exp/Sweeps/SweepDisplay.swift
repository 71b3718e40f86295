import Files
import Reports
import Runs
import Specs
import Sweeps

/// Shows a sweep to a person: a few lines, renewed in their place on a terminal; elsewhere a line whenever a trial gets on.
final class SweepDisplay: SweepObserver {
  private let isQuiet: Bool
  private var live = LiveLines()
  private var told: [TrialNumber: Int] = [:]

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// The first lines.
  func began(_ plan: SweepPlan, _ folder: SweepFolder, jobs: Int, threads: Int) {
    guard !isQuiet else { return }
    let seeds = plan.seeds.count > 1 ? " of \(Readable.count(plan.seeds.count, "seed"))" : ""
    Terminal.write(
      "\(Terminal.bold(DisplayText.printable(plan.name))), \(Readable.count(plan.sweep.trialCount, "trial"))\(seeds), "
        + "\(Readable.count(jobs, "worker")) with \(Readable.count(threads, "thread"))\(jobs == 1 ? "" : " each")\n"
        + "  \(folder.path)\n")
  }

  func progressed(_ state: inout SweepState, isLast: Bool) {
    guard !isQuiet else { return }
    let work = state.work()
    guard Terminal.isLive else {
      for standing in work.search.standings where standing.legs > told[standing.trial] ?? 0 {
        told[standing.trial] = standing.legs
        Terminal.write("\(SweepDisplay.words(standing, state))\n")
      }
      return
    }
    if isLast { live.erase() } else { live.draw(SweepDisplay.lines(work, state)) }
  }

  func noted(_ message: String) {
    live.erase()
    Terminal.note(message)
  }

  /// What a trial came to, in a line.
  private static func words(_ standing: Standing, _ state: SweepState) -> String {
    let name = state.trial(standing.trial).map { SweepFolder.trialName($0.digest) } ?? ""
    let value = standing.value.map { "\(state.plan.column.name) \(Readable.number($0))" } ?? "failed"
    let length = standing.leg?.length.map { length in
      " after " + TrainingLength(count: length, unit: state.plan.sweep.rungs?.last.unit ?? .epochs).text
    }
    return "\(name): \(value)\(length ?? "") (\(values(standing.assignment)))"
  }

  /// `learning_rate 0.0002, loss hinge`: the keys by their last parts.
  private static func values(_ assignment: Assignment) -> String {
    let short = ShortKeys.short(assignment.pairs.map(\.key))
    return assignment.pairs.map { key, value in
      "\(short[key] ?? key) \(ShortKeys.cell(Emitter.flowText(of: value)))"
    }
    .joined(separator: ", ")
  }

  /// The same of a sweep as it is now.
  static func lines(_ state: SweepState) -> [String] {
    var state = state
    let work = state.work()
    return lines(work, state)
  }

  /// How far the sweep is, what is at work, and the best so far.
  private static func lines(_ work: SweepState.Work, _ state: SweepState) -> [String] {
    let standings = work.search.standings
    let ended = standings.count { $0.legs > 0 && !$0.isOpen }
    let failed = standings.count { $0.legs > 0 && $0.value == nil }
    var first = "  \(Readable.count(ended)) of \(Readable.count(state.plan.sweep.trialCount, "trial")) ended"
    if failed > 0 { first += ", \(failed) failed" }
    if !work.finale.isEmpty {
      let left = work.finale.count { state.entry(of: $0) == nil }
      first += "; then: \(work.finale.count - left) of \(Readable.count(work.finale.count, "run"))"
    }
    var lines = [first]
    for job in work.jobs.prefix(64) where lines.count < 9 {
      guard let record = state.folder.running(job) else { continue }
      lines.append(
        "  at work: \(SweepFolder.trialName(job.digest)), seed \(job.seed): "
          + "\(Readable.count(record.step)) of \(Readable.count(job.step ?? record.steps, "step"))")
    }
    let ranking = Ranking(state.plan.goal)
    if let best = SweepSchedule.ordered(standings, ranking).first, let value = best.value {
      let name = state.trial(best.trial).map { SweepFolder.trialName($0.digest) } ?? ""
      lines.append("  best so far: \(name), \(state.plan.column.name) \(Readable.number(value))")
      lines.append("    \(values(best.assignment))")
    }
    return lines
  }
}
