import Compute
import YAML

/// One entry of a network's layer list.
///
/// A layer reads its fields, says where a shape does not fit, and adds its operations. It is a value; its
/// parameters belong to the network.
public protocol Layer: Sendable {
  /// Its name in a spec.
  static var name: String { get }
  /// One sentence: what it computes.
  static var summary: String { get }
  /// A list entry that builds, for the documentation and for tests.
  static var example: Example { get }

  /// Reads the layer's fields.
  init(from fields: inout Fields)

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

  /// What a person should know of it in its place; nil where all is as it seems.
  func caution(at place: LayerPlace) -> Caution?
}

extension Layer {
  /// By default nothing is known of the output.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { nil }
  /// By default values of its own.
  public var ending: Ending { .own }
  /// By default it has no activation.
  public var activationName: String? { nil }
  /// By default it makes something else.
  public var keepsInput: Bool { false }
  /// By default it does not.
  public static var seesClasses: Bool { false }
  /// By default it does not.
  public var boundsSlope: Bool { false }
  /// By default it does not.
  public var reducesPlaces: Bool { false }
  /// By default none.
  public var inner: [any Layer] { [] }
  /// By default there is nothing to know.
  public func caution(at place: LayerPlace) -> Caution? { nil }

  /// Whether it has a field `activation`.
  public var hasActivation: Bool { activationName != nil }

  /// It and all layers within it.
  public var withInner: [any Layer] { [self] + inner.flatMap { $0.withInner } }

  static var entry: Catalog<any Layer>.Entry {
    Catalog<any Layer>.Entry(name: name, summary: summary) { fields in Self(from: &fields) }
  }
}

/// A layer list entry with the shape of a sample it takes.
public struct Example: Sendable {
  /// The entry as YAML, `dense: {units: 4}`.
  public let text: String
  /// The shape of one sample of its input.
  public let input: Shape

  /// An example entry.
  public init(_ text: String, input: Shape) {
    self.text = text
    self.input = input
  }
}

/// Why a layer cannot take its input, and what would.
public struct Misfit: Error, Sendable {
  /// How to mend it.
  public enum Remedy: Sendable {
    /// Advice in words.
    case advice(String)
    /// A vector of so many values must come in: the network says which layer would make it.
    case vector(of: Int)
  }

  /// What is wrong: both shapes, in words.
  public let message: String
  /// How to mend it.
  public let remedy: Remedy
  /// The layer within a layer that cannot take its input.
  var place: Place?

  /// A misfit with its remedy in words.
  public init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = .advice(remedy)
  }

  /// A misfit that a vector of another length would mend.
  public init(_ message: String, needsVectorOf count: Int) {
    self.message = message
    remedy = .vector(of: count)
  }

  /// The remedy in words, where `maker` is the layer that gave the input its shape.
  public func advice(after maker: (any Layer)?) -> String {
    switch remedy {
    case .advice(let words): words
    case .vector(let count) where maker is Dense: "use units: \(count)"
    case .vector(let count): "put - dense: {units: \(count)} before it"
    }
  }
}

/// Whether a network is being trained, and in which of a step's passes.
public enum Mode: Hashable, Sendable {
  /// Dropout drops and batch statistics are used; the pass's name separates its random draws from other passes'.
  /// Running statistics move only where `updatesStatistics` says so.
  case training(pass: String, updatesStatistics: Bool)
  /// Nothing is random and running statistics are used.
  case inference
}

/// What a layer works with while it adds its operations.
public struct LayerSite {
  /// The graph that grows.
  public var graph: Graph
  /// Training or inference.
  public let mode: Mode
  /// The network's name.
  let network: String
  /// The layer's number in it, from 0.
  let number: Int
  var declarations: Declarations
  /// Values in place of parameters' own.
  var parameters: [Variable: Tensor] = [:]
  /// The classes of the samples; nil where the spec has none.
  var condition: Condition?

  /// Where within that layer a layer of its own is, `.body.1`.
  var nesting = ""
  /// What a layer around this one makes of its kernel.
  var kernelChange: (@Sendable (Tensor, ParameterRole, inout LayerSite) -> Tensor)?

  /// The layer's place, `generator.3`, which names its parameters and streams.
  public var path: String { "\(network).\(number)\(nesting)" }

