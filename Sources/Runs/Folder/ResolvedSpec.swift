import Specs
import Training

/// The resolved spec as text, and differences between two of them.
package enum ResolvedSpec {
  /// The part of a resolved spec that a run can never change: all but how long it goes on.
  package static func lasting(_ resolved: Node) -> String {
    guard let training = resolved["training"] else { return Emitter.text(of: resolved) }
    let kept = training.removing("epochs").removing("steps")
    let pairs = (resolved.pairs ?? []).map { pair in pair.key.text == "training" ? (pair.key, kept) : pair }
    return Emitter.text(of: Node(.mapping(pairs.map { (key: $0.0, value: $0.1) })))
  }

  /// Fields that came after others, with the value at which a spec trains as it did before there were any.
  private static let later: [(path: [String], neutral: String)] = [
    (["initial_weights"], "null"), (["record", "tensorboard"], "false"),
  ]

  /// The text by which groups and sweeps know a spec, the same from one version to the next: without the fields that came
  /// later, where they have the value that changes nothing.
  static func identity(_ resolved: Node) -> String {
    Emitter.text(of: later.reduce(resolved) { node, field in without(field.path[...], field.neutral, node) })
  }

  /// Whether two resolved specs, as texts, say the same in words of different versions.
  package static func isSame(_ text: String, _ other: String) -> Bool {
    guard let one = parse(text, name: "spec"), let two = parse(other, name: "spec") else { return false }
    return identity(one) == identity(two)
  }

  private static func without(_ path: ArraySlice<String>, _ neutral: String, _ node: Node) -> Node {
    guard let key = path.first, let value = node[key] else { return node }
    guard path.count == 1 else {
      let inner = without(path.dropFirst(), neutral, value)
      let pairs = (node.pairs ?? []).map { ($0.key, $0.key.text == key ? inner : $0.value) }
      return Node(.mapping(pairs.map { (key: $0.0, value: $0.1) }), mark: node.mark)
    }
    return Emitter.flowText(of: value) == neutral ? node.removing(key) : node
  }

  /// A tensor's name, `generator.0.kernel`, as paths in specs are written: `generator[0].kernel`.
  static func path(ofTensor name: String) -> String {
    name.split(separator: ".").reduce("") { path, part in
      Int(part) == nil ? path + (path.isEmpty ? "" : ".") + part : path + "[\(part)]"
    }
  }

  /// A value that differs between specs.
  package struct Difference: Codable, Sendable, Equatable {
    /// `training.batch_size`, `generator[0].dense.units`.
    package let key: String
    /// The value in each spec; nil where it has none.
    package let values: [String?]

    /// A key with its value in each spec.
    package init(key: String, values: [String?]) {
      self.key = key
      self.values = values
    }
  }

  /// The keys in which specs differ, in the order of the first.
  package static func differences(_ specs: [Node]) -> [Difference] {
    var keys: [String] = []
    var tables: [[String: String]] = []
    for spec in specs {
      var table: [String: String] = [:]
      flatten(spec, "", &table, &keys)
      tables.append(table)
    }
    return keys.compactMap { key in
      let values = tables.map { $0[key] }
      return values.allSatisfy { $0 == values[0] } ? nil : Difference(key: key, values: values)
    }
  }

  private static func flatten(_ node: Node, _ path: String, _ table: inout [String: String], _ keys: inout [String]) {
    if let pairs = node.pairs, !pairs.isEmpty {
      for pair in pairs {
        let key = pair.key.text ?? ""
        flatten(pair.value, path.isEmpty ? key : "\(path).\(key)", &table, &keys)
      }
    } else if let elements = node.elements, elements.contains(where: { $0.pairs != nil }) {
      for (index, element) in elements.enumerated() { flatten(element, "\(path)[\(index)]", &table, &keys) }
    } else {
      if table.updateValue(Emitter.flowText(of: node), forKey: path) == nil, !keys.contains(path) { keys.append(path) }
    }
  }

  /// Where specs differ, as people want to read it: where they chose different layers, losses and the like, only the names of
  /// these, and not the fields, which are all different ones.
  package static func outline(_ specs: [Node]) -> [Difference] { outline(specs.map(Optional.some), "") }

  private static func outline(_ nodes: [Node?], _ path: String) -> [Difference] {
    func differs(_ values: [String?]) -> Bool { !values.allSatisfy { $0 == values[0] } }
    guard differs(nodes.map { $0.map { Emitter.flowText(of: $0) } }) else { return [] }
    let present = nodes.compactMap { $0 }
    let names = nodes.map { $0.map(name) }
    if path.isEmpty || present.count == nodes.count, present.allSatisfy({ $0.pairs?.isEmpty == false }),
      path.isEmpty || present.contains(where: { $0.pairs?.count != 1 }) || !differs(names)
    {
      var keys: [String] = []
      for key in present.flatMap({ $0.pairs ?? [] }).compactMap(\.key.text) where !keys.contains(key) {
        keys.append(key)
      }
      return keys.flatMap { key in
        outline(nodes.map { $0?[key] }, path.isEmpty ? key : "\(path).\(key)")
      }
    }
    if present.allSatisfy({ $0.elements != nil }),
      present.contains(where: { $0.elements?.contains { $0.pairs != nil } == true })
    {
      let count = present.map { $0.elements?.count ?? 0 }.max() ?? 0
      return (0..<count).flatMap { index in
        outline(
          nodes.map { node in node?.elements.flatMap { index < $0.count ? $0[index] : nil } }, "\(path)[\(index)]")
      }
    }
    return [Difference(key: path, values: names)]
  }

  /// What stands for a value: the name of a layer, a loss and the like, dots for several fields; else the value itself.
  private static func name(_ node: Node) -> String {
    if let pairs = node.pairs, !pairs.isEmpty { return pairs.count == 1 ? pairs[0].key.text ?? "" : "{...}" }
    return Emitter.flowText(of: node)
  }

  /// Parses the text of a resolved spec, with what fields are called now; nil where it is none.
  package static func parse(_ text: String, name: String) -> Node? {
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: [UInt8](text.utf8), name: name, limits: .resolved, diagnostics: diagnostics)
    return diagnostics.hasErrors
      ? nil : node.map { node in Experiment.description(of: TaskCatalog.task(of: node)).withCurrentNames(node) }
  }
}
