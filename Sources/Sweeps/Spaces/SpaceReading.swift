import Specs

// The mistakes of a space as a whole.
extension Space {
  /// The parameters of a mapping that can be read, whatever is wrong with others; nothing is reported.
  package static func readable(_ node: Node) -> [Parameter] {
    (node.pairs ?? []).compactMap { Parameter.read($0.key, $0.value, diagnostics: Diagnostics()) }
  }

  /// Reads the mapping of a sweep's parameters; nil after mistakes were reported, each at its line and column.
  package static func read(_ node: Node, diagnostics: Diagnostics) -> Space? {
    guard let pairs = node.pairs, !pairs.isEmpty else {
      diagnostics.error(
        "parameters must be a mapping of keys to distributions", at: node.mark,
        remedy: "such as training.batch_size: {choice: [32, 64]}")
      return nil
    }
    let before = diagnostics.errorCount
    let read = pairs.map { Parameter.read($0.key, $0.value, diagnostics: diagnostics) }
    let keys = pairs.map { $0.key.text ?? "" }
    for case let parameter? in read {
      for condition in parameter.conditions { check(condition, of: parameter, among: read, keys, diagnostics) }
    }
    checkOverlaps(read.compactMap { $0 }, diagnostics)
    guard diagnostics.errorCount == before else { return nil }
    let parameters = read.compactMap { $0 }
    guard let space = Space(parameters) else {
      reportCircle(among: parameters, diagnostics)
      return nil
    }
    return space
  }

  /// Reports parameters within others, whose values would be replaced or would replace them.
  private static func checkOverlaps(_ parameters: [Parameter], _ diagnostics: Diagnostics) {
    for inner in parameters {
      for outer in parameters
      where inner.key.hasPrefix(outer.key + ".") || inner.key.hasPrefix(outer.key + "[") {
        guard !inner.conditions.contains(where: { $0.key == outer.key }) else { continue }
        diagnostics.error(
          "\(inner.key) lies within \(outer.key), another parameter", at: inner.mark,
          remedy: "say with when: {\(outer.key): ...} with which of its values it goes, or remove one")
      }
    }
  }

  private static func check(
    _ condition: Condition, of parameter: Parameter, among read: [Parameter?], _ keys: [String],
    _ diagnostics: Diagnostics
  ) {
    guard let place = keys.firstIndex(of: condition.key) else {
      let others = keys.filter { $0 != parameter.key }
      diagnostics.error(
        "\(parameter.key) depends on \(condition.key), which is no parameter of this sweep", at: condition.mark,
        remedy: Suggestion.nearest(to: condition.key, among: others).map { "did you mean \($0)?" }
          ?? "add it to the parameters, or remove the condition")
      return
    }
    guard condition.key != parameter.key else {
      return diagnostics.error("\(parameter.key) depends on itself", at: condition.mark, remedy: "remove the condition")
    }
    guard !condition.values.isEmpty else {
      return diagnostics.error(
        "\(condition.key) cannot be one of no values", at: condition.mark,
        remedy: "name a value, or remove the condition")
    }
    guard let asked = read[place] else { return }
    guard let values = asked.distribution.values else {
      return diagnostics.error(
        "a condition needs a parameter of finitely many values, and \(condition.key) may be any number of a range",
        at: condition.mark, remedy: "give it a choice, a step or points")
    }
    for value in condition.values where !values.contains(where: { $0.isSame(as: value) }) {
      let texts = values.map(Emitter.flowText)
      let near = value.text.flatMap { Suggestion.nearest(to: $0, among: texts) }
      let shown = texts.count > 12 ? texts.prefix(12) + ["…"] : texts[...]
      diagnostics.error(
        "\(condition.key) is never \(Emitter.flowText(of: value)); it may be \(shown.joined(separator: ", "))",
        at: value.mark, remedy: near.map { "did you mean \($0)?" } ?? "use one of these")
    }
  }

  /// Reports the parameters that depend on one another, at the first of them.
  private static func reportCircle(among parameters: [Parameter], _ diagnostics: Diagnostics) {
    for start in parameters {
      guard let circle = path(from: start.key, to: start.key, among: parameters, passed: []) else { continue }
      let steps = zip(circle, circle.dropFirst() + [start.key]).map { "\($0) on \($1)" }
      diagnostics.error(
        "parameters depend on one another: \(steps.joined(separator: ", "))", at: start.mark,
        remedy: "remove one of the conditions")
      return
    }
  }

  /// The keys on a way along conditions from one parameter to another, the first included.
  private static func path(
    from key: String, to goal: String, among parameters: [Parameter], passed: Set<String>
  ) -> [String]? {
    guard let parameter = parameters.first(where: { $0.key == key }), !passed.contains(key) else { return nil }
    for condition in parameter.conditions {
      if condition.key == goal { return [key] }
      if let rest = path(from: condition.key, to: goal, among: parameters, passed: passed.union([key])) {
        return [key] + rest
      }
    }
    return nil
  }
}
