import Specs
import Sweeps
import Testing

/// The section `sweep` of a file.
@Suite struct SweepReadingTests {
  private static let rest = "  objective: {metric: m}\n  parameters: {a: {choice: [1, 2]}}\n"

  @Test func `everything that a sweep can say is read`() throws {
    let sweep = try Reading.sweep(
      """
      sweep:
        name: my-search
        base: mlp.yaml
        method: {asha: {sampler: sobol}}
        trials: 27
        seed: 7
        objective: {metric: mind, goal: maximize, value: last, noise: 0.5}
        seeds: 0..2
        parameters: {loss: {choice: [left, right]}, a: {uniform: [0, 1]}}
        each: loss
        halving: {from: 2 epochs, to: 18 epochs, factor: 3}
        parallel: 4
        then: {best: 2, seeds: [9, 8]}

      """)
    #expect(sweep.name == "my-search" && sweep.baseSpec?.text == "mlp.yaml")
    #expect(sweep.method is AsynchronousMethod && sweep.method.allocation == .asynchronous)
    #expect(sweep.strata.map(\.label) == ["left", "right"] && sweep.trialCount == 54)
    #expect(sweep.strata[0].search.seed == 7 && sweep.strata[0].search.parallel == 4)
    #expect(sweep.objective == Objective(metric: "mind", goal: .maximize, value: .last, noise: 0.5))
    #expect(sweep.seeds == [0, 1, 2])
    #expect(sweep.rungs?.counts == [2, 6, 18])
    #expect(sweep.finale?.best == 2 && sweep.finale?.seeds == [9, 8])
  }

  @Test func `what is left out has its default`() throws {
    let sweep = try Reading.sweep("sweep:\n  method: grid\n" + SweepReadingTests.rest)
    #expect(sweep.trialCount == 2 && sweep.seeds == nil && sweep.rungs == nil && sweep.finale == nil)
    #expect(sweep.objective == Objective(metric: "m", goal: nil, value: .best, noise: 0))
    #expect(sweep.parallel == 1 && sweep.each == nil && sweep.baseSpec == nil)
  }

  @Test(arguments: [
    ("  method: random\n", "2:11-16 the method needs the number of trials\n  add trials: 20"),
    ("  method: grid\n  trials: 5\n", "3:11-11 the method has 2 trials by itself\n  remove trials"),
    (
      "  method: halving\n  trials: 9\n",
      "2:11-17 the method needs rungs\n  add halving: {from: 1 epoch, to: 27 epochs, factor: 3}"
    ),
    (
      "  method: halving\n  trials: 8\n  halving: {from: 1 epoch, to: 9 epochs}\n",
      "3:11-11 of 8 trials none gets to 9 epochs\n  the fewest are 9, or take rungs that are nearer to one another"
    ),
    (
      "  method: random\n  trials: 8\n  halving: {from: 1 epoch, to: 9 epochs}\n",
      "4:12-40 the method trains every trial to its end, so that halving says nothing\n  remove it, or write method: halving"
    ),
    (
      "  method: halving\n  trials: 9\n  halving: {from: 9 epochs, to: 9 epochs}\n",
      "4:33-40 halving goes from 9 epochs to 9 epochs\n  to must be longer than from"
    ),
    (
      "  method: halving\n  trials: 9\n  halving: {from: 9 steps, to: 9 epochs}\n",
      "4:32-39 from is in steps, to in epochs\n  use one unit"
    ),
    (
      "  method: halving\n  trials: 9\n  halving: {from: 3, to: 9 epochs}\n",
      "4:19-19 from cannot be \"3\"\n  write 3 epochs, or 3 steps"
    ),
    (
      "  method: hyperband\n  trials: 9\n  halving: {from: 1 epoch, to: 9 epochs}\n",
      "3:11-11 hyperband from these rungs has 17 trials\n  remove trials"
    ),
    (
      "  method: {hyperband: {sampler: grid}}\n  halving: {from: 1 epoch, to: 9 epochs}\n",
      "2:11-38 hyperband takes 17 trials, and there are 2\n  use sampler: random"
    ),
    (
      "  method: grid\n  each: b\n",
      "3:9-9 each is b, which is no parameter of this sweep\n  name a parameter with a choice"
    ),
    (
      "  method: grid\n  then: {best: 3}\n",
      "3:3-6 then needs seeds\n  write then: {best: 1, seeds: 100..109}"
    ),
    (
      "  method: grid\n  seeds: 0..\n",
      "3:10-12 seeds must be a list of integers from 0 on, or a range such as 0..9: 0.. is none\n  such as 0..9, or [1, 2, 5]"
    ),
    ("  method: grid\n  seeds: [1, 2, 1]\n", "3:17-17 seeds has 1 twice\n  remove one"),
  ])
  func `what does not fit together is told at its place, with the remedy`(lines: String, expected: String) throws {
    let found = try Reading.sweepMistakes("sweep:\n" + lines + SweepReadingTests.rest)
    #expect(found == expected, "\(found)")
  }

  @Test func `a spec is no sweep`() throws {
    let found = try Reading.sweepMistakes("generator: []\n")
    #expect(found.hasPrefix("1:1-9 this is no sweep: it has no section sweep"), "\(found)")
  }
}
