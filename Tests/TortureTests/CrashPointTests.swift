import Testing

/// The process is killed before every call that changes a file: no power over when it ends.
@Suite(.serialized, .enabled("strace is needed: \(Strace.problem ?? "it is there")") { Strace.isUsable })
struct CrashPointTests {
  private func kill(_ scenario: Scenario, short: Int) throws {
    let points = try scenario.points { FaultPoint.changes($0) ? [.kill] : [] }
    let cases = points.map { point in
      Torture("\(scenario.name): \(point.name)", on: scenario.runs) { workspace in
        let end = try workspace.gan(scenario.arguments, under: point.words)
        guard end.status == 128 + 9 else { return ["it was not killed at \(point.path): \(end.text)"] }
        return try Aftermath(scenario: scenario, workspace: workspace).problems(leastStep: scenario.newest)
          .map { "before \(point.path): \($0)" }
      }
    }
    Torture.inflict("kills of \(scenario.noun)", cases, short: short)
  }

  @Test func `a run killed before any of its calls is made whole`() throws { try kill(Stage.shared().start, short: 16) }

  @Test func `a resumption killed before any of its calls is made whole`() throws {
    try kill(Stage.shared().resumption(), short: 12)
  }

  @Test func `going back, killed before any of its calls, is made whole`() throws {
    try kill(Stage.shared().goingBack, short: 8)
  }

  @Test func `going further, killed before any of its calls, is made whole`() throws {
    try kill(Stage.shared().goingFurther, short: 8)
  }
}
