import Specs

extension Fields {
  /// Reads `beta_1` and `beta_2`, the shares that moving averages keep in a step, which other programs give as a list.
  mutating func betas(
    _ first: (default: Double, summary: String), _ second: (default: Double, summary: String)
  ) -> (Double, Double) {
    split("betas", into: ["beta_1", "beta_2"])
    return (
      number(
        FieldName("beta_1", alsoCalled: ["beta1", "b1"], example: "0.5"), in: .halfOpen(0, 1), default: first.default,
        first.summary),
      number(
        FieldName("beta_2", alsoCalled: ["beta2", "b2"]), in: .halfOpen(0, 1), default: second.default, second.summary)
    )
  }
}
