import Specs
import Sweeps
import Testing

/// The tree-structured Parzen estimator as a sampler.
@Suite struct TreeParzenSamplerTests {
  private static let text = """
    x: {uniform: [-1, 1]}
    rate: {log_uniform: [1e-4, 1]}
    loss: {choice: [a, b, c]}
    weight: {normal: [0, 1], when: {loss: b}}
    """

  private func number(_ assignment: Assignment, _ key: String) -> Double? {
    assignment[key].flatMap { Double(Emitter.flowText(of: $0)) }
  }

  /// A bowl around x = 0.3, rate = 0.01, of which c is the better loss.
  private func value(_ assignment: Assignment) -> Double {
    let x = (number(assignment, "x") ?? 0) - 0.3
    return x * x + (assignment["loss"]?.text == "c" ? 0 : 1)
  }

  /// The trials of a sweep; those of `hidden` have not ended though they may have.
  private func trials(
    _ count: Int, parallel: Int, goal: Goal = .minimize, hidden: Bool = false, failing: Set<Int> = []
  ) throws -> [Observation] {
    let space = try Reading.space(TreeParzenSamplerTests.text)
    let search = Search(space: space, seed: 11, trials: count, parallel: parallel, goal: goal)
    var observations: [Observation] = []
    for trial in 0..<count {
      let known = observations.map { observation in
        let isHidden = hidden && observation.trial + parallel > trial
        return isHidden
          ? Observation(trial: observation.trial, assignment: observation.assignment, outcome: .running) : observation
      }
      let assignment = TreeParzenSampler().assignment(of: trial, in: search, after: known)
      let value = goal == .minimize ? value(assignment) : -value(assignment)
      observations.append(
        Observation(
          trial: trial, assignment: assignment, outcome: .complete(failing.contains(trial) ? .nan : value)))
    }
    return observations
  }

  @Test func `the first trials are random`() throws {
    let space = try Reading.space(TreeParzenSamplerTests.text)
    let search = Search(space: space, seed: 11, trials: 20, parallel: 3)
    let observations = try trials(20, parallel: 3)
    for trial in 0..<20 {
      let random = RandomSampler().assignment(of: trial, in: search, after: [])
      // Trial i knows the results of i - 2 trials, one more than it lacks of those before it.
      #expect((observations[trial].assignment == random) == (trial < 12), "\(trial)")
    }
  }

  @Test(arguments: [1, 2, 4]) func `a suggestion reads no result of the trials beside it`(_ parallel: Int) throws {
    let open = try trials(30, parallel: parallel).map(\.assignment.text)
    #expect(try trials(30, parallel: parallel, hidden: true).map(\.assignment.text) == open)
  }

  @Test func `later trials are better than random ones`() throws {
    let all = try trials(60, parallel: 1).map { value($0.assignment) }
    let early: Double = all[..<20].reduce(0, +)
    let late: Double = all[40...].reduce(0, +)
    #expect(late < early / 2, "\(late) \(early)")
  }

  @Test func `to maximise is to minimise the negative`() throws {
    #expect(
      try trials(25, parallel: 1, goal: .maximize).map(\.assignment.text)
        == trials(25, parallel: 1).map(\.assignment.text))
  }

  @Test func `failures count as ended, and as the worst`() throws {
    let failed = try trials(25, parallel: 1, failing: [0, 3, 11])
    let split = TrialSplit(failed, goal: .minimize)
    #expect(split.ended == 25)
    #expect(split.good.count == 3)
    #expect(split.good.allSatisfy { good in ![0, 3, 11].contains { failed[$0].assignment == good } })
  }

  @Test func `parameters that are not active have no value`() throws {
    for observation in try trials(40, parallel: 1) {
      #expect((observation.assignment["weight"] != nil) == (observation.assignment["loss"]?.text == "b"))
    }
  }

  @Test func `good trials are the best tenth, complete ones first, then those that came furthest`() {
    func observation(_ trial: Int, _ outcome: Observation.Outcome) -> Observation {
      Observation(trial: trial, assignment: Assignment([("n", .integer(trial))]), outcome: outcome)
    }
    #expect([0, 1, 10, 11, 249, 251, 1000].map(TrialSplit.goodCount) == [0, 1, 1, 2, 25, 25, 25])
    let outcomes: [Observation.Outcome] =
      [.running, .stopped(step: 9, 1), .complete(3), .stopped(step: 27, 8), .complete(nil), .stopped(step: 27, 7)]
      + Array(repeating: .stopped(step: 1, 0), count: 25)
    let observations = outcomes.enumerated().map(observation)
    let split = TrialSplit(observations, goal: .minimize)
    #expect(split.ended == 30)
    #expect(split.good.map { $0["n"]?.text } == ["2", "4", "5"])
    #expect(split.others.count == 28)
    #expect(split.others.first?["n"]?.text == "0")
  }
}
