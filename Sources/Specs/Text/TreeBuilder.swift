/// Builds nodes from events, writing aliases and merge keys out, within limits.
struct TreeBuilder {
  /// A node with what its copies cost.
  struct Built {
    var node: Node
    /// Levels of lists and mappings, itself included; 0 for a scalar.
    var height: Int
    /// Nodes, itself included, with aliases written out.
    var size: Int
  }

  let events: EventStream
  let source: Source
  let limits: Parser.Limits
  let diagnostics: Diagnostics
  /// What anchors stand for; `nil` while their node is not complete.
  private var anchors: [String: Built?] = [:]
  private var nodeCount = 0

  init(events: EventStream, source: Source, limits: Parser.Limits, diagnostics: Diagnostics) {
    self.limits = limits
    self.events = events
    self.source = source
    self.diagnostics = diagnostics
  }

  /// The only document of the stream.
  mutating func document() throws(Diagnostic) -> Node {
    _ = try next()
    let top = Mark(source: source, line: 1, column: 1)
    guard case .documentStart = try next().kind else {
      let isBlank = !source.text.unicodeScalars.contains { $0 == "#" }
      throw .error(
        isBlank ? "the file is empty" : "the file has only comments", at: top,
        remedy: "write the spec as key: value lines")
    }
    let first = try next()
    let root = try build(first, depth: 0)
    if case .scalar("", plain: true) = first.kind {
      throw .error("the document is empty", at: root.node.mark, remedy: "write the spec as key: value lines")
    }
    _ = try next()
    let last = try next()
    guard case .streamEnd = last.kind else {
      throw .error(
        "a second document begins here; a spec is one document", at: mark(last),
        remedy: "put it in a file of its own")
    }
    return root.node
  }

  private func next() throws(Diagnostic) -> EventStream.Event {
    do throws(EventStream.Failure) {
      return try events.next()
    } catch {
      throw SyntaxProblem.diagnostic(for: error, in: source)
    }
  }

  private mutating func count(_ nodes: Int, at event: EventStream.Event) throws(Diagnostic) {
    nodeCount += nodes
    guard nodeCount <= limits.nodes else {
      throw .error(
        "more than \(limits.nodes) values with every alias written out", at: mark(event),
        remedy: "a spec is smaller than this")
    }
  }

  private mutating func build(_ event: EventStream.Event, depth: Int) throws(Diagnostic) -> Built {
    if case .alias(let name) = event.kind { return try copy(of: name, at: event, depth: depth) }
    try count(1, at: event)
    if let anchor = event.anchor { anchors[anchor] = .some(nil) }
    var built: Built
    switch event.kind {
    case .scalar(let text, let plain):
      built = Built(node: scalar(text, plain: plain, event), height: 0, size: 1)
    case .sequenceStart(let flow):
      built = try sequence(event, flow: flow, depth: depth + 1)
    case .mappingStart(let flow):
      built = try mapping(event, flow: flow, depth: depth + 1)
    default:
      throw .error("a value is missing here", at: mark(event))
    }
    if let tag = event.tag { built.node = tagged(built.node, tag, event) }
    if let anchor = event.anchor {
      anchors[anchor] = built
      built.node = built.node.written(built.node.traits.union(.anchor))
    }
    return built
  }

  private mutating func copy(of name: String, at event: EventStream.Event, depth: Int) throws(Diagnostic)
    -> Built
  {
    let mark = mark(event)
    guard let anchor = anchors[name] else {
      let near = Suggestion.nearest(to: name, among: anchors.keys.sorted())
      throw .error(
        "there is no anchor &\(Quotation.short(name)) before this alias", at: mark,
        remedy: near.map { "did you mean *\(Quotation.short($0))?" }
          ?? "define it with &, or put the text in quotes")
    }
    guard var built = anchor else {
      throw .error(
        "alias *\(Quotation.short(name)) stands within its own anchor", at: mark,
        remedy: "a spec cannot contain itself")
    }
    try count(built.size, at: event)
    try checkDepth(depth + built.height, at: mark)
    built.node = built.node.at(mark).written([])
    return built
  }

  private func checkDepth(_ depth: Int, at mark: @autoclosure () -> Mark) throws(Diagnostic) {
    guard depth <= limits.depth else {
      throw .error(
        "lists and mappings nest more than \(limits.depth) deep", at: mark(),
        remedy: "a spec is flatter than this")
    }
  }

