import Compute

/// A trainable parameter of a network.
public struct Parameter: Sendable {
  /// Where it lives.
  public let variable: Variable
  /// The number of its layer in the network, from 0.
  public let layer: Int
  /// What it is to that layer.
  public let role: ParameterRole
  let initializer: any Initializer
  let fans: Fans

  /// Its initial values for an experiment's seed, from the stream `initial/NAME`.
  public func initialValues(_ random: Random) -> [Float] {
    initializer.values(variable.shape, fans: fans, stream: "initial/\(variable.name)", random)
  }
}

/// A running statistic of a network.
public struct Statistic: Sendable {
  /// Its first values.
  enum Start: Sendable {
    /// All the same.
    case number(Float)
    /// Standard normal values.
    case normal
  }

  /// Where it lives.
  public let variable: Variable
  let start: Start

  /// Its first values for an experiment's seed: normal ones are from the stream `initial/NAME`.
  public func initialValues(_ random: Random) -> [Float] {
    switch start {
    case .number(let value): [Float](repeating: value, count: variable.shape.count)
    case .normal: random.normal(stream: "initial/\(variable.name)", step: 0, count: variable.shape.count)
    }
  }
}

/// The parameters and statistics that a network's layers asked for: made when the network is first built, found
/// again whenever it is built later.
struct Declarations: Sendable {
  var layout: StateLayout
  let parameterBlock: Int
  let statisticBlock: Int
  private(set) var parameters: [Parameter] = []
  private(set) var statistics: [Statistic] = []
  private var known: [String: Variable] = [:]

  /// The number of parameters and statistics.
  var count: Int { known.count }

  init(layout: StateLayout, network: String) {
    self.layout = layout
    parameterBlock = self.layout.addBlock(network)
    statisticBlock = self.layout.addBlock("\(network).statistics")
  }

  mutating func parameter(
    _ name: String, _ role: ParameterRole, layer: Int, _ shape: Shape, _ initializer: any Initializer, _ fans: Fans
  ) -> Variable {
    if let variable = known[name] { return variable }
    let variable = layout.add(name, shape: shape, to: parameterBlock)
    known[name] = variable
    parameters.append(Parameter(variable: variable, layer: layer, role: role, initializer: initializer, fans: fans))
    return variable
  }

  mutating func statistic(_ name: String, _ shape: Shape, _ start: Statistic.Start) -> Variable {
    if let variable = known[name] { return variable }
    let variable = layout.add(name, shape: shape, to: statisticBlock)
    known[name] = variable
    statistics.append(Statistic(variable: variable, start: start))
    return variable
  }
}
