import Networks
import Specs

/// The sigmoid at the end of a list of layers, where the loss takes what goes into it.
enum FinalSigmoid {
  /// The list, as long as before, without it.
  static func removed(from layers: Node) -> Node {
    guard var entries = layers.elements else { return layers }
    // Layers that only give values another shape may follow.
    let handingOn = [Flatten.name, Reshape.name]
    guard let last = entries.lastIndex(where: { !handingOn.contains(name(of: $0)) }) else { return layers }
    entries[last] = without(entries[last])
    return .list(entries)
  }

  private static func name(of entry: Node) -> String { entry.pairs?.first?.key.text ?? entry.text ?? "" }

  /// An entry with the identity in the place of the sigmoid.
  private static func without(_ entry: Node) -> Node {
    if name(of: entry) == Sigmoid.name { return .string(Linear.name) }
    guard let (key, fields) = entry.pairs?.first, let pairs = fields.pairs else { return entry }
    let changed = pairs.map { pair -> (key: Node, value: Node) in
      switch pair.key.text {
      case "activation": (pair.key, without(pair.value))
      case "layer": (pair.key, without(pair.value))
      default: pair
      }
    }
    return Node(.mapping([(key: key, value: Node(.mapping(changed)))]))
  }
}
