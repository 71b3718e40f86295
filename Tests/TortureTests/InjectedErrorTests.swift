import Testing

/// Every call on a file fails once, or from then on, with every error that disks and limits give.
@Suite(.serialized, .enabled("strace is needed: \(Strace.problem ?? "it is there")") { Strace.isUsable })
struct InjectedErrorTests {
  /// Statuses for what a disk or a limit may do: 66 to read, 73 to make folders, 74 to write.
  private static let documented: Set<Int32> = [0, 66, 73, 74]
  /// Files without which a run is the same run.
  private static let dispensable = ["log.txt", "timing.csv", ".lock"]

  private func fail(_ scenario: Scenario, short: Int) throws {
    let points = try scenario.points { call in
      guard Strace.bookkeeping.isDisjoint(with: [call.name]) else { return [] }
      return FaultPoint.errors(of: call).flatMap { name in
        [false, true].map { .error(name, isLasting: $0) }
      }
    }
    let cases = points.map { point in
      Torture("\(scenario.name): \(point.name)", on: scenario.runs) { workspace in
        let end = try workspace.gan(scenario.arguments, under: point.words)
        let problems =
          try self.judge(end, of: point, scenario, workspace)
          + Aftermath(scenario: scenario, workspace: workspace).problems()
        return problems.map { "at \(point.path): \($0)" }
      }
    }
    Torture.inflict("errors in calls of \(scenario.noun)", cases, short: short)
  }

  /// What is wrong with how the command ended.
  private func judge(
    _ end: Command.Outcome, of point: FaultPoint, _ scenario: Scenario, _ workspace: Workspace
  ) throws -> [String] {
    if let trap = end.trap { return ["\(trap): \(end.text)"] }
    var problems: [String] = []
    if !InjectedErrorTests.documented.contains(end.status) { problems.append("the wrong \(end.text)") }
    if end.status == 0 {
      let isNeeded =
        point.isChanging && point.isEffective && !InjectedErrorTests.dispensable.contains { point.path.hasSuffix($0) }
      if isNeeded, !point.call.hasPrefix("unlink") { problems.append("status 0 though it failed") }
      problems += scenario.expected.differences(try Evidence(workspace.run)).filter { !$0.hasSuffix("be there") }
    } else if !point.isMute {
      if let meaning = point.meaning, !end.errors.contains(meaning) {
        problems.append("the reason is not \(meaning): \(end.text)")
      }
      let lines = end.errors.split(separator: "\n")
      if lines.count < 2 || lines.last?.hasPrefix("  ") != true { problems.append("no remedy: \(end.text)") }
    }
    let newest = Bytes.names(workspace.run + "/checkpoints").last { !$0.hasPrefix(".") }
    let step = newest.flatMap { Int($0.dropFirst("step-".count).prefix { $0 != "." }) } ?? 0
    if step < scenario.newest { problems.append("the checkpoint of step \(scenario.newest) is gone") }
    return problems
  }

  @Test func `a run any of whose calls fails says so and is made whole`() throws {
    try fail(Stage.shared().start, short: 24)
  }

  @Test func `a resumption any of whose calls fails says so and is made whole`() throws {
    try fail(Stage.shared().resumption(), short: 24)
  }

  @Test func `going back, any of whose calls fails, says so and is made whole`() throws {
    try fail(Stage.shared().goingBack, short: 8)
  }
}
