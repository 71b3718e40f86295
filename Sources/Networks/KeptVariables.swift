import Compute

/// The variables that a loss or a regularizer keeps from step to step.
package struct KeptVariables: Sendable {
  /// The variables: kept values by their names, mirrors by the names of their parameters.
  package let variables: [String: Variable]
  private let initial: [(variable: Variable, value: Float)]

  /// Adds blocks of the owner's name to the layout.
  /// - Parameter networks: those of which a variable is kept for every parameter, 0 before the first step.
  package init(
    _ values: [KeptValue], mirroring networks: [Network] = [], owner: String, layout: inout StateLayout
  ) {
    var variables: [String: Variable] = [:]
    var initial: [(variable: Variable, value: Float)] = []
    if !values.isEmpty {
      let block = layout.addBlock(owner)
      for value in values {
        let variable = layout.add("\(owner).\(value.name)", shape: [], to: block)
        variables[value.name] = variable
        initial.append((variable, value.initially))
      }
    }
    for network in networks {
      let block = layout.mirror(network.block, as: "\(owner).\(network.name)")
      for parameter in network.parameters {
        variables[parameter.variable.name] = layout.counterpart(of: parameter.variable, in: block)
      }
    }
    self.variables = variables
    self.initial = initial
  }

  /// Writes the initial values.
  package func initialize(_ state: State) {
    for (variable, value) in initial { state.buffer(variable).fill(value) }
  }
}
