import Sweeps
import Testing

/// Asynchronous halving beside decisions that were worked out by hand.
@Suite struct AsynchronousHalvingTests {
  private typealias Report = AsynchronousHalving.Report
  private static let values: [Double?] = [5, 3, 8, 1, 7, 2, 9, 4, 6]

  private func rule(
    parallel: Int = 2, noise: Double = 0, cost: @escaping @Sendable (Int) -> Int = { _ in 1 }
  ) -> AsynchronousHalving {
    AsynchronousHalving(
      from: 1, to: 9, factor: 3, trials: 9, parallel: parallel, ranking: Ranking(.minimize, noise: noise), cost: cost)
  }

  /// Every report of every trial, the same value at each rung.
  private func reports(_ values: [Double?] = values) -> [Report] {
    (0..<3).flatMap { rung in values.enumerated().map { Report(trial: $0, rung: rung, value: $1) } }
  }

  private func texts(_ jobs: [AsynchronousHalving.Job]) -> [String] {
    jobs.map { "\($0.time.lowerBound)-\($0.time.upperBound) w\($0.worker) t\($0.trial) r\($0.rung)" }
  }

  @Test func `two workers promote as soon as a third of a rung is known`() {
    let schedule = rule().schedule(after: reports())
    #expect(
      texts(schedule.jobs) == [
        "0-1 w0 t0 r0", "0-1 w1 t1 r0", "1-2 w0 t2 r0", "1-2 w1 t3 r0",
        // Of four trials the best one goes on.
        "2-4 w0 t3 r1", "2-3 w1 t4 r0", "3-4 w1 t5 r0",
        // Of six the best two.
        "4-6 w0 t5 r1", "4-5 w1 t6 r0", "5-6 w1 t7 r0",
        // There are nine trials: the other worker waits.
        "6-7 w0 t8 r0", "7-9 w0 t1 r1", "9-15 w0 t3 r2",
      ])
    #expect(schedule.jobs.last?.steps == 3..<9)
    #expect(schedule.isFinished)
  }

  @Test func `a decision waits for every job that ends before it`() {
    let none = rule().schedule(after: [])
    #expect(texts(none.jobs) == ["0-1 w0 t0 r0", "0-1 w1 t1 r0"])
    #expect(none.open == none.jobs)
    let half = rule().schedule(after: [Report(trial: 1, rung: 0, value: 3)])
    #expect(texts(half.jobs) == texts(none.jobs))
    #expect(texts(half.open) == ["0-1 w0 t0 r0"])
    // A trial that costs more ends later: the other worker goes on without it.
    let slow = rule(cost: { $0 == 0 ? 5 : 1 }).schedule(after: (1...4).map { Report(trial: $0, rung: 0, value: 1) })
    #expect(texts(slow.jobs).prefix(4) == ["0-5 w0 t0 r0", "0-1 w1 t1 r0", "1-2 w1 t2 r0", "2-3 w1 t3 r0"])
  }

  @Test func `decisions do not depend on the order in which reports arrive`() {
    let all = reports()
    let whole = rule(parallel: 3, cost: { 1 + $0 % 3 }).schedule(after: all)
    var state: UInt64 = 1
    for _ in 0..<50 {
      // Whatever has arrived, what is decided is a beginning of all decisions; the whole comes at last.
      var open: [Report] = []
      var rest = all
      while !rest.isEmpty {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        open.append(rest.remove(at: Int(state >> 33) % rest.count))
        let schedule = rule(parallel: 3, cost: { 1 + $0 % 3 }).schedule(after: open)
        #expect(schedule.jobs == Array(whole.jobs.prefix(schedule.jobs.count)))
      }
      #expect(rule(parallel: 3, cost: { 1 + $0 % 3 }).schedule(after: open) == whole)
    }
  }

  @Test func `running it as the decisions say gives the same decisions`() {
    var reports: [Report] = []
    let whole = rule().schedule(after: self.reports())
    while let job = rule().schedule(after: reports).open.last {
      reports.append(Report(trial: job.trial, rung: job.rung, value: AsynchronousHalvingTests.values[job.trial]))
    }
    #expect(rule().schedule(after: reports) == whole)
  }

  @Test func `failures never go on, and tied trials both do`() {
    let failing: [Double?] = [nil, .nan, nil, nil, nil, nil, nil, nil, 4]
    let jobs = rule().schedule(after: reports(failing)).jobs
    #expect(jobs.filter { $0.rung > 0 }.map(\.trial) == [8])
    // Of the first three trials 3 is the best, and 5 within two standard errors of it.
    let tied = AsynchronousHalving(
      from: 1, to: 9, factor: 3, trials: 3, parallel: 1, ranking: Ranking(.minimize, noise: 1))
    let schedule = tied.schedule(after: reports([5, 3, 8]))
    #expect(texts(schedule.jobs).suffix(2) == ["3-5 w0 t1 r1", "5-7 w0 t0 r1"])
  }
}
