extension Node {
  /// What this node says over what a parent says: mappings merge key by key, everything else replaces, and `null` takes
  /// away.
  ///
  /// Marks are kept, so that a mistake is shown in the text that holds it. Keys that only the parent has come behind the
  /// others, one `generation` older. Where an entry of a catalogue is read, only its youngest keys count:
  /// `{adam: {}}` over `{sgd: {}}` means `adam`, while `{adam: {beta_1: 0.5}}` over `{adam: {learning_rate: 1e-3}}` has both
  /// fields. Whether a mapping is an entry or has fields is known only to its reader, so a merge never drops a key.
  package func merged(over parent: Node) -> Node {
    guard case .mapping(let own) = content, case .mapping(let inherited) = parent.content else {
      let isRemoval = isNull && !traits.contains(.blank) && !parent.isNull
      return isRemoval ? written(traits.union(.removal)) : self
    }
    let parents = Dictionary(inherited.map { ($0.key.text ?? "", $0) }) { first, _ in first }
    let names = Set(own.map { $0.key.text ?? "" })
    var pairs = own.map { pair in
      (
        key: pair.key,
        value: parents[pair.key.text ?? ""].map { pair.value.merged(over: $0.value) } ?? pair.value
      )
    }
    for pair in inherited where !names.contains(pair.key.text ?? "") {
      pairs.append((key: pair.key.inherited(by: 1), value: pair.value))
    }
    return Node(.mapping(pairs), mark: mark, generation: generation)
  }
}
