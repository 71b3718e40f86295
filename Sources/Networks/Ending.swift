import Specs

/// What a layer's output ends with, for losses that take logits and fold in a final sigmoid.
package enum Ending: Sendable {
  /// Values of the layer's own.
  case own
  /// The input's values, at most under another shape: what it ends with, the output does.
  case input
  /// A sigmoid; with the layer that makes its logits and has the same parameters.
  case sigmoid(logits: any Layer)
  /// A sigmoid of a part of the values: one of several branches, or a term of a sum.
  case partlySigmoid

  /// Whether the input is only handed on.
  package var isInput: Bool { if case .input = self { true } else { false } }

  /// What layers one after another end with: the last that is not only handed on, with its number.
  static func of(_ layers: [Marked<any Layer>]) -> (number: Int, ending: Ending)? {
    layers.enumerated().reversed().first { !$0.element.value.ending.isInput }.map {
      ($0.offset, $0.element.value.ending)
    }
  }

  /// Whether layers end with a sigmoid, of all values or of a part.
  static func isSigmoid(_ layers: [Marked<any Layer>]) -> Bool {
    switch Ending.of(layers)?.ending {
    case .sigmoid, .partlySigmoid: true
    case .own, .input, nil: false
    }
  }

  /// Whether layers end with a sigmoid that `withoutSigmoid` leaves out.
  package static func foldsSigmoid(_ layers: [Marked<any Layer>]) -> Bool {
    if case .sigmoid? = Ending.of(layers)?.ending { true } else { false }
  }

  /// The same layers, as many as before, without the sigmoid that they end with, if they do.
  package static func withoutSigmoid(_ layers: [Marked<any Layer>]) -> [Marked<any Layer>] {
    guard let (number, ending) = Ending.of(layers), case .sigmoid(let logits) = ending else { return layers }
    var changed = layers
    changed[number] = Marked(logits, mark: layers[number].mark)
    return changed
  }
}

/// Within which interval the values lie that layers make one after another.
package struct OutputBounds: Sendable {
  package let range: ClosedRange<Float>
  /// The layer that sees to it, whatever comes in.
  package let source: Marked<any Layer>

  /// nil where nothing is known of the values.
  package init?(_ layers: [Marked<any Layer>]) {
    var source: Marked<any Layer>?
    var range: ClosedRange<Float>?
    for layer in layers {
      if layer.value.outputBounds(of: nil) != nil { source = layer }
      range = layer.value.outputBounds(of: range)
    }
    guard let range, let source else { return nil }
    (self.range, self.source) = (range, source)
  }

  /// Where values end that begin within an interval; nil where nothing is known of them.
  static func through(_ layers: [Marked<any Layer>], of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    layers.reduce(input) { $1.value.outputBounds(of: $0) }
  }
}
