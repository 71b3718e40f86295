import Compute
import Specs

/// How a network's parameters follow their gradients.
package protocol Optimizer: CatalogItem {
  /// What is done to gradients first.
  var clipping: GradientClipping { get }
  /// The names of the arrays it keeps beside the parameters, such as `adam.first`.
  var moments: [String] { get }
  /// The update as a formula: the new values of a parameter and of its moments from the old ones.
  /// - Parameters:
  ///   - parameter: its value, of any shape.
  ///   - gradient: the gradient after clipping, of the same shape.
  ///   - moments: the arrays of `moments` by name, of the same shape; each is replaced by its new value.
  ///   - site: the graph, the step size and the decay.
  /// - Returns: the new value of the parameter.
  func update(_ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite)
    -> Tensor
  /// The same update as one pass over memory, where somebody has written its loop; `moment` gives an array of that name.
  /// Without one the formula's operations are run.
  func fusedRule(moment: (String) -> Variable) -> UpdateRule?
  /// The numbers its rule needs at the `count`-th update (from 1) of the network in a training step (from 1): the step size,
  /// and the share of each parameter that decays.
  func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float)
  /// Whether gradients may flow through the formula, as look-ahead updates of an unrolled GAN need.
  var isUnrollable: Bool { get }
}

/// Where an optimizer's formula is written down: the graph, and the numbers that the host writes before each step.
package struct UpdateSite {
  let settings: Tensor

  /// The graph that grows.
  package var graph: GraphBuilder { settings.graph }

  /// The step size, a scalar.
  package var size: Tensor { settings.rows(from: 0, count: 1) }

  /// The share of a parameter that decays, a scalar.
  package var decay: Tensor { settings.rows(from: 1, count: 1) }

  /// The new value of a moment that follows a value: m + (1 - beta) (value - m).
  package func follow(_ moment: Tensor?, _ value: Tensor, beta: Double) -> Tensor {
    guard let moment else { preconditionFailure("an array of the optimizer is missing") }
    return moment + (value - moment) * Float(1 - beta)
  }

  /// p - decay p - size change.
  package func decayed(_ parameter: Tensor, by change: Tensor) -> Tensor {
    parameter - parameter * decay - change * size
  }
}

extension Optimizer {
  /// None: the formula's operations are run.
  package func fusedRule(moment: (String) -> Variable) -> UpdateRule? { nil }
  package var isUnrollable: Bool { false }

  static var entry: Catalog<any Optimizer>.Entry {
    Catalog<any Optimizer>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// The optimizers that a spec can name.
package enum OptimizerCatalog {
  /// Every optimizer, one line each.
  package static let all = Catalog<any Optimizer>(
    noun: "optimizer",
    [
      SGD.entry,
      RMSprop.entry,
      Adam.entry,
      AdamW.entry,
      Lion.entry,
      Adagrad.entry,
    ])
}

/// An optimizer at work on one network: where its arrays are, and its updates in a graph.
package struct OptimizerState: Sendable {
  package let optimizer: any Optimizer
  private let network: Network
  private let mirrors: [String: Int]
  private let layout: StateLayout

  /// Adds the optimizer's arrays for a network to the layout.
  package init(_ optimizer: any Optimizer, for network: Network, layout: inout StateLayout) {
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
  package func gradients(of loss: Tensor) -> [Tensor] {
    let values = network.parameters.map { loss.graph.read($0.variable) }
    let found = loss.gradients(withRespectTo: values)
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
  package func update(with gradients: [Tensor], settings: Tensor) -> Tensor {
    let graph = settings.graph
    let saved = graph.origin
    defer { graph.origin = saved }
    var square = graph.constant(0)
    for (parameter, gradient) in zip(network.parameters, gradients) {
      graph.origin = network.origin(of: parameter)
      square = gradient.sumOfSquares() + square
    }
    let norm = square.squareRoot()
    let clipped = optimizer.clipping.apply(to: gradients, norm: norm)
    for (parameter, gradient) in zip(network.parameters, clipped) {
      graph.origin = network.origin(of: parameter)
      update(parameter.variable, gradient: gradient, settings: settings)
    }
    return norm
  }

  private func update(_ parameter: Variable, gradient: Tensor, settings: Tensor) {
    let graph = settings.graph
    if let rule = optimizer.fusedRule(moment: { moment(of: parameter, $0) }) {
      return graph.update(parameter, gradient: gradient, rule: rule, settings: settings)
    }
    var moments: [String: Tensor] = [:]
    for name in optimizer.moments { moments[name] = graph.read(moment(of: parameter, name)) }
    let value = optimizer.update(
      graph.read(parameter), gradient: gradient, moments: &moments, at: UpdateSite(settings: settings))
    for (name, moment) in moments.sorted(by: { $0.key < $1.key }) {
      graph.assign(self.moment(of: parameter, name), moment)
    }
    graph.assign(parameter, value)
  }

  /// The array of a moment that belongs to a parameter.
  func moment(of parameter: Variable, _ name: String) -> Variable {
    guard let block = mirrors[name] else { preconditionFailure("\(name) is no array of the optimizer") }
    return layout.counterpart(of: parameter, in: block)
  }

  /// The parameters' values and moments as they are, to begin unrolling with.
  package func unrolledStart(in graph: GraphBuilder) -> Unrolled {
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
  package func unroll(_ unrolled: inout Unrolled, loss: Tensor, settings: Tensor) {
    let variables = network.parameters.map(\.variable)
    let values = variables.map { unrolled.parameters[$0] ?? loss.graph.read($0) }
    let gradients = loss.gradients(withRespectTo: values)
    for (variable, (value, gradient)) in zip(variables, zip(values, gradients)) {
      guard let gradient else { preconditionFailure("the loss does not depend on \(variable.name)") }
      var moments = unrolled.moments[variable] ?? [:]
      unrolled.parameters[variable] = optimizer.update(
        value, gradient: gradient, moments: &moments, at: UpdateSite(settings: settings))
      unrolled.moments[variable] = moments
    }
  }
}

/// A network's parameters and moments as values that gradients flow through.
package struct Unrolled {
  package fileprivate(set) var parameters: [Variable: Tensor] = [:]
  fileprivate var moments: [Variable: [String: Tensor]] = [:]
}
