import Specs
import Sweeps
import Testing

/// What is trained next, beside decisions that were worked out by hand.
@Suite struct SweepScheduleTests {
  private func sweep(_ method: String, _ lines: String = "") throws -> Sweep {
    try Reading.sweep(
      """
      sweep:
        method: \(method)
        objective: {metric: m}
        parameters: {a: {uniform: [0, 1]}}
      """ + lines.split(separator: "\n").map { "\n  \($0)" }.joined() + "\n")
  }

  /// A trial's value: the tenth of its number's mirror image, so that the last ones are the best.
  private static func value(_ leg: Leg) -> LegResult { LegResult(Double(100 - leg.trial.number)) }

  private func text(_ leg: Leg) -> String {
    "\(leg.trial.number)" + (leg.length.map { "@\($0)" } ?? "")
  }

  /// Trains what is open until nothing is, `take` of it at a time; the legs in their order.
  private func train(
    _ sweep: Sweep, take: (Int) -> Int = { _ in 0 }, value: (Leg) -> LegResult = value
  ) -> (legs: [Leg], state: SweepSchedule.State, results: [Leg: LegResult]) {
    var schedule = SweepSchedule(sweep)
    var results: [Leg: LegResult] = [:]
    var legs: [Leg] = []
    while true {
      let state = schedule.state(goal: .minimize) { leg, _ in results[leg] }
      guard !state.open.isEmpty else { return (legs, state, results) }
      let leg = state.open[take(state.open.count)]
      legs.append(leg)
      results[leg] = value(leg)
    }
  }

  @Test func `a random search trains every trial to its end`() throws {
    let (legs, state, _) = train(try sweep("random", "trials: 4\nthen: {best: 2, seeds: 5..6}"))
    #expect(legs.map(text) == ["0", "1", "2", "3"])
    #expect(state.best.map { $0?.map(\.number) } == [[3, 2]])
    #expect(state.standings.allSatisfy { $0.isWhole && !$0.isOpen && $0.legs == 1 })
  }

  @Test func `halving takes the best third of a rung once all have ended it`() throws {
    let halving = try sweep("halving", "trials: 9\nhalving: {from: 1 epoch, to: 9 epochs}")
    let (legs, state, _) = train(halving)
    #expect(legs.map(text) == (0..<9).map { "\($0)@1" } + ["6@3", "7@3", "8@3", "8"])
    #expect(state.best.map { $0?.map(\.number) } == [[8]])
    #expect(state.standings.map(\.legs) == [1, 1, 1, 1, 1, 1, 2, 2, 3])
  }

  @Test func `failures never go on, and a rung of failures ends the search`() throws {
    let halving = try sweep("halving", "trials: 9\nhalving: {from: 1 epoch, to: 9 epochs}")
    let some = train(halving, value: { leg in leg.trial.number > 6 ? LegResult(nil) : SweepScheduleTests.value(leg) })
    #expect(some.legs.dropFirst(9).map(text) == ["4@3", "5@3", "6@3", "6"])
    let none = train(halving, value: { _ in LegResult(nil) })
    #expect(none.legs.count == 9)
    #expect(none.state.best.map { $0?.map(\.number) } == [[]])
  }

  @Test func `hyperband has its brackets side by side`() throws {
    let (legs, _, _) = train(try sweep("hyperband", "halving: {from: 1 epoch, to: 9 epochs}"))
    let counts = Dictionary(grouping: legs, by: { $0.length ?? 9 }).mapValues(\.count)
    // 9, 5 and 3 trials begin at 1, 3 and 9 epochs; 3 and 1, then 1 go on.
    #expect(counts == [1: 9, 3: 3 + 5, 9: 1 + 1 + 3])
  }

  @Test func `each makes a search of every value, with the same other values`() throws {
    let both = try Reading.sweep(
      """
      sweep:
        method: random
        trials: 3
        each: loss
        objective: {metric: m}
        parameters: {loss: {choice: [x, y]}, a: {uniform: [0, 1]}}

      """)
    let (legs, state, _) = train(both)
    #expect(legs.count == 6 && state.best.count == 2)
    let first = state.standings.prefix(3).map(\.assignment)
    let second = state.standings.suffix(3).map(\.assignment)
    #expect(first.allSatisfy { $0["loss"]?.text == "x" } && second.allSatisfy { $0["loss"]?.text == "y" })
    #expect(first.map { $0["a"]?.text } == second.map { $0["a"]?.text })
    #expect(Set(first.map(\.text)).count == 3)
  }

  @Test(arguments: [
    ("random", "trials: 7"), ("halving", "trials: 9\nhalving: {from: 1 epoch, to: 9 epochs}"),
    ("hyperband", "halving: {from: 2 steps, to: 19 steps, factor: 2}"),
    ("asha", "trials: 14\nparallel: 3\nhalving: {from: 1 epoch, to: 9 epochs}"),
    ("{tpe: {startup: 3}}", "trials: 12\nparallel: 4"),
  ])
  func `what comes out does not depend on the order in which legs end`(method: String, lines: String) throws {
    let sweep = try sweep(method, lines)
    func value(_ leg: Leg) -> LegResult {
      LegResult(leg.trial.number % 5 == 3 ? nil : Double((leg.trial.number * 37 + (leg.length ?? 0) * 11) % 23))
    }
    let first = train(sweep, value: value)
    var number: UInt64 = 1
    for _ in 0..<20 {
      let other = train(
        sweep,
        take: { count in
          number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Int(number >> 33) % count
        }, value: value)
      #expect(other.results == first.results)
      #expect(other.state.best == first.state.best)
      #expect(
        other.state.standings.map { "\($0.trial) \($0.assignment.text) \($0.legs) \($0.value ?? -1)" }
          == first.state.standings.map { "\($0.trial) \($0.assignment.text) \($0.legs) \($0.value ?? -1)" })
    }
  }

  @Test func `tpe has as many open trials as run at once`() throws {
    let sweep = try sweep("{tpe: {startup: 2}}", "trials: 6\nparallel: 3")
    var schedule = SweepSchedule(sweep)
    var results: [Leg: LegResult] = [:]
    var open: [[Int]] = []
    for _ in 0..<6 {
      let state = schedule.state(goal: .minimize) { leg, _ in results[leg] }
      open.append(state.open.map(\.trial.number))
      results[state.open[0]] = LegResult(1)
    }
    #expect(open == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5], [5]])
  }
}
