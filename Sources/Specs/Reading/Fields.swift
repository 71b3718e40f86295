/// Reads a mapping field by field, consuming its keys.
///
/// Each read names a key once, with its type, range, default and summary. The same reads give the values, the errors, the
/// description, the JSON Schema and the resolved spec. A read that finds a mistake reports it and returns a value of the
/// range, so that reading goes on and every mistake is found at once.
///
/// ```swift
/// var fields = Fields(node, of: "dense", diagnostics: diagnostics)
/// let units = fields.integer("units", in: 1...65536, "Number of outputs.")
/// let bias = fields.boolean("use_bias", default: true, "Whether a bias is added.")
/// fields.finish()
/// ```
package struct Fields {
  /// What reads do.
  enum Mode {
    /// Take values from a mapping.
    case reading
    /// The node is no mapping: reads give placeholders, and `finish` says so.
    case malformed
    /// Reads give placeholders without a word, because the mistake is reported elsewhere.
    case silent
    /// Reads are only recorded.
    case describing
  }

  /// How an example with fields is written: what stands before and behind them.
  struct Form {
    let prefix: String
    let suffix: String
  }

  /// Whose fields they are, as messages say it, such as "dense".
  package let subject: String
  /// Where `--set` finds them: `generator[0].dense`; nothing for those of the whole text.
  let path: String
  /// Where mistakes are reported.
  package let diagnostics: Diagnostics
  /// The place of the mapping, or of the name that introduced it.
  package let mark: Mark
  let mode: Mode
  let node: Node
  let form: Form?
  /// The fields around them, as far as they were read; none of those of the whole text.
  private let around: [Fields]
  private var given: [String: (key: Node, value: Node)]
  private let errorsBefore: Int
  private var recorded: [FieldsDescription.Field] = []
  private var resolvedPairs: [(key: Node, value: Node)] = []
  var missing: [FieldsDescription.Field] = []
  /// The names that fields had in earlier versions, by what they are called now.
  private var formerNames: [String: String] = [:]
  /// How keys begin that nobody reads.
  private(set) var ignoredPrefix: String?
  /// Names of other programs for what these fields leave out.
  private(set) var needless: [NeedlessNames] = []
  /// The fields that lists of other programs stand for.
  private var lists: [(name: String, parts: [String])] = []

  /// Begins to read a mapping; null means no fields, and anything else is reported by `finish`.
  package init(_ node: Node, of subject: String, diagnostics: Diagnostics) {
    self.init(node, of: subject, under: "", at: node.mark, form: nil, silent: false, diagnostics: diagnostics)
  }

  init(
    _ node: Node, of subject: String, under path: String, at mark: Mark, form: Form?, silent: Bool,
    within outer: Fields? = nil, diagnostics: Diagnostics
  ) {
    self.subject = subject
    self.path = path
    self.diagnostics = diagnostics
    self.mark = mark
    self.node = node
    self.form = form
    around = outer.map { [$0] } ?? []
    mode = silent ? .silent : node.pairs != nil || node.isNull ? .reading : .malformed
    given = Dictionary((node.pairs ?? []).map { ($0.key.text ?? "", $0) }) { first, _ in first }
    errorsBefore = diagnostics.errorCount
  }

  private init(describing subject: String) {
    self.subject = subject
    path = ""
    diagnostics = Diagnostics()
    mark = .nowhere
    node = .null
    form = nil
    around = []
    mode = .describing
    given = [:]
    errorsBefore = 0
  }

  /// Fields that are only recorded: reads give defaults or placeholders and report nothing.
  package static func describing(subject: String) -> Fields { Fields(describing: subject) }

  /// Whether the reads are only recorded, so that no value means anything.
  package var isDescribing: Bool { mode == .describing }

  /// Whether no error was reported since these fields began to be read, by them or by fields within them.
  ///
  /// Ask after the last read; what is missing or unknown is reported by `finish`.
  package var isComplete: Bool {
    mode == .reading && diagnostics.errorCount == errorsBefore && missing.isEmpty
  }

  /// The place of the value of a key; of the key when it has no value; else of the mapping.
  package func mark(of key: String) -> Mark {
    guard let pair = given[key] else { return mark }
    return pair.value.isNull ? pair.key.mark : pair.value.mark
  }

  /// Whether a key has a value in the text.
  package func isGiven(_ key: String) -> Bool { given[key].map { !$0.value.isNull } ?? false }

  /// Everything read so far.
  package var description: FieldsDescription {
    FieldsDescription(subject: subject, fields: recorded, ignoredPrefix: ignoredPrefix)
  }

  /// A mapping with every field read, in reading order, with the value that was used.
  package var resolved: Node { Node(.mapping(resolvedPairs), mark: mark) }

  /// The fields around them, as far as they were read; `nil` for those of the whole text.
  var outer: Fields? { around.first }

  /// Reports that values which are right by themselves do not fit together, at a key or at the mapping.
  ///
  /// Nothing is reported while describing, or where the values are placeholders.
  package func error(
    _ message: String, at key: String? = nil, remedy: String? = nil,
    related: [(mark: Mark, note: String)] = []
  ) {
    guard mode == .reading else { return }
    diagnostics.error(message, at: key.map { mark(of: $0) } ?? mark, remedy: remedy, related: related)
  }

  /// Warns of a value that is right by itself but probably not meant, at a key.
  package func warning(_ message: String, at key: String, remedy: String? = nil) {
    guard mode == .reading else { return }
    diagnostics.warning(message, at: mark(of: key), remedy: remedy)
  }

  /// Lets the next read of `key` understand the name that the field had in earlier versions as well.
  ///
  /// A warning shows how it is written now. Of a parent's name and another in the text over it, the younger counts.
  package mutating func renamed(_ old: String, to key: String) {
    formerNames[key] = old
    guard mode == .reading, let former = given[old] else { return }
    if let present = given[key], present.key.generation <= former.key.generation {
      guard present.key.generation == former.key.generation else { return }
      return diagnostics.error(
        "\(old) is the former name of \(key), which is given too", at: former.key.mark, remedy: "remove it",
        related: [(mark: present.key.mark, note: "given here")])
    }
    let text = Emitter.flowText(of: former.value)
    diagnostics.warning(
      "\(old) is now called \(key)", at: former.key.mark,
      remedy: "write \(key)" + (text.utf8.count <= 60 ? ": \(text)" : " in its place"))
    let name = Node(.scalar(key, plain: true), mark: former.key.mark, generation: former.key.generation)
    given[key] = (key: name, value: former.value)
  }

  /// Lets keys that begin with `prefix` hold anything: nobody reads them, so that anchors have a home.
  package mutating func ignoreKeys(beginningWith prefix: String) { ignoredPrefix = prefix }

  /// Lets remedies say of keys that other programs have why there are none here.
  package mutating func leaveOut(_ names: NeedlessNames) { needless.append(names) }

  /// Lets remedies say which fields stand for a list of other programs.
  /// - Parameter list: its key, in lower case.
  package mutating func split(_ list: String, into parts: [String]) { lists.append((list, parts)) }

  /// Says what cannot be seen from the read of `key`: its default in words, where that depends on what surrounds the
  /// fields, and a regular expression (ECMA 262) of the texts that it takes.
  package mutating func document(_ key: String, default words: String? = nil, pattern: String? = nil) {
    guard let index = recorded.firstIndex(where: { $0.name == key }) else { return }
    recorded[index].defaultInWords = words
    recorded[index].pattern = pattern
  }
}

