import Specs

/// `values`[i] after up to `boundaries`[i] steps, and the last value after more than the last boundary: with `boundaries: [3]` the
/// first four steps have the first rate, as in Keras.
package struct PiecewiseConstantDecay: Schedule {
  package static let name = "piecewise_constant_decay"
  package static let summary = "step decay: a constant rate up to each boundary"
  package let warmup: Warmup
  let boundaries: [Int]
  let values: [Double]

  package init(from fields: inout Fields) {
    boundaries = fields.integers(
      "boundaries", count: 1...100, each: 0...1_000_000_000,
      "completed steps up to which each rate but the last holds, as in Keras: with 3 steps 1 to 4 have the first rate")
    values = fields.numbers("values", count: 2...101, each: .above(0), "the rates, one more than boundaries")
    warmup = Warmup(from: &fields)
    if values.count != boundaries.count + 1 {
      fields.error(
        "\(boundaries.count) boundaries need \(boundaries.count + 1) values, not \(values.count)", at: "values")
    } else if zip(boundaries, boundaries.dropFirst()).contains(where: { $0 >= $1 }) {
      fields.error("boundaries must rise", at: "boundaries")
    }
  }

  package func rate(after steps: Int) -> Double {
    values[boundaries.firstIndex { steps <= $0 } ?? boundaries.count]
  }
}
