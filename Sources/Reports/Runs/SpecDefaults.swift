import Runs
import Specs
import Training

/// Every value of a resolved spec beside its default.
///
/// A value is a default where the spec without it resolves to the same: that is what the program itself would put there.
package struct SpecDefaults {
  /// A value of the spec.
  package struct Row: Sendable, Equatable {
    /// `training.batch_size`, `generator[0].dense.units`.
    package let path: String
    /// The value, or the name of the chosen layer, loss and the like.
    package let value: String
    /// What stands there where nothing is said; nil where something must be.
    package let standard: String?
    /// Whether it is another one than the default.
    package let isDifferent: Bool

    package init(path: String, value: String, standard: String?, isDifferent: Bool) {
      (self.path, self.value, self.standard, self.isDifferent) = (path, value, standard, isDifferent)
    }
  }

  /// Whether it is known what the defaults are: of records of early versions, which do not say what the data were like, it is not.
  package let isKnown: Bool
  /// The values in the order of the spec.
  package private(set) var rows: [Row] = []

  private enum Step { case key(String), place(Int) }

  private let root: Node
  private let resolve: (Node) -> Node?

  /// Of a run's resolved spec.
  package init(_ run: ReportRun) {
    let record = run.record
    self.init(run.spec ?? .null) { node in
      ResolvedSpec.anew(
        Emitter.text(of: node), name: run.folder.resolved, survey: record.data.survey,
        validation: record.validation?.survey)
    }
  }

  /// Of a resolved spec, and what resolves others; nil where that finds mistakes.
  package init(_ root: Node, resolving resolve: @escaping (Node) -> Node?) {
    // The name follows from that of the file.
    let root = root.removing("name")
    (self.root, self.resolve) = (root, resolve)
    isKnown = resolve(root) != nil
    visitFields(of: root, [], "", isStandard: !isKnown)
  }

  private mutating func visitFields(of node: Node, _ steps: [Step], _ path: String, isStandard: Bool) {
    for pair in node.pairs ?? [] {
      guard let key = pair.key.text else { continue }
      visit(pair.value, steps + [.key(key)], path.isEmpty ? key : "\(path).\(key)", isStandard: isStandard)
    }
  }

  /// The fields of the entry that an item names.
  private mutating func visitEntry(_ item: Node, _ steps: [Step], _ path: String, isStandard: Bool) {
    guard let pair = item.pairs?.first, let name = pair.key.text else { return }
    visitFields(of: pair.value, steps + [.key(name)], "\(path).\(name)", isStandard: isStandard)
  }

  /// The value of a field.
  private mutating func visit(_ value: Node, _ steps: [Step], _ path: String, isStandard: Bool) {
    let found = isStandard ? nil : resolve(SpecDefaults.removing(steps[...], from: root))
    let standard = found.flatMap { SpecDefaults.value(at: steps[...], in: $0) }
    let isStandard = isStandard || standard.map { Emitter.flowText(of: $0) == Emitter.flowText(of: value) } ?? false
    let text = SpecDefaults.name(value)
    let name = isStandard ? text : found == nil ? nil : standard.map(SpecDefaults.name) ?? "none"
    func row() -> Row { Row(path: path, value: text, standard: name, isDifferent: name != text) }
    if SpecDefaults.isItem(value) {
      rows.append(row())
      visitEntry(value, steps, path, isStandard: isStandard)
    } else if let elements = value.elements, elements.contains(where: { $0.pairs != nil }) {
      for (place, element) in elements.enumerated() {
        // Without its name there is no layer: it has no default of its own.
        let own = "\(path)[\(place)]"
        rows.append(
          Row(path: own, value: SpecDefaults.name(element), standard: nil, isDifferent: !isStandard))
        visitEntry(element, steps + [.place(place)], own, isStandard: isStandard)
      }
    } else if value.pairs?.isEmpty == false {
      // A section that is left out by default.
      if name == "none" || name == "null" {
        rows.append(Row(path: path, value: "{...}", standard: "none", isDifferent: true))
      }
      visitFields(of: value, steps, path, isStandard: isStandard)
    } else {
      rows.append(row())
    }
  }

  /// Whether a node is the name of an entry of a catalogue with its fields.
  private static func isItem(_ node: Node) -> Bool {
    guard let pairs = node.pairs, pairs.count == 1 else { return false }
    return pairs[0].value.pairs != nil
  }

  private static func name(_ node: Node) -> String {
    isItem(node) ? node.pairs?.first?.key.text ?? "" : Emitter.flowText(of: node)
  }

  private static func removing(_ steps: ArraySlice<Step>, from node: Node) -> Node {
    guard let first = steps.first else { return node }
    switch first {
    case .key(let key):
      if steps.count == 1 { return node.removing(key) }
      let pairs = (node.pairs ?? []).map { pair in
        (key: pair.key, value: pair.key.text == key ? removing(steps.dropFirst(), from: pair.value) : pair.value)
      }
      return Node(.mapping(pairs))
    case .place(let place):
      let elements = (node.elements ?? []).enumerated().map { number, element in
        number == place ? removing(steps.dropFirst(), from: element) : element
      }
      return .list(elements)
    }
  }

  private static func value(at steps: ArraySlice<Step>, in node: Node) -> Node? {
    guard let first = steps.first else { return node }
    switch first {
    case .key(let key): return node[key].flatMap { value(at: steps.dropFirst(), in: $0) }
    case .place(let place):
      guard let elements = node.elements, elements.indices.contains(place) else { return nil }
      return value(at: steps.dropFirst(), in: elements[place])
    }
  }
}
