import Compute
import Specs

/// One entry of a network's layer list.
///
/// A layer reads its fields, says where a shape does not fit, and adds its operations. It is a value; its
/// parameters belong to the network.
package protocol Layer: CatalogItem {
  /// A list entry that builds, for the documentation and for tests.
  static var example: Example { get }

  /// Adds the layer's operations to the graph.
  /// - Parameters:
  ///   - x: the input, [N] + the sample's shape.
  ///   - site: gives the layer its graph, its parameters and its streams.
  /// - Throws: `Misfit` when the input's shape does not fit.
  /// - Returns: the output, [N] + its sample's shape.
  func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor

  /// Within which interval the output's values lie.
  /// - Parameter input: that of the input's values; nil where nothing is known of them.
  /// - Returns: nil where nothing is known.
  func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>?

  /// What the output ends with.
  var ending: Ending { get }

  /// The name of the function that it applies last; nil for layers that have no `activation`.
  var activationName: String? { get }

  /// Whether what it receives is a part of what it makes.
  var keepsInput: Bool { get }

  /// Whether the output depends on the sample's class.
  static var seesClasses: Bool { get }

  /// Whether it changes no input by more than its length, so that a critic of such layers is Lipschitz.
  var boundsSlope: Bool { get }

  /// Whether it reduces each channel to one value over all places.
  var reducesPlaces: Bool { get }

  /// The layers within it.
  var inner: [any Layer] { get }

  /// A warning for this place in a network (batch size, input, next layer), with its remedy; nil if there is none.
  func caution(at place: LayerPlace) -> Caution?
}

extension Layer {
  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { nil }
  package var ending: Ending { .own }
  package var activationName: String? { nil }
  package var keepsInput: Bool { false }
  package static var seesClasses: Bool { false }
  package var boundsSlope: Bool { false }
  package var reducesPlaces: Bool { false }
  package var inner: [any Layer] { [] }
  package func caution(at place: LayerPlace) -> Caution? { nil }

  /// Whether it has a field `activation`.
  package var hasActivation: Bool { activationName != nil }

  /// It and all layers within it.
  package var withInner: [any Layer] { [self] + inner.flatMap { $0.withInner } }

  static var entry: Catalog<any Layer>.Entry {
    Catalog<any Layer>.Entry(Self.self) { fields in
      fields.leaveOut(LayerCatalog.needlessFields)
      return Self(from: &fields)
    }
  }
}

/// A layer list entry with the shape of a sample it takes.
package struct Example: Sendable {
  /// The entry as YAML, `dense: {units: 4}`.
  package let text: String
  /// The shape of one sample of its input.
  package let input: Shape

  package init(_ text: String, input: Shape) {
    self.text = text
    self.input = input
  }
}

/// Why a layer cannot take its input, and what would.
package struct Misfit: Error, Sendable {
  package enum Remedy: Sendable {
    /// Advice in words.
    case advice(String)
    /// A vector of so many values must come in: the network says which layer would make it.
    case vector(of: Int)
  }

  /// What is wrong: both shapes, in words.
  package let message: String
  package let remedy: Remedy
  /// The layer within a layer that cannot take its input.
  var place: Place?

  package init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = .advice(remedy)
  }

  package init(_ message: String, needsVectorOf count: Int) {
    self.message = message
    remedy = .vector(of: count)
  }

  /// The remedy in words, where `maker` is the layer that gave the input its shape.
  package func advice(after maker: (any Layer)?) -> String {
    switch remedy {
    case .advice(let words): words
    case .vector(let count) where maker is Dense: "use units: \(count)"
    case .vector(let count): "put - dense: {units: \(count)} before it"
    }
  }
}

/// Whether a network is being trained, and in which of a step's passes.
package enum Mode: Hashable, Sendable {
  /// Dropout drops and batch statistics are used; the pass's name separates its random draws from other passes'.
  /// Running statistics move only where `updatesStatistics` says so.
  case training(pass: String, updatesStatistics: Bool)
  /// Nothing is random and running statistics are used.
  case inference
}
