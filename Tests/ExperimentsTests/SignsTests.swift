import Testing
import Training

/// What `show` reads off the last row of a run.
struct SignsTests {
  @Test(
    arguments: [
      (["discriminator_accuracy": 1, "generator_gradient_norm": 0], true),
      (["discriminator_accuracy": 0.9999, "generator_gradient_norm": 1e-6], true),
      (["discriminator_accuracy": 1, "generator_gradient_norm": 0.2], false),
      (["discriminator_accuracy": 0.9, "generator_gradient_norm": 0], false),
      (["discriminator_accuracy": 1], false), (["generator_gradient_norm": 0], false), ([:], false),
    ] as [([String: Double], Bool)])
  func `a discriminator that has won is told of`(values: [String: Double], hasWon: Bool) {
    let signs = Adversarial.signs(in: values)
    #expect(signs.map { $0.hasPrefix("the discriminator has won: ") } == (hasWon ? [true] : []))
    #expect(Supervised.signs(in: values) == [])
  }
}