  /// The value of a trainable parameter of the layer.
  /// - Parameters:
  ///   - name: unique within the layer, `kernel`.
  ///   - role: what it is to the layer, by which regularizers take it.
  ///   - fans: how many values each output value depends on, and the reverse; for the initializer.
  public mutating func parameter(
    _ name: String, as role: ParameterRole, _ shape: Shape, _ initializer: any Initializer, fans: Fans
  ) -> Tensor {
    let variable = declarations.parameter("\(path).\(name)", role, layer: number, shape, initializer, fans)
    let value = parameters[variable] ?? graph.read(variable)
    guard role.isKernel, let kernelChange else { return value }
    return kernelChange(value, role, &self)
  }

  /// A running statistic of the layer: kept in checkpoints, not trained.
  public mutating func statistic(_ name: String, _ shape: Shape, initially value: Float) -> Variable {
    declarations.statistic("\(path).\(name)", shape, .number(value))
  }

  /// A running statistic that begins with normal values of the stream `initial/NAME`.
  mutating func randomStatistic(_ name: String, _ shape: Shape) -> Variable {
    declarations.statistic("\(path).\(name)", shape, .normal)
  }

  /// The name of the layer's stream of random draws for one purpose.
  public func stream(_ purpose: String) -> String {
    if case .training(let pass, _) = mode { return "\(purpose)/\(path)/\(pass)" }
    return "\(purpose)/\(path)"
  }

  /// The shape of one sample of a value.
  public func sampleShape(_ x: Tensor) -> Shape { Shape(Array(graph.shape(x).axes.dropFirst())) }

  /// The number of samples in a value.
  public func batch(_ x: Tensor) -> Int { graph.shape(x)[0] }
}

/// The classes of a batch's samples.
public struct Condition: Sendable {
  /// The class of each sample as a whole number, [N, 1].
  public let labels: Tensor
  /// How many classes there are.
  public let classes: Int

  /// Classes of samples.
  public init(labels: Tensor, classes: Int) {
    self.labels = labels
    self.classes = classes
  }
}

extension LayerSite {
  /// How many classes there are.
  /// - Throws: `Misfit` where the spec has none.
  func classes(for layer: String) throws(Misfit) -> Int {
    guard let condition else {
      throw Misfit(
        "\(layer) takes the classes of the samples, but the spec has none",
        remedy: "add conditional: {classes: 10} to the spec, or leave the layer out")
    }
    return condition.classes
  }

  /// For every sample the row of a table [classes, features] that belongs to its class, [N, features].
  mutating func rows(of table: Tensor) -> Tensor {
    let ones = oneHot()
    return graph.product(ones, table)
  }

  /// For every sample 1 at the place of its class, else 0, [N, classes].
  mutating func oneHot() -> Tensor {
    guard let condition else { preconditionFailure("classes of nothing") }
    return graph.oneHot(condition.labels, classes: condition.classes)
  }

  /// Features of each sample [N, features] beside every place of `x` [N, ..., C]: [N, 1, ..., features].
  mutating func besidePlaces(of x: Tensor, _ features: Tensor) -> Tensor {
    let (shape, own) = (graph.shape(x), graph.shape(features))
    return graph.reshape(features, to: Shape([own[0]] + shape.axes.dropFirst(2).map { _ in 1 } + [own[1]]))
  }

  /// `x` [N, ..., C] with features of each sample behind its last axis, at every place the same.
  mutating func joined(_ x: Tensor, _ features: Tensor) -> Tensor {
    let shape = graph.shape(x)
    let placed = besidePlaces(of: x, features)
    let repeated = graph.broadcast(placed, to: Shape(shape.axes.dropLast() + [graph.shape(features)[1]]))
    return graph.concatenate([x, repeated])
  }
}

/// The sizes that initializers scale by.
public struct Fans: Sendable, Hashable {
  /// How many input values an output value depends on.
  public let `in`: Int
  /// How many output values an input value reaches.
  public let out: Int

  /// Fan-in and fan-out.
  public init(in fanIn: Int, out fanOut: Int) {
    self.in = fanIn
    self.out = fanOut
  }

  /// The fans of a vector of values, such as a bias: both its length, as in Keras.
  public static func vector(_ count: Int) -> Fans { Fans(in: count, out: count) }
}