// What the reads of the other files are made of.
extension Fields {
  /// The key and value of a field, when there are some.
  func pair(_ key: String) -> (key: Node, value: Node)? { given[key] }

  /// The keys that no read asked for; what is taken away from a parent is not there.
  var unread: [(key: Node, value: Node)] {
    let names = Set(recorded.map(\.name) + formerNames.values)
    return (node.pairs ?? []).filter { pair in
      let name = pair.key.text ?? ""
      return !names.contains(name) && !(ignoredPrefix.map { name.hasPrefix($0) } ?? false)
        && !pair.value.traits.contains(.removal)
    }
  }

  /// The field that had a name in an earlier version.
  func field(formerly old: String) -> String? { formerNames.first { $0.value == old }?.key }

  /// The fields that a list of other programs stands for.
  func parts(of list: String) -> [String]? {
    let list = list.lowercased()
    return lists.first { $0.name == list }?.parts
  }

  /// Where `--set` finds a field.
  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// Remembers that a field is read.
  mutating func record(_ field: FieldsDescription.Field) {
    guard !recorded.contains(where: { $0.name == field.name }) else { return }
    recorded.append(field)
    recorded[recorded.count - 1].formerly = formerNames[field.name]
  }

  /// Remembers the value that a field was read as.
  mutating func resolve(_ key: String, _ value: Node) {
    guard mode == .reading, !resolvedPairs.contains(where: { $0.key.text == key }) else { return }
    let place = given[key].map(\.value.mark) ?? .nowhere
    resolvedPairs.append((key: Node.string(key), value: value.at(place)))
  }

  /// Reads a field; `nil` when it is absent or wrong, which has been reported where it is a mistake.
  mutating func read<Value>(
    _ key: FieldName, _ kind: FieldsDescription.Kind, default standard: Value?, isOptional: Bool = false,
    _ summary: String, node: (Value) -> Node, decode: (Node) throws(Complaint) -> Value
  ) -> Value? {
    let field = FieldsDescription.Field(
      key, kind: kind, isRequired: standard == nil && !isOptional,
      default: standard.map(node) ?? (isOptional ? .null : nil), summary: summary)
    record(field)
    guard mode == .reading else { return standard }
    guard let pair = given[key.name], !field.isLeftOut(by: pair.value) else {
      if field.isRequired { missing.append(field) }
      if let value = field.default { resolve(key.name, value) }
      return standard
    }
    do throws(Complaint) {
      if pair.value.isNull {
        throw field.needsValue(insteadOf: pair)
      }
      let value = try decode(pair.value)
      resolve(key.name, node(value))
      return value
    } catch {
      let isRight = { (node: Node) in (try? decode(node)) != nil }
      diagnostics.error(
        error.message, at: error.mark ?? pair.value.mark,
        remedy: ForeignNotation.remedy(for: pair.value, at: path(of: key.name), isRight: isRight) ?? error.remedy
          ?? field.example.map { "such as \($0)" })
      return standard
    }
  }

  /// Reads a field that may be absent or null, where it is what follows from the rest of the spec.
  mutating func read<Value>(
    _ key: FieldName, _ kind: FieldsDescription.Kind, inferred standard: Value, as words: String, _ summary: String,
    node: (Value) -> Node, decode: (Node) throws(Complaint) -> Value
  ) -> Value {
    // A resolved spec can be read again: it does not state what the field could not take. A description knows nothing.
    let isStated = mode == .reading && (try? decode(node(standard))) != nil
    let value = read(
      key, kind, default: isStated ? standard : nil, isOptional: true, summary, node: node, decode: decode)
    document(key.name, default: words)
    return value ?? standard
  }
}
