import Specs

/// A parameter of a sweep: where it stands in the spec, its values, and when it is there.
package struct Parameter: Sendable {
  /// The path in the spec, as an override has it, such as `training.batch_size`.
  package let key: String
  /// Its values.
  package let distribution: Distribution
  /// All of these must hold, else the parameter is not active and the spec keeps what it says.
  package let conditions: [Condition]
  /// The place of the key.
  package let mark: Mark

  /// Makes a parameter.
  package init(_ key: String, _ distribution: Distribution, when conditions: [Condition] = [], mark: Mark = .nowhere) {
    (self.key, self.distribution) = (key, distribution)
    (self.conditions, self.mark) = (conditions, mark)
  }
}

/// A condition of a parameter: another parameter is active and has one of some values.
package struct Condition: Sendable {
  /// The other parameter.
  package let key: String
  /// The values, any of which will do.
  package let values: [Node]
  /// The place of the key in `when`.
  package let mark: Mark

  /// Makes a condition.
  package init(_ key: String, _ values: [Node], mark: Mark = .nowhere) {
    (self.key, self.values, self.mark) = (key, values, mark)
  }
}

extension Parameter {
  /// Reads a parameter such as `{log_uniform: [0.1, 100], when: {loss: wasserstein}}`; nil after a mistake was reported.
  static func read(_ key: Node, _ node: Node, diagnostics: Diagnostics) -> Parameter? {
    let name = key.text ?? ""
    guard node.pairs != nil || node.isNull else {
      let text = Emitter.flowText(of: node)
      diagnostics.error(
        "\(name) must say how its values are distributed, not \(node.elements == nil ? text : "a list")",
        at: node.mark,
        remedy: node.elements == nil
          ? "such as {choice: [\(text)]}" : text.utf8.count <= 60 ? "write {choice: \(text)}" : "put choice: before it")
      return nil
    }
    var fields = Fields(node.isNull ? node.at(key.mark) : node, of: name, diagnostics: diagnostics)
    let (distribution, conditions) = read(from: &fields, isBare: isBare(node))
    fields.finish()
    guard let distribution, fields.isComplete else { return nil }
    return Parameter(name, distribution, when: conditions, mark: key.mark)
  }

  /// The fields of a parameter.
  package static let description: FieldsDescription = {
    var fields = Fields.describing(subject: "parameter")
    _ = read(from: &fields, isBare: false)
    return fields.description
  }()

  private static func read(from fields: inout Fields, isBare: Bool) -> (Distribution?, [Condition]) {
    fields.leaveOut(NeedlessNames(["value", "constant"], "write it into the spec that the sweep begins from"))
    let distribution = Distribution.read(from: &fields, isBare: isBare)
    let when = fields.optionalMapping(
      FieldName("when", alsoCalled: ["condition", "conditions"], example: "{loss: wasserstein}"), of: "value",
      "the parameters and values with which this one is active; elsewhere the spec keeps what it says")
    let conditions = (when?.pairs ?? []).map { pair in
      Condition(pair.key.text ?? "", pair.value.elements ?? [pair.value], mark: pair.key.mark)
    }
    return (distribution, conditions)
  }

  /// Whether no key could be meant for a distribution.
  private static func isBare(_ node: Node) -> Bool {
    let known = Set(description.fields.map(\.name))
    return (node.pairs ?? []).allSatisfy { known.contains($0.key.text ?? "") }
  }
}
