import Compute

extension Rule {
  /// The optimizers' changes of a variable and of what they remember.
  static let update = Rule(Update.self) { operation, site in
    let memory = site.memory
    let gradient = site.operands[0].values
    let settings = site.operands.count > 2 ? site.operands[2].values : []
    var parameters = site.operands[1].values

    /// Changes a remembered array value by value and returns it.
    func move(_ variable: Variable, _ body: (_ old: Double, _ place: Int) -> Double) throws -> [Double] {
      guard let old = memory.variables[variable] else { throw Interpreter.Failure.missing(variable.name) }
      let new = old.indices.map { body(old[$0], $0) }
      memory.variables[variable] = new
      return new
    }

    switch operation.rule {
    case .adam(let first, let second, let beta1, let beta2, let epsilon):
      let (b1, b2) = (Double(beta1), Double(beta2))
      let m = try move(first) { b1 * $0 + (1 - b1) * gradient[$1] }
      let v = try move(second) { b2 * $0 + (1 - b2) * gradient[$1] * gradient[$1] }
      for i in parameters.indices {
        parameters[i] -=
          settings[1] * parameters[i] + settings[0] * m[i] / (v[i].squareRoot() + Double(epsilon))
      }
    case .rmsProp(let second, let velocity, let rho, let momentum, let epsilon):
      let v = try move(second) { Double(rho) * $0 + (1 - Double(rho)) * gradient[$1] * gradient[$1] }
      var change = gradient.indices.map {
        settings[0] * gradient[$0] / (v[$0] + Double(epsilon)).squareRoot()
      }
      if let velocity {
        let increment = change
        change = try move(velocity) { Double(momentum) * $0 + increment[$1] }
      }
      for i in parameters.indices { parameters[i] -= change[i] }
    case .gradientDescent(let velocity, let momentum, let isNesterov):
      var change = gradient.map { -settings[0] * $0 }
      if let velocity {
        let plain = change
        let speed = try move(velocity) { Double(momentum) * $0 + plain[$1] }
        change = isNesterov ? plain.indices.map { Double(momentum) * speed[$0] + plain[$0] } : speed
      }
      for i in parameters.indices { parameters[i] += change[i] }
    case .assign:
      parameters = gradient
    }
    memory.variables[operation.variable] = parameters
    return parameters
  }
}
