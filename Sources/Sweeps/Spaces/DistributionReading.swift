import Specs

// How a parameter's distribution is written: `{log_uniform: [1e-5, 1e-2]}`, `{uniform: [0, 1], step: 0.1}`.
extension Distribution {
  private static let choice = FieldName(
    "choice", alsoCalled: ["values", "categorical", "options"], example: "[32, 64, 128]")
  private static let uniform = FieldName("uniform", alsoCalled: ["quniform", "q_uniform"], example: "[0, 1]")
  private static let logUniform = FieldName(
    "log_uniform", alsoCalled: ["loguniform", "log_uniform_values", "log", "reciprocal"], example: "[1e-5, 1e-2]")
  private static let intUniform = FieldName(
    "int_uniform", alsoCalled: ["randint", "range"], example: "[1, 8]")
  private static let intLogUniform = FieldName(
    "int_log_uniform", alsoCalled: ["lograndint", "int_log"], example: "[16, 1024]")
  private static let normal = FieldName("normal", alsoCalled: ["gaussian", "randn", "q_normal"], example: "[0, 1]")
  private static let logNormal = FieldName("log_normal", alsoCalled: ["lognormal", "q_log_normal"], example: "[0, 1]")
  private static let kinds = [choice, uniform, logUniform, intUniform, intLogUniform, normal, logNormal]
  /// Up to here every integer is a Double.
  private static let largest = 0x1p53

  /// Reads a distribution from the fields of a parameter; nil after a mistake was reported, while describing, or where none is
  /// given, which is reported unless a key is there that could be meant for it.
  static func read(from fields: inout Fields, isBare: Bool) -> Distribution? {
    let values = fields.optionalValues(choice, count: 1...10000, "one of these values, each as probable as the others")
    let ends = fields.optionalNumbers(uniform, count: 2...2, each: .any, "a number between two")
    let logEnds = fields.optionalNumbers(
      logUniform, count: 2...2, each: .above(0), "a number between two, its logarithm uniform")
    let intEnds = fields.optionalIntegers(
      intUniform, count: 2...2, each: .min ... .max, "an integer from the first to the last, both included")
    let intLogEnds = fields.optionalIntegers(
      intLogUniform, count: 2...2, each: 1 ... .max,
      "an integer from the first to the last, both included, its logarithm uniform")
    let bell = fields.optionalNumbers(normal, count: 2...2, each: .any, "a normal number: mean and standard deviation")
    let logBell = fields.optionalNumbers(
      logNormal, count: 2...2, each: .any,
      "a number whose logarithm is normal: mean and standard deviation of the logarithm")
    let step = fields.optionalNumber(
      FieldName("step", alsoCalled: ["q", "quantum"]), in: .above(0), "the distance of neighbouring values")
    let points = fields.optionalInteger(
      FieldName("points", alsoCalled: ["num", "levels"]), in: 2...10000,
      "how many values, both ends included, equally spaced on the scale")
    guard isOne(&fields, isBare: isBare) else { return nil }
    if let values { return choice(of: values, step, points, &fields) }
    if let mean = bell ?? logBell {
      return normal(mean, isLogarithmic: logBell != nil, step, points, &fields)
    }
    let isInteger = intEnds != nil || intLogEnds != nil
    guard let ends = ends ?? logEnds ?? (intEnds ?? intLogEnds)?.map(Double.init) else { return nil }
    return interval(
      ends, isLogarithmic: logEnds != nil || intLogEnds != nil, isInteger: isInteger, step, points, &fields)
  }

  /// Whether exactly one kind is given.
  private static func isOne(_ fields: inout Fields, isBare: Bool) -> Bool {
    let given = kinds.map(\.name).filter { fields.isGiven($0) }.sorted { first, second in
      let (first, second) = (fields.mark(of: first), fields.mark(of: second))
      return (first.line, first.column) < (second.line, second.column)
    }
    if given.isEmpty, isBare {
      fields.error("\(fields.subject) has no distribution", remedy: "write choice: [32, 64, 128] or uniform: [0, 1]")
    }
    if given.count > 1 {
      fields.error(
        "\(fields.subject) has two distributions, \(given[0]) and \(given[1])", at: given[1], remedy: "remove one")
    }
    return given.count == 1
  }

