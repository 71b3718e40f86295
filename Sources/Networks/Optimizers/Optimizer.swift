import Compute
import YAML

/// How a network's parameters follow their gradients.
public protocol Optimizer: Sendable {
  /// Its name in a spec.
  static var name: String { get }
  /// One sentence: what it does.
  static var summary: String { get }
  /// Reads its fields.
  init(from fields: inout Fields)
  /// What is done to gradients first.
  var clipping: GradientClipping { get }
  /// The names of the arrays it keeps beside the parameters, such as `adam.first`.
  var moments: [String] { get }
  /// The rule for one parameter; `moment` gives its array of that name.
  func rule(for parameter: Variable, moment: (String) -> Variable) -> UpdateRule
  /// The numbers its rule needs at the `count`-th update (from 1) of the network in a training step (from 1): the step size,
  /// and the share of each parameter that decays.
  func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float)
  /// One update without side effects, through which gradients flow: the new parameter and moments from the old ones; nil
  /// where the optimizer cannot be unrolled.
  var unrolling: Unrolling? { get }
}

/// An optimizer's update as a function of values.
/// - Parameters: the parameter, its gradient, its moments by name, the step size (a scalar), the graph.
public typealias Unrolling =
  @Sendable (Tensor, Tensor, inout [String: Tensor], Tensor, inout Graph) -> Tensor

extension Optimizer {
  /// By default it cannot.
  public var unrolling: Unrolling? { nil }

  static var entry: Catalog<any Optimizer>.Entry {
    Catalog<any Optimizer>.Entry(name: name, summary: summary) { fields in Self(from: &fields) }
  }
}

/// The optimizers that a spec can name.
public enum OptimizerCatalog {
  /// Every optimizer, one line each.
  public static let all = Catalog<any Optimizer>(
    noun: "optimizer",
    [
      SGD.entry,
      RMSprop.entry,
      Adam.entry,
      AdamW.entry,
    ])
}

/// An optimizer at work on one network: where its arrays are, and its updates in a graph.
public struct OptimizerState: Sendable {
  /// The optimizer.
  public let optimizer: any Optimizer
  private let network: Network
  private let mirrors: [String: Int]
  private let layout: StateLayout

  /// Adds the optimizer's arrays for a network to the layout.
  public init(_ optimizer: any Optimizer, for network: Network, layout: inout StateLayout) {
    self.optimizer = optimizer
    self.network = network
    var mirrors: [String: Int] = [:]
    for moment in optimizer.moments {
      mirrors[moment] = layout.mirror(network.block, as: "\(network.name).\(moment)")
    }
    self.mirrors = mirrors
    self.layout = layout
  }

  /// The gradients of a loss by the network's parameters, in their order.
  public func gradients(of loss: Tensor, in graph: inout Graph) -> [Tensor] {
    var values: [Tensor] = []
    for parameter in network.parameters { values.append(graph.read(parameter.variable)) }
    let found = graph.gradients(of: loss, withRespectTo: values)
    return zip(network.parameters, found).map { parameter, gradient in
      guard let gradient else { preconditionFailure("the loss does not depend on \(parameter.variable.name)") }
      return gradient
    }
  }

  /// Adds one update of the network's parameters.
  /// - Parameters:
  ///   - gradients: one a parameter.
  ///   - settings: an input of the numbers `Optimizer.settings` gives.
  /// - Returns: the Euclidean norm of the gradient before clipping, a scalar.
  public func update(with gradients: [Tensor], settings: Tensor, in graph: inout Graph) -> Tensor {
    let saved = graph.origin
    defer { graph.origin = saved }
    var square = graph.constant(0)
    for (parameter, gradient) in zip(network.parameters, gradients) {
      graph.origin = network.origin(of: parameter)
      square = graph.add(graph.sumOfSquares(gradient), square)
    }
    let norm = graph.squareRoot(square)
    let clipped = optimizer.clipping.apply(to: gradients, norm: norm, in: &graph)
    for (parameter, gradient) in zip(network.parameters, clipped) {
      let rule = optimizer.rule(for: parameter.variable) { moment(of: parameter.variable, $0) }
      graph.origin = network.origin(of: parameter)
      graph.update(parameter.variable, gradient: gradient, rule: rule, settings: settings)
    }
    return norm
  }

  /// The array of a moment that belongs to a parameter.
  func moment(of parameter: Variable, _ name: String) -> Variable {
    guard let block = mirrors[name] else { preconditionFailure("\(name) is no array of the optimizer") }
    return layout.counterpart(of: parameter, in: block)
  }

  /// The parameters' values and moments as they are, to begin unrolling with.
  public func unrolledStart(in graph: inout Graph) -> Unrolled {
    var unrolled = Unrolled()
    for parameter in network.parameters {
      let variable = parameter.variable
      unrolled.parameters[variable] = graph.read(variable)
      unrolled.moments[variable] = [:]
      for name in optimizer.moments { unrolled.moments[variable]?[name] = graph.read(moment(of: variable, name)) }
    }
    return unrolled
  }

  /// One update of unrolled values towards a smaller loss; gradients flow through it.
  public func unroll(_ unrolled: inout Unrolled, loss: Tensor, size: Tensor, in graph: inout Graph) {
    guard let unrolling = optimizer.unrolling else { preconditionFailure("an optimizer that cannot be unrolled") }
    let variables = network.parameters.map(\.variable)
    let values = variables.map { unrolled.parameters[$0] ?? graph.read($0) }
    let gradients = graph.gradients(of: loss, withRespectTo: values)
    for (variable, (value, gradient)) in zip(variables, zip(values, gradients)) {
      guard let gradient else { preconditionFailure("the loss does not depend on \(variable.name)") }
      var moments = unrolled.moments[variable] ?? [:]
      unrolled.parameters[variable] = unrolling(value, gradient, &moments, size, &graph)
      unrolled.moments[variable] = moments
    }
  }
}

/// A network's parameters and moments as values that gradients flow through.
public struct Unrolled: Sendable {
  /// The parameters.
  public fileprivate(set) var parameters: [Variable: Tensor] = [:]
  fileprivate var moments: [Variable: [String: Tensor]] = [:]
}
