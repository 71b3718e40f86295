/// A value of a YAML document with its place.
package struct Node: Sendable {
  /// What a node holds.
  ///
  /// A scalar keeps its text: the field that reads it decides what it means.
  package enum Content: Sendable {
    /// Nothing, `~` or `null`.
    case null
    /// A text; `plain` when it was written without quotes, so that it may be a number.
    case scalar(String, plain: Bool)
    /// A list.
    case sequence([Node])
    /// Keys, which are scalars and occur once, with their values in the order of the text.
    case mapping([(key: Node, value: Node)])
  }

  /// The value.
  package let content: Content
  /// Where it stands.
  package let mark: Mark
  /// For a key: how far it was inherited.
  ///
  /// 0 is the spec itself, 1 what it extends, and so on.
  ///
  /// The reader of an item takes the least inherited key, so that `{adam: {}}` over `{sgd: {}}` means `adam`.
  package let generation: Int
  /// How it was written.
  let traits: Traits

  /// What the text of a value says beside the value.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8
    /// Nothing stands behind the key, not even `null`.
    static let blank = Traits(rawValue: 1)
    /// The value, or one within it, is an anchor (`&name`) that aliases may repeat.
    static let anchor = Traits(rawValue: 2)
    /// `null`, which takes away what a parent or the file under an override says.
    static let removal = Traits(rawValue: 4)
  }

  /// Puts a value at a place.
  package init(_ content: Content, mark: Mark = .nowhere, generation: Int = 0) {
    self.init(content, mark: mark, generation: generation, traits: [])
  }

  init(_ content: Content, mark: Mark, generation: Int = 0, traits: Traits) {
    self.content = content
    self.mark = mark
    self.generation = generation
    self.traits = traits
  }

  /// The same value at another place.
  package func at(_ mark: Mark) -> Node { Node(content, mark: mark, generation: generation, traits: traits) }

  /// The same value, inherited through `generations` more.
  func inherited(by generations: Int) -> Node {
    Node(content, mark: mark, generation: generation + generations, traits: traits)
  }

  /// The same value, written in another way.
  func written(_ traits: Traits) -> Node { Node(content, mark: mark, generation: generation, traits: traits) }
}

extension Node {
  /// The text of a scalar, else `nil`.
  package var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The elements of a list, else `nil`.
  package var elements: [Node]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The keys and values of a mapping, else `nil`.
  package var pairs: [(key: Node, value: Node)]? {
    if case .mapping(let pairs) = content { pairs } else { nil }
  }

  /// Whether there is no value.
  package var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// The value of a key of a mapping; `nil` when there is none.
  package subscript(key: String) -> Node? {
    pairs?.first { $0.key.text == key }?.value
  }

  /// The mapping without a key; any other node is returned as it is.
  package func removing(_ key: String) -> Node {
    guard let pairs else { return self }
    return Node(.mapping(pairs.filter { $0.key.text != key }), mark: mark, generation: generation)
  }
}

extension Node {
  /// How many nodes there are, keys and the node itself included.
  package var nodeCount: Int {
    switch content {
    case .null, .scalar: 1
    case .sequence(let elements): elements.reduce(1) { $0 + $1.nodeCount }
    case .mapping(let pairs): pairs.reduce(1) { $0 + 1 + $1.value.nodeCount }
    }
  }
}

extension Node {
  /// An integer.
  package static func integer(_ value: Int) -> Node { Node(.scalar(String(value), plain: true)) }

  /// A number, written with the fewest digits that give the same bits back.
  package static func number(_ value: Double) -> Node {
    Node(.scalar(CoreSchema.text(of: value), plain: true))
  }

  /// A text, which is quoted where a reader could take it for something else.
  package static func string(_ value: String) -> Node {
    Node(.scalar(value, plain: PlainText.isSafe(value)))
  }

  /// `true` or `false`.
  package static func boolean(_ value: Bool) -> Node {
    Node(.scalar(value ? "true" : "false", plain: true))
  }

  /// No value.
  package static let null = Node(.null)

  /// A list.
  package static func list(_ elements: [Node]) -> Node { Node(.sequence(elements)) }

  /// A mapping in the given order.
  package static func map(_ pairs: [(String, Node)]) -> Node {
    Node(.mapping(pairs.map { (key: Node.string($0.0), value: $0.1) }))
  }
}

extension Node {
  /// Whether two nodes mean the same, wherever they stand and however they are quoted.
  ///
  /// The order of keys counts. A quoted text equals a plain one unless the plain one could be a number, a boolean or null.
  package func isEquivalent(to other: Node) -> Bool {
    switch (content, other.content) {
    case (.null, .null):
      true
    case (.scalar(let first, let firstPlain), .scalar(let second, let secondPlain)):
      first == second && (firstPlain == secondPlain || CoreSchema.isString(first))
    case (.sequence(let first), .sequence(let second)):
      first.count == second.count && zip(first, second).allSatisfy { $0.isEquivalent(to: $1) }
    case (.mapping(let first), .mapping(let second)):
      first.count == second.count
        && zip(first, second).allSatisfy {
          $0.key.text == $1.key.text && $0.value.isEquivalent(to: $1.value)
        }
    default:
      false
    }
  }
}