  private static func choice(of values: [Node], _ step: Double?, _ points: Int?, _ fields: inout Fields)
    -> Distribution
  {
    refuse(step, "step", "choice", &fields)
    refuse(points, "points", "choice", &fields)
    for (place, value) in values.enumerated() {
      guard let first = values[..<place].first(where: { $0.isSame(as: value) }) else { continue }
      fields.diagnostics.error(
        "choice has \(Emitter.flowText(of: value)) twice", at: value.mark, remedy: "remove one",
        related: [(mark: first.mark, note: "the first is here")])
    }
    return .choice(values)
  }

  private static func normal(
    _ values: [Double], isLogarithmic: Bool, _ step: Double?, _ points: Int?, _ fields: inout Fields
  ) -> Distribution? {
    let key = isLogarithmic ? "log_normal" : "normal"
    refuse(points, "points", key, &fields)
    guard values[1] > 0 else {
      fields.error(
        "the standard deviation of \(key) must be above 0, not \(NumberRange.text(values[1]))", at: key,
        remedy: "such as \(key): [0, 1]")
      return nil
    }
    // Nine deviations are more than any number of 53 bits reaches.
    guard !isLogarithmic || abs(values[0]) + 9 * values[1] < 700 else {
      fields.error(
        "\(key) reaches numbers that are too large", at: key,
        remedy: "give mean and standard deviation of the logarithm, such as [-7, 2]")
      return nil
    }
    return .normal(NormalValues(mean: values[0], deviation: values[1], isLogarithmic: isLogarithmic, step: step))
  }

  private static func interval(
    _ ends: [Double], isLogarithmic: Bool, isInteger: Bool, _ step: Double?, _ points: Int?, _ fields: inout Fields
  ) -> Distribution? {
    let key = (isInteger ? "int_" : "") + (isLogarithmic ? "log_" : "") + "uniform"
    let (low, high) = (NumberRange.text(ends[0]), NumberRange.text(ends[1]))
    guard ends[0] < ends[1] else {
      let isSame = ends[0] == ends[1]
      fields.error(
        "\(key) goes from \(low) to \(high), so that nothing lies between", at: key,
        remedy: isSame ? "write choice: [\(low)]" : "write \(key): [\(high), \(low)]")
      return nil
    }
    guard ends.allSatisfy({ !isInteger || abs($0) <= largest }) else {
      fields.error("\(key) goes beyond 2^53", at: key, remedy: "the most is \(Int(largest))")
      return nil
    }
    if let step {
      if points != nil {
        fields.error("step and points both say which values there are", at: "points", remedy: "remove one")
      }
      if isInteger, step != step.rounded() {
        fields.error(
          "the step of integers must be an integer, not \(NumberRange.text(step))", at: "step",
          remedy: "write step: \(NumberRange.text(step.rounded(.up)))")
      } else if step > ends[1] - ends[0] {
        fields.error(
          "a step of \(NumberRange.text(step)) leaves only \(low) of \(key): [\(low), \(high)]", at: "step",
          remedy: "the most is \(NumberRange.text(NumberInterval.tidy(ends[1] - ends[0], step: 1)))")
      } else if isLogarithmic, !isInteger || step > 1, step >= 2 * ends[0] {
        fields.error(
          "a step of \(NumberRange.text(step)) is too coarse for a logarithmic scale from \(low)", at: "step",
          remedy: "it must be below \(NumberRange.text(2 * ends[0]))")
      } else if (ends[1] - ends[0]) / step > 1e9 {
        fields.error("a step of \(NumberRange.text(step)) makes too many values", at: "step", remedy: "leave it out")
      }
    }
    return .interval(
      NumberInterval(
        ends[0], ends[1], isLogarithmic: isLogarithmic, isInteger: isInteger, step: points == nil ? step : nil,
        points: points))
  }

  /// Reports a field that does not go with a kind.
  private static func refuse<Value>(_ value: Value?, _ key: String, _ kind: String, _ fields: inout Fields) {
    guard value != nil else { return }
    fields.error("\(key) does not go with \(kind)", at: key, remedy: "remove it")
  }
}
