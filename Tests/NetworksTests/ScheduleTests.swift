import Foundation
import Networks
import Testing

/// Schedules against their formulas in Double, and against what Keras's give (3.15, float32).
@Suite struct ScheduleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// The rates after 0, 1, 5, 6, 10, 15, 16 and 25 steps.
    let rates: [Double]
    var testDescription: String { text }
  }

  static let cases = [
    Case(
      text: "exponential_decay: {initial_learning_rate: 1e-3, decay_steps: 10, decay_rate: 0.5}",
      rates: [1e-3, 0.000933033, 0.000707107, 0.000659754, 0.0005, 0.000353553, 0.000329877, 0.000176777]),
    Case(
      text: "exponential_decay: {initial_learning_rate: 1e-3, decay_steps: 10, decay_rate: 0.5, staircase: true}",
      rates: [1e-3, 1e-3, 1e-3, 1e-3, 5e-4, 5e-4, 5e-4, 2.5e-4]),
    Case(
      text: "cosine_decay: {initial_learning_rate: 1e-3, decay_steps: 20, alpha: 0.1}",
      rates: [1e-3, 0.00099445984, 0.00086819811, 0.00081450341, 0.00055, 0.00023180197, 0.00018594234, 1e-4]),
    Case(
      text: "polynomial_decay: {initial_learning_rate: 1e-3, decay_steps: 20, end_learning_rate: 1e-4, power: 2}",
      rates: [1e-3, 0.00091225, 0.00060625, 0.000541, 0.000325, 0.00015625, 0.000136, 1e-4]),
    Case(
      text: "piecewise_constant_decay: {boundaries: [5, 15], values: [1e-3, 5e-4, 1e-4]}",
      rates: [1e-3, 1e-3, 1e-3, 5e-4, 5e-4, 5e-4, 1e-4, 1e-4]),
  ]

  /// A schedule as a spec gives it, with its rate after so many steps since the warm-up's end.
  struct Formula: Sendable, CustomTestStringConvertible {
    let text: String
    let warmup: Int
    let rate: @Sendable (_ after: Double) -> Double
    var testDescription: String { text }

    init(_ text: String, warmup: Int = 0, _ rate: @escaping @Sendable (_ after: Double) -> Double) {
      self.text = text
      self.warmup = warmup
      self.rate = rate
    }
  }

  static let formulas = [
    Formula("exponential_decay: {initial_learning_rate: 0.3, decay_steps: 7, decay_rate: 0.25}") {
      0.3 * pow(0.25, $0 / 7)
    },
    Formula(
      "exponential_decay: {initial_learning_rate: 2, decay_steps: 7, decay_rate: 0.5, staircase: true, "
        + "warmup_steps: 3}",
      warmup: 3
    ) { 2 * pow(0.5, floor($0 / 7)) },
    Formula("cosine_decay: {initial_learning_rate: 0.3, decay_steps: 11}") {
      0.3 * (1 + cos(Double.pi * min(1, $0 / 11))) / 2
    },
    Formula("cosine_decay: {initial_learning_rate: 0.3, decay_steps: 11, alpha: 0.2, warmup_steps: 4}", warmup: 4) {
      0.3 * (0.8 * (1 + cos(Double.pi * min(1, $0 / 11))) / 2 + 0.2)
    },
    Formula("polynomial_decay: {initial_learning_rate: 0.3, decay_steps: 11}") {
      (0.3 - 1e-4) * (1 - min(1, $0 / 11)) + 1e-4
    },
    Formula(
      "polynomial_decay: {initial_learning_rate: 0.3, decay_steps: 11, end_learning_rate: 0.1, power: 2.5, "
        + "warmup_steps: 1}", warmup: 1
    ) { 0.2 * pow(1 - min(1, $0 / 11), 2.5) + 0.1 },
    Formula("piecewise_constant_decay: {boundaries: [0, 6, 9], values: [4, 3, 2, 1], warmup_steps: 5}", warmup: 5) {
      $0 <= 0 ? 4 : $0 <= 6 ? 3 : $0 <= 9 ? 2 : 1
    },
  ]

  @Test(arguments: ScheduleCatalog.all.names) func `every schedule of the catalogue has its formula`(name: String) {
    #expect(
      ScheduleTests.formulas.contains { $0.text.hasPrefix("\(name):") },
      "add a Formula of \(name) to ScheduleTests.formulas")
  }

  @Test(arguments: formulas) func `a schedule follows its formula in every step, behind the warm-up`(test: Formula)
    throws
  {
    let schedule = try SpecItem.read(test.text, of: ScheduleCatalog.all)
    for step in 1...40 {
      let passed = step - 1 - test.warmup
      let exact = passed < 0 ? test.rate(0) * Double(step - 1) / Double(test.warmup) : test.rate(Double(passed))
      #expect(abs(schedule.rate(step: step) - exact) <= 1e-14 * exact, "step \(step)")
    }
  }

  @Test(arguments: cases) func `a schedule gives Keras's rates`(test: Case) throws {
    let schedule = try SpecItem.read(test.text, of: ScheduleCatalog.all)
    for (steps, rate) in zip([0, 1, 5, 6, 10, 15, 16, 25], test.rates) {
      #expect(abs(schedule.rate(after: steps) - rate) < 1e-5 * rate, "after \(steps) steps")
    }
  }

  @Test func `a warm-up raises the rate linearly`() throws {
    let text =
      "{adam: {beta_1: 0, beta_2: 0, learning_rate: {piecewise_constant_decay: {boundaries: [100], "
      + "values: [1e-3, 1e-4], warmup_steps: 4}}}}"
    let optimizer = try SpecItem.read(String(text.dropFirst().dropLast()), of: OptimizerCatalog.all)
    let sizes = (1...6).map { optimizer.settings(update: 1, step: $0).size }
    #expect(sizes == [0, 0.25e-3, 0.5e-3, 0.75e-3, 1e-3, 1e-3])
    // The schedule begins after it.
    #expect([104, 105, 106].map { optimizer.settings(update: 1, step: $0).size } == [1e-3, 1e-3, 1e-4])
  }

  @Test func `a schedule with a warm-up gives Keras's rates`() throws {
    // keras.optimizers.schedules.CosineDecay(0.0, 15, alpha=0.1, warmup_target=1e-3, warmup_steps=5) after 0, 1, ... steps
    let schedule = try SpecItem.read(
      "cosine_decay: {initial_learning_rate: 1e-3, decay_steps: 15, alpha: 0.1, warmup_steps: 5}",
      of: ScheduleCatalog.all)
    let rates = [0, 2e-4, 4e-4, 6e-4, 8e-4, 1e-3, 0.00099016642, 0.00096109547, 0.00091405766]
    for (step, rate) in zip(1..., rates) {
      #expect(abs(schedule.rate(step: step) - rate) <= 1e-5 * rate, "step \(step)")
    }
    #expect(abs(schedule.rate(step: 100) - 1e-4) < 1e-9)
  }
}
