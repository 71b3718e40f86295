// What stands at a path such as `--set` takes.
extension FieldsDescription {
  /// What a path leads to.
  package enum Found {
    /// A field.
    case field(Field)
    /// An entry of a catalogue.
    case entry(String, CatalogDescription)
  }

  /// The field or entry at a path such as `training.batch_size`, `generator[0].dense.units` or `loss.hinge`; `nil` where
  /// there is none.
  ///
  /// The number in a list does not matter.
  package func lookUp(_ path: String) -> Found? {
    FieldsDescription.steps(of: path).flatMap { lookUp($0) }
  }

  fileprivate static func steps(of path: String) -> ArraySlice<OverridePath.Step>? {
    guard !path.contains("=") else { return nil }
    return (try? OverridePath(Source(name: "", text: path + "=")).steps)?[...]
  }

  fileprivate func lookUp(_ steps: ArraySlice<OverridePath.Step>) -> Found? {
    guard case .key(let name, _)? = steps.first, let field = field(name) ?? fields.first(where: { $0.formerly == name })
    else { return nil }
    let rest = steps.dropFirst()
    guard !rest.isEmpty else { return .field(field) }
    switch field.kind {
    case .group(let inner): return inner.lookUp(rest)
    case .item(let catalog), .numberOrItem(_, let catalog): return catalog.lookUp(rest)
    case .items(let catalog, _): return FieldsDescription.lookUp(rest, in: catalog, depth: 1, field)
    case .itemLists(let catalog, _): return FieldsDescription.lookUp(rest, in: catalog, depth: 2, field)
    default: return nil
    }
  }

  /// What stands behind `depth` numbers in lists, or behind none, since these do not matter; behind fewer it is the field
  /// itself.
  private static func lookUp(
    _ steps: ArraySlice<OverridePath.Step>, in catalog: CatalogDescription, depth: Int, _ field: Field
  ) -> Found? {
    var rest = steps
    var count = 0
    while let step = rest.first, step.index != nil, count < depth {
      rest = rest.dropFirst()
      count += 1
    }
    if rest.isEmpty { return .field(field) }
    return count == depth || count == 0 ? catalog.lookUp(rest) : nil
  }
}

extension CatalogDescription {
  /// The field or entry at a path that begins with an entry, such as `adam.beta_1`; `nil` where there is none.
  package func lookUp(_ path: String) -> FieldsDescription.Found? {
    FieldsDescription.steps(of: path).flatMap { lookUp($0) }
  }

  fileprivate func lookUp(_ steps: ArraySlice<OverridePath.Step>) -> FieldsDescription.Found? {
    guard case .key(let name, _)? = steps.first, let fields = fields(name) else { return nil }
    return steps.count == 1 ? .entry(name, self) : fields.lookUp(steps.dropFirst())
  }
}

extension FieldsDescription {
  /// A mapping of these fields with the names that fields have now in place of those of earlier versions.
  package func withCurrentNames(_ node: Node) -> Node {
    guard let pairs = node.pairs else { return node }
    return node.replacing(
      pairs.map { pair in
        let name = pair.key.text ?? ""
        let former = field(name) == nil ? fields.first { $0.formerly == name } : nil
        guard let field = former ?? field(name) else { return pair }
        let key = former == nil ? pair.key : Node.string(field.name).at(pair.key.mark)
        return (key: key, value: field.kind.withCurrentNames(pair.value))
      })
  }
}

extension FieldsDescription.Kind {
  fileprivate func withCurrentNames(_ node: Node) -> Node {
    switch self {
    case .group(let inner): inner.withCurrentNames(node)
    case .item(let catalog), .numberOrItem(_, let catalog): catalog.withCurrentNames(node)
    case .items(let catalog, _), .itemLists(let catalog, _): catalog.withCurrentNames(inLists: node)
    default: node
    }
  }
}

extension CatalogDescription {
  fileprivate func withCurrentNames(_ node: Node) -> Node {
    guard let pairs = node.pairs else { return node }
    return node.replacing(
      pairs.map { pair in
        (key: pair.key, value: fields(pair.key.text ?? "")?.withCurrentNames(pair.value) ?? pair.value)
      })
  }

  fileprivate func withCurrentNames(inLists node: Node) -> Node {
    guard let elements = node.elements else { return withCurrentNames(node) }
    return Node(.sequence(elements.map(withCurrentNames(inLists:))), mark: node.mark, generation: node.generation)
  }
}

extension Node {
  /// The node with other pairs.
  fileprivate func replacing(_ pairs: [(key: Node, value: Node)]) -> Node {
    Node(.mapping(pairs), mark: mark, generation: generation)
  }
}
