import Files

/// What is said of groups in sentences.
package struct GroupWords {
  package let comparison: GroupComparison
  package let cells: GroupCells

  package init(_ comparison: GroupComparison) {
    self.comparison = comparison
    cells = GroupCells(comparison)
  }

  /// What the numbers are: the metric, its direction, samples, floor and standard error.
  package var header: String {
    let metric = comparison.metric
    let value =
      switch comparison.value {
      case .verdict: "measured at the end of each run"
      case .last: "the last row of each run"
      case .best: "the best row of each run"
      }
    func count(_ span: GroupComparison.CountSpan?) -> String? {
      span.map { $0.lowest == $0.highest ? "\($0.lowest)" : "\($0.lowest) to \($0.highest)" }
    }
    let samples = count(comparison.generated).flatMap { generated in
      count(comparison.real).map { "\(generated) generated v \($0) real" }
    }
    let floor = comparison.floor.map { span in
      let ends = [span.lowest, span.highest].map { cells.number($0) }
      return "floor \(ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])")"
    }
    let errors = comparison.groups.compactMap(\.evaluationError)
    let error = errors.max().map { "metric s.e. \(cells.number($0))" }
    return ["\(metric.name) (\(metric.direction.rawValue) is better), \(value)", samples, floor, error]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// What is to be known of the groups, a sentence each.
  package var remarks: [String] {
    let few = comparison.groups.filter { $0.interquartileMean == nil && $0.runs.count > 1 }
    var remarks = comparison.groups.compactMap { failures(of: $0) }
    remarks += comparison.groups.flatMap { standingOut(in: $0) }
    if !few.isEmpty {
      remarks.append(
        "the interquartile mean, IQM, takes 5 runs; \(named(few)) \(few.count == 1 ? "has" : "have") fewer")
    }
    remarks += comparison.groups.compactMap { group in
      guard group.isNoisy, let error = group.evaluationError, let deviation = group.standardDeviation else {
        return nil
      }
      return
        "evaluation noise: of \(group.letter) the s.e. of a value, \(cells.number(error)), is more than a third of the sd "
        + "over seeds, \(cells.number(deviation)); more samples would tell its runs apart better"
    }
    if !comparison.isMeasuredAlike {
      remarks.append(
        "the values were not measured alike: their samples or features differ, by which such values are shifted")
    }
    let paths = comparison.groups.flatMap { Set($0.runs.map(\.path)) }
    if Set(paths).count < paths.count {
      remarks.append("some runs are in several groups: intervals and tests of differences take groups for independent")
    }
    if comparison.value == .best {
      remarks.append("the best row of many is better than the last by chance alone: compare runs with as many rows")
    }
    remarks += comparison.groups.compactMap { group in
      comparison.within[group.letter].map { keys in
        let more = keys.count > 3 ? " and \(keys.count - 3) more" : ""
        return
          "the runs of \(group.letter) differ in more than their seed: \(keys.prefix(3).joined(separator: ", "))\(more)"
      }
    }
    return remarks
  }

  private func named(_ groups: [GroupComparison.Group]) -> String { groups.map(\.letter).joined(separator: ", ") }

  private func failures(of group: GroupComparison.Group) -> String? {
    guard group.failed > 0 else { return nil }
    let (finished, all) = (group.runs.count - group.failed, group.runs.count)
    let rate =
      "failed share \(GroupCells.share(group.failureRate.value ?? 0)) "
      + "\(cells.interval(group.failureRate, GroupCells.share)) (Wilson)"
    if finished == 0 { return "of \(group.letter) every run failed; \(rate)" }
    let ranked = group.interquartileMean == nil ? "median and P" : "median, IQM and P"
    return "* \(group.letter): over \(finished) of \(all) runs; the failed "
      + "\(group.failed == 1 ? "run ranks" : "runs rank") worst in \(ranked); \(rate)"
  }

  private func standingOut(in group: GroupComparison.Group) -> [String] {
    group.runs.filter(\.standsOut).map { run in
      "seed \(run.seed) of \(group.letter) stands out: \(cells.number(run.value)) is worse than the median of its group "
        + "by more than 5 MAD; it counts like any other"
    }
  }

  /// What follows of each difference.
  package var verdicts: [String] {
    comparison.differences.map { pair in
      let name = comparison.differences.count == 1 ? "Verdict" : "Verdict on \(cells.head(pair))"
      return "\(name): \(verdict(pair))"
    }
  }

  private func verdict(_ pair: GroupComparison.Pair) -> String {
    let (a, b) = (comparison.groups[0], comparison.groups[pair.other])
    guard let decision = pair.decision else {
      return
        "not settled. One run proves nothing: \(a.runs.count == 1 && b.runs.count == 1 ? "run both" : "run \(a.runs.count == 1 ? a.letter : b.letter)") "
        + "with --seeds 0..\(max(a.runs.count, b.runs.count, 5) - 1)"
    }
    let disagreement = pair.isDrivenByOutlyingRuns ? " Welch and Yuen disagree: driven by outlying runs." : ""
    if decision.isSettled { return settled(pair, decision, a, b) + disagreement }
    return
      "not settled (\(test(decision)), p \(GroupCells.isP(decision.adjusted))).\(disagreement) \(seeds(pair, decision, a, b))"
  }

  private func settled(
    _ pair: GroupComparison.Pair, _ decision: GroupComparison.Decision, _ a: GroupComparison.Group,
    _ b: GroupComparison.Group
  ) -> String {
    let difference: Double? =
      switch decision.test {
      case .paired: pair.paired?.mean.value
      case .yuen: pair.interquartileMean?.value
      case .welch: pair.mean.value
      case .rank: (pair.superiority.value ?? 0.5) - 0.5
      }
    let isLower = comparison.metric.direction == .lower
    let isBBetter = (difference ?? 0 > 0) == (isLower || decision.test == .rank)
    let better = isBBetter ? b : a
    let others: [(String, GroupComparison.Probability?)] = [
      ("the rank test", decision.test == .rank ? nil : pair.rank),
      ("the sign-flip test", decision.test == .paired ? pair.paired?.signFlip : nil),
    ]
    let said = others.compactMap { name, p in
      p.map { "\(name) \($0.adjusted < 0.05 ? "agrees" : "does not say so") (p \(GroupCells.isP($0.adjusted)))" }
    }
    let failed = better.failed > 0 ? ", though \(better.failed) of its \(better.runs.count) runs failed" : ""
    return "settled: \(better.letter) is better\(failed); "
      + (["by \(test(decision)), p \(GroupCells.isP(decision.adjusted))"] + said).joined(separator: "; ") + "."
  }

  private func test(_ decision: GroupComparison.Decision) -> String {
    let name =
      switch decision.test {
      case .paired: "the paired t test"
      case .yuen: "Yuen's test"
      case .welch: "Welch's test"
      case .rank: "the rank test"
      }
    return decision.holm == nil ? name : "\(name) with Holm's adjustment"
  }

  private func seeds(
    _ pair: GroupComparison.Pair, _ decision: GroupComparison.Decision, _ a: GroupComparison.Group,
    _ b: GroupComparison.Group
  ) -> String {
    guard let effect = pair.cohen else { return "Runs without spread say nothing of how many seeds would settle it." }
    let size = "\(Decimals.text(effect.magnitude, 2)) sd"
    guard let seeds = decision.seeds else {
      return "At this effect (\(size)) no number of seeds that can be run would settle it."
    }
    let present = min(a.runs.count, b.runs.count)
    guard seeds > present else {
      return
        "The means of finished runs differ by \(size), for which \(seeds) seeds a group are enough where none fails or "
        + "stands out: run both with --seeds 0..\(2 * present - 1)"
    }
    return
      "\(seeds) seeds a group would give 80 % power at this effect (\(size)): run both with --seeds 0..\(seeds - 1)"
  }

  /// What pairing gains, of each difference.
  package var pairing: [String] {
    comparison.differences.compactMap { pair in
      guard let paired = pair.paired else { return nil }
      guard let r = paired.correlation else {
        return "\(cells.head(pair)): \(Decimals.count(paired.pairs, "pair")) without spread: pairing says nothing"
      }
      return "\(cells.head(pair)), \(Decimals.count(paired.pairs, "pair")): the correlation of runs of one seed is r = "
        + "\(GroupCells.share(r)). Common random numbers buy little where r is small: after some 200 steps GANs are chaotic, "
        + "and runs of one seed are as different as any"
    }
  }
}
