import Foundation

/// The optimizers in Double, from the formulas of the Keras 3 documentation.
struct ReferenceOptimizer {
  /// The name of the optimizer.
  let name: String
  /// Its fields; Keras's defaults where there is none.
  let fields: [String: Double]
  private var memory: [String: [[Double]]] = [:]
  private var count = 0.0

  init(_ name: String, _ fields: [String: Double]) {
    self.name = name
    self.fields = fields
  }

  private func field(_ key: String, _ standard: Double) -> Double { fields[key] ?? standard }

  /// The gradients after clipping.
  private func clipped(_ gradients: [[Double]]) -> [[Double]] {
    func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    if let limit = fields["clipvalue"] { return gradients.map { $0.map { min(max($0, -limit), limit) } } }
    if let limit = fields["clipnorm"] {
      return gradients.map { gradient in gradient.map { $0 * limit / max(norm(gradient), limit) } }
    }
    if let limit = fields["global_clipnorm"] {
      let all = norm(gradients.flatMap { $0 })
      return gradients.map { $0.map { $0 * limit / max(all, limit) } }
    }
    return gradients
  }

  /// Updates every parameter with its gradient.
  mutating func update(_ parameters: inout [[Double]], _ gradients: [[Double]]) {
    count += 1
    for (place, gradient) in clipped(gradients).enumerated() {
      for i in gradient.indices { step(&parameters[place][i], gradient[i], place, i, parameters) }
    }
  }

  /// What is remembered of one value.
  private mutating func remember(
    _ key: String, _ place: Int, _ i: Int, _ parameters: [[Double]], _ body: (Double) -> Double
  ) -> Double {
    var arrays = memory[key] ?? parameters.map { $0.map { _ in 0 } }
    arrays[place][i] = body(arrays[place][i])
    memory[key] = arrays
    return arrays[place][i]
  }

  private mutating func step(
    _ w: inout Double, _ g: Double, _ place: Int, _ i: Int, _ parameters: [[Double]]
  ) {
    let momentum = field("momentum", 0)
    switch name {
    case "sgd":
      let rate = field("learning_rate", 0.01)
      guard momentum > 0 else {
        w -= rate * g
        return
      }
      let velocity = remember("velocity", place, i, parameters) { momentum * $0 - rate * g }
      w += field("nesterov", 0) > 0 ? momentum * velocity - rate * g : velocity
    case "rmsprop":
      let rho = field("rho", 0.9)
      let square = remember("square", place, i, parameters) { rho * $0 + (1 - rho) * g * g }
      let increment = field("learning_rate", 0.001) * g / (square + field("epsilon", 1e-7)).squareRoot()
      w -= momentum > 0 ? remember("momentum", place, i, parameters) { momentum * $0 + increment } : increment
    case "adagrad":
      let sum = remember("sum", place, i, parameters) { $0 + g * g } + field("initial_accumulator_value", 0.1)
      w -= field("learning_rate", 0.001) * g / (sum + field("epsilon", 1e-7)).squareRoot()
    case "lion":
      // Algorithm 2 of the paper.
      let (rate, b1, b2) = (field("learning_rate", 1e-4), field("beta_1", 0.9), field("beta_2", 0.99))
      var direction = 0.0
      _ = remember("m", place, i, parameters) { m in
        direction = b1 * m + (1 - b1) * g
        return b2 * m + (1 - b2) * g
      }
      w -= rate * ((direction > 0 ? 1 : direction < 0 ? -1 : 0) + field("weight_decay", 0) * w)
    default:
      let (rate, b1, b2) = (field("learning_rate", 0.001), field("beta_1", 0.9), field("beta_2", 0.999))
      if name == "adamw" { w -= w * field("weight_decay", 0.004) * rate }
      let m = remember("m", place, i, parameters) { $0 + (g - $0) * (1 - b1) }
      let v = remember("v", place, i, parameters) { $0 + (g * g - $0) * (1 - b2) }
      let alpha = rate * (1 - pow(b2, count)).squareRoot() / (1 - pow(b1, count))
      w -= m * alpha / (v.squareRoot() + field("epsilon", 1e-7))
    }
  }
}
