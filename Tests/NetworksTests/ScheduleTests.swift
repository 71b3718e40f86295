import Networks
import Testing

/// Schedules against what Keras's give (3.15, float32).
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
