import TestSupport

/// Draws the words and numbers of a spec, the same for the same seed.
struct SpecDraw {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed) }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func isTrue(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[integer(0...(values.count - 1))] }

  /// A number with three decimals.
  mutating func number(_ range: ClosedRange<Double>) -> String {
    let value = (Double.random(in: range, using: &generator) * 1000).rounded() / 1000
    return "\(min(max(value, range.lowerBound), range.upperBound))"
  }

  /// A name with fields, of which those that may be left out are there with this probability.
  mutating func entry(
    _ name: String, _ needed: [String] = [], _ optional: [String] = [], probability: Double = 0.35
  ) -> String {
    let fields = needed + optional.filter { _ in isTrue(probability) }
    return fields.isEmpty ? name : "\(name): {\(fields.joined(separator: ", "))}"
  }

  /// The same as the value of a field, in braces where it has fields.
  mutating func value(
    _ name: String, _ needed: [String] = [], _ optional: [String] = [], probability: Double = 0.35
  ) -> String {
    let text = entry(name, needed, optional, probability: probability)
    return text == name ? name : "{\(text)}"
  }

  /// Both words now and then.
  mutating func truth() -> String { pick(["true", "false"]) }

  /// How many units or filters: seldom whole vectors of 8 or 16.
  mutating func width(upTo most: Int) -> Int {
    min(most, pick([integer(1...9), integer(10...40), integer(1...most), pick([8, 16, 32, 48])]))
  }

  mutating func initializer() -> String {
    switch integer(0...11) {
    case 0: value("random_uniform", [], ["minval: -\(number(0.01...0.2))", "maxval: \(number(0.01...0.2))"])
    case 1: value("random_normal", [], ["mean: \(number(-0.05...0.05))", "stddev: \(number(0.01...0.2))"])
    case 2: value("truncated_normal", [], ["mean: \(number(-0.05...0.05))", "stddev: \(number(0.01...0.2))"])
    case 3: value("constant", [], ["value: \(number(-0.1...0.1))"])
    case 4: "zeros"
    case 5: "ones"
    default:
      pick(["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"])
    }
  }

  static let activations = ["linear", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "sigmoid", "tanh"]

  private mutating func fields(ofActivation name: String) -> [String] {
    switch name {
    case "leaky_relu": ["negative_slope: \(number(0...0.5))"]
    case "elu": ["alpha: \(number(0.5...1.5))"]
    case "gelu": ["approximate: \(truth())"]
    default: []
    }
  }

  /// An activation as the value of a field.
  mutating func activation() -> String {
    let name = pick(SpecDraw.activations)
    return value(name, [], fields(ofActivation: name))
  }

  /// An activation as a layer.
  mutating func activationLayer() -> String {
    let name = pick(SpecDraw.activations)
    return entry(name, [], fields(ofActivation: name))
  }

  /// What layers with a kernel take beside its extents.
  mutating func kernelFields() -> [String] {
    [
      "activation: \(activation())", "use_bias: \(truth())", "kernel_initializer: \(initializer())",
      "bias_initializer: \(initializer())",
    ]
  }

  mutating func optimizer() -> String {
    let clipping = pick([
      [], [], ["clipvalue: \(number(0.01...1))"], ["clipnorm: \(number(0.1...2))"],
      ["global_clipnorm: \(number(0.1...2))"],
    ])
    let moments = ["beta_1: \(number(0...0.95))", "beta_2: \(number(0.5...0.999))"]
    let epsilon = "epsilon: 1e-\(integer(4...8))"
    switch integer(0...6) {
    case 0:
      let momentum = isTrue(0.6) ? ["momentum: \(number(0.1...0.9))", "nesterov: \(truth())"] : []
      return value("sgd", ["learning_rate: \(rate(0.001...0.01))"] + momentum + clipping)
    case 1:
      return value(
        "rmsprop", ["learning_rate: \(rate(0.001...0.003))"] + clipping,
        ["rho: \(number(0.5...0.95))", "momentum: \(number(0...0.9))", epsilon])
    case 2:
      return value(
        "adamw", ["learning_rate: \(rate(0.001...0.004))"] + clipping, moments + [epsilon, "weight_decay: 0.01"])
    case 3: return value("lion", ["learning_rate: \(rate(0.001...0.002))"] + clipping, moments + ["weight_decay: 0.01"])
    case 4:
      return value(
        "adagrad", ["learning_rate: \(rate(0.001...0.01))"] + clipping,
        ["initial_accumulator_value: \(number(0.01...0.5))", epsilon])
    default: return value("adam", ["learning_rate: \(rate(0.001...0.004))"] + clipping, moments + [epsilon])
    }
  }

  /// A learning rate or a schedule of it.
  private mutating func rate(_ range: ClosedRange<Double>) -> String {
    let first = "initial_learning_rate: \(number(range))"
    let (decay, warmup) = ("decay_steps: \(integer(1...6))", "warmup_steps: \(integer(1...3))")
    switch integer(0...9) {
    case 0:
      return value(
        "exponential_decay", [first, decay, "decay_rate: \(number(0.5...0.99))"], ["staircase: \(truth())", warmup])
    case 1: return value("cosine_decay", [first, decay], ["alpha: \(number(0...0.5))", warmup])
    case 2:
      return value(
        "polynomial_decay", [first, decay], ["end_learning_rate: 1e-4", "power: \(number(0.5...2))", warmup])
    case 3:
      return value(
        "piecewise_constant_decay", ["boundaries: [1, 3]", "values: [\(number(range)), \(number(range)), 1e-4]"],
        [warmup])
    default: return number(range)
    }
  }
}