  private mutating func sequence(
    _ start: EventStream.Event, flow: Bool, depth: Int
  ) throws(Diagnostic) -> Built {
    try checkDepth(depth, at: mark(start))
    var elements: [Node] = []
    var (height, size) = (0, 1)
    var traits: Node.Traits = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind {
        let mark =
          flow
          ? mark(start, to: event.end)
          : Mark(source: source, line: start.start.line + 1, column: start.start.column + 1)
        return Built(
          node: Node(.sequence(elements), mark: mark, traits: traits), height: height + 1, size: size)
      }
      let element = try build(event, depth: depth)
      traits.formUnion(element.node.traits.intersection(.anchor))
      elements.append(element.node)
      (height, size) = (max(height, element.height), size + element.size)
    }
  }

  private mutating func mapping(_ start: EventStream.Event, flow: Bool, depth: Int) throws(Diagnostic)
    -> Built
  {
    try checkDepth(depth, at: mark(start))
    var pairs = MappingPairs()
    var (height, size, keyCount) = (0, 1, 0)
    var traits: Node.Traits = []
    while true {
      let event = try next()
      if case .mappingEnd = event.kind {
        let block = pairs.first?.mark ?? mark(start)
        let place = flow ? mark(start, to: event.end) : block
        let node = Node(.mapping(pairs.merged()), mark: place, traits: traits)
        return Built(node: node, height: height + 1, size: size)
      }
      keyCount += 1
      guard keyCount <= limits.keys else {
        throw .error(
          "more than \(limits.keys) keys in one mapping", at: mark(event), remedy: "a spec is smaller than this")
      }
      let isMerge = if case .scalar("<<", plain: true) = event.kind { event.tag == nil } else { false }
      let keyText = if case .scalar(let text, _) = event.kind { text } else { nil as String? }
      let key = try build(event, depth: depth)
      let value = try build(try next(), depth: depth)
      traits.formUnion(value.node.traits.intersection(.anchor))
      // What << brings in stands one level higher than written, or two when it is a list.
      let raised = isMerge ? (value.node.elements == nil ? 1 : 2) : 0
      (height, size) = (max(height, value.height - raised), size + key.size + value.size)
      guard let text = keyText ?? key.node.text, !text.isEmpty else {
        diagnostics.error(
          keyText == ""
            ? "a key is missing before the colon" : "a key must be a word, not \(Quotation.of(key.node))",
          at: key.node.mark, remedy: "write key: value")
        continue
      }
      let name = Node(.scalar(text, plain: true), mark: key.node.mark)
      if isMerge, pairs.merge == nil {
        pairs.merge = MappingPairs.sources(of: value.node)
        pairs.mergeKey = name
        guard pairs.merge == nil else { continue }
        diagnostics.error(
          "<< takes a mapping or a list of mappings, not \(Quotation.of(value.node))", at: value.node.mark,
          remedy: "write <<: *anchor")
      } else if let first = isMerge ? pairs.mergeKey : pairs.add(name, value.node) {
        diagnostics.error(
          "\(Quotation.short(text)) is given twice", at: name.mark, remedy: "remove one",
          related: [(mark: first.mark, note: "first given here")])
      }
    }
  }

  private func scalar(_ text: String, plain: Bool, _ event: EventStream.Event) -> Node {
    let mark = mark(event)
    if text.utf8.contains(0) {
      diagnostics.error("a text with a NUL character", at: mark, remedy: "remove \\0 from it")
    }
    return Node(
      plain && CoreSchema.isNull(text) ? .null : .scalar(text, plain: plain), mark: mark,
      traits: plain && text.isEmpty ? .blank : [])
  }

  private func tagged(_ node: Node, _ tag: String, _ event: EventStream.Event) -> Node {
    let core = "tag:yaml.org,2002:"
    let name = tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag
    let text = if case .scalar(let text, _) = event.kind { text } else { nil as String? }
    switch (name, node.content, text) {
    case ("!!str", _, let text?), ("!", _, let text?):
      return Node(.scalar(text, plain: false), mark: node.mark)
    case ("!!int", _, let text?) where CoreSchema.integer(text) != .notInteger,
      ("!!float", _, let text?) where CoreSchema.number(text) != nil,
      ("!!bool", _, let text?) where CoreSchema.boolean(text) != nil:
      return Node(.scalar(text, plain: true), mark: node.mark)
    case ("!!null", _, let text?) where CoreSchema.isNull(text):
      return Node(.null, mark: node.mark)
    case ("!!seq", .sequence, _), ("!!map", .mapping, _), ("!", .sequence, _), ("!", .mapping, _):
      return node
    case ("!!str", _, _), ("!!int", _, _), ("!!float", _, _), ("!!bool", _, _), ("!!null", _, _),
      ("!!seq", _, _),
      ("!!map", _, _):
      diagnostics.error(
        "\(Quotation.of(node)) is not what the tag \(name) says", at: node.mark, remedy: "remove the tag")
    default:
      diagnostics.error(
        "the tag \(Quotation.short(name)) has no meaning here", at: node.mark, remedy: "remove the tag")
    }
    return node
  }

  private func mark(_ event: EventStream.Event) -> Mark { mark(event, to: event.end) }

  /// From the start of an event to a position, or to the end of its line when that is on another one.
  private func mark(_ event: EventStream.Event, to end: EventStream.Position) -> Mark {
    let (line, column) = (event.start.line + 1, event.start.column + 1)
    let length =
      end.line == event.start.line
      ? end.column - event.start.column : (source.line(line)?.unicodeScalars.count ?? 0) - column + 1
    return Mark(source: source, line: line, column: column, length: length)
  }
}
