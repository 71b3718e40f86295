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
  /// The numbers its rule needs at the `count`-th update (from 1) of the network: the step size, and the share of
  /// each parameter that decays.
  func settings(update count: UInt64) -> (size: Float, decay: Float)
}

extension Optimizer {
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

  /// Adds one update of the network's parameters towards a smaller `loss`.
  /// - Parameter settings: an input of the numbers `Optimizer.settings` gives.
  /// - Returns: the Euclidean norm of the gradient before clipping, a scalar.
  public func update(_ loss: Tensor, settings: Tensor, in graph: inout Graph) -> Tensor {
    let saved = graph.origin
    defer { graph.origin = saved }
    var values: [Tensor] = []
    for parameter in network.parameters { values.append(graph.read(parameter.variable)) }
    let found = graph.gradients(of: loss, withRespectTo: values)
    var gradients: [Tensor] = []
    var square = graph.constant(0)
    for (parameter, gradient) in zip(network.parameters, found) {
      guard let gradient else { preconditionFailure("the loss does not depend on \(parameter.variable.name)") }
      gradients.append(gradient)
      graph.origin = network.origin(of: parameter)
      square = graph.add(graph.sumOfSquares(gradient), square)
    }
    let norm = graph.squareRoot(square)
    let clipped = optimizer.clipping.apply(to: gradients, norm: norm, in: &graph)
    for (parameter, gradient) in zip(network.parameters, clipped) {
      let rule = optimizer.rule(for: parameter.variable) { name in
        guard let block = mirrors[name] else { preconditionFailure("\(name) is no array of the optimizer") }
        return layout.counterpart(of: parameter.variable, in: block)
      }
      graph.origin = network.origin(of: parameter)
      graph.update(parameter.variable, gradient: gradient, rule: rule, settings: settings)
    }
    return norm
  }
}
