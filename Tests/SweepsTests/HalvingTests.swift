import Sweeps
import Testing

/// Halving: plans, rankings, and the decisions of the asynchronous kind.
@Suite struct HalvingTests {
  @Test func `logarithms are those of whole numbers`() {
    for (number, base, expected) in [
      (1, 3, 0), (2, 3, 0), (3, 3, 1), (242, 3, 4), (243, 3, 5), (1000, 10, 3), (8, 2, 3),
    ] {
      #expect(HalvingPlan.floorLogarithm(of: number, base: base) == expected, "\(number)")
    }
  }

  private func texts(_ plan: HalvingPlan) -> [String] { plan.rungs.map { "\($0.trials)@\($0.steps)" } }

  @Test func `successive halving keeps a part of each rung for a factor as long`() {
    #expect(texts(HalvingPlan(trials: 81, from: 1, to: 81, factor: 3)) == ["81@1", "27@3", "9@9", "3@27", "1@81"])
    #expect(texts(HalvingPlan(trials: 50, from: 2, to: 40, factor: 4)) == ["50@2", "12@8", "3@40"])
    #expect(texts(HalvingPlan(trials: 9, from: 1, to: 30, factor: 3)) == ["9@1", "3@3", "1@9"])
    #expect(texts(HalvingPlan(trials: 5, from: 7, to: 7, factor: 2)) == ["5@7"])
    #expect(HalvingPlan.steps(from: 1, to: 30, factor: 3) == [1, 3, 9, 30])
    #expect(HalvingPlan.fewestTrials(from: 1, to: 30, factor: 3) == 27)
    #expect(HalvingPlan(trials: 9, from: 1, to: 9, factor: 3).totalSteps == 9 + 3 * 2 + 6)
  }

  @Test func `Hyperband has the brackets of the paper, or those of HpBandSter`() {
    let plan = HyperbandPlan(from: 1, to: 81, factor: 3)
    #expect(
      plan.brackets.map(texts) == [
        ["81@1", "27@3", "9@9", "3@27", "1@81"], ["34@3", "11@9", "3@27", "1@81"], ["15@9", "5@27", "1@81"],
        ["8@27", "2@81"], ["5@81"],
      ])
    #expect(plan.trials == 143)
    #expect((0..<5).map(plan.trials(of:)) == [0..<81, 81..<115, 115..<130, 130..<138, 138..<143])
    let other = HyperbandPlan(from: 1, to: 81, factor: 3, count: .multiple)
    #expect(other.brackets.map { $0.rungs[0].trials } == [81, 27, 9, 6, 5])
    #expect(HyperbandPlan(from: 1, to: 243, factor: 3).brackets.count == 6)
    #expect(
      HyperbandPlan(from: 10, to: 100, factor: 3).brackets.map(texts) == [
        ["9@11", "3@33", "1@100"], ["5@33", "1@100"], ["3@100"],
      ])
  }

  private func scores(_ values: [Double?]) -> [Score] { values.enumerated().map { Score(trial: $0, value: $1) } }

  @Test func `trials are ordered by value, failures last, equals by number`() {
    let values: [Double?] = [.nan, 2, nil, 1, 2, .infinity, -1]
    #expect(Ranking(.minimize).ordered(scores(values).reversed()).map(\.trial) == [6, 3, 1, 4, 0, 2, 5])
    #expect(Ranking(.maximize).ordered(scores(values)).map(\.trial) == [5, 1, 4, 3, 6, 0, 2])
    #expect(Ranking(.minimize).best(6, of: scores(values)).map(\.trial) == [6, 3, 1, 4])
  }

  @Test func `a trial of several seeds is their mean, and a failure where one failed`() {
    #expect(Score.mean([1, 2, 6]) == 3)
    #expect(Score.mean([1, nil, 6]) == nil)
    #expect(Score.mean([1, .nan]) == nil)
    #expect(Score.mean([]) == nil)
  }

  @Test func `those tied with the last of the best go on too, and failures never`() {
    let values: [Double?] = [10, 3.5, 1, 3, 2, nil, .nan]
    #expect(Ranking(.minimize).survivors(2, of: scores(values)).map(\.trial) == [2, 4])
    #expect(Ranking(.minimize, noise: 0.5).survivors(2, of: scores(values)).map(\.trial) == [2, 4, 3])
    #expect(Ranking(.minimize, noise: 1).survivors(2, of: scores(values)).map(\.trial) == [2, 4, 3, 1])
    #expect(Ranking(.maximize, noise: 0.25).survivors(2, of: scores(values)).map(\.trial) == [0, 1, 3])
    #expect(Ranking(.minimize, noise: 9).survivors(0, of: scores(values)).isEmpty)
    #expect(Ranking(.minimize, noise: 9).survivors(7, of: scores(values)).map(\.trial) == [2, 4, 3, 1, 0])
    let plan = HalvingPlan(trials: 7, from: 1, to: 9, factor: 3)
    #expect(plan.survivors(of: 0, scores(values), by: Ranking(.minimize)).map(\.trial) == [2, 4])
    #expect(plan.survivors(of: 1, scores([1, 2]), by: Ranking(.minimize)).isEmpty)
  }
}
