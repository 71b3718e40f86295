import Compute

/// A trainable parameter of a network.
package struct Parameter: Sendable {
  /// Where it lives.
  package let variable: Variable
  /// The number of its layer in the network, from 0.
  package let layer: Int
  /// What it is to that layer.
  package let role: ParameterRole
  let initializer: any Initializer
  let fans: Fans

  /// Its initial values at some places for an experiment's seed, from the stream `initial/NAME`.
  package func initialValues(_ random: Random, at places: Range<Int>) -> [Float] {
    initializer.values(at: places, fans: fans, stream: "initial/\(variable.name)", random)
  }

  /// All of its initial values.
  package func initialValues(_ random: Random) -> [Float] { initialValues(random, at: 0..<variable.shape.count) }

  /// Writes its initial values to where it lives, a part at a time: a large one would not fit into memory twice.
  func initialize(_ state: State, _ random: Random) {
    let buffer = state.buffer(variable)
    for first in stride(from: 0, to: buffer.count, by: Parameter.part) {
      let places = first..<min(first + Parameter.part, buffer.count)
      buffer.slice(first, places.count).write(initialValues(random, at: places))
    }
  }

  /// Values that are drawn at a time.
  private static let part = 1 << 16
}

/// A running statistic of a network.
package struct Statistic: Sendable {
  /// Its first values.
  enum Start: Sendable {
    /// All the same.
    case number(Float)
    /// Standard normal values.
    case normal
  }

  /// Where it lives.
  package let variable: Variable
  let start: Start

  /// Its first values for an experiment's seed: normal ones are from the stream `initial/NAME`.
  package func initialValues(_ random: Random) -> [Float] {
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
