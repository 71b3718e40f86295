/// How an optimizer turns a gradient into a new value of its parameter, with the moments it keeps.
///
/// The settings, [step size, share of the parameter that decays], are an input that the host writes before each step; see
/// `OptimizerSteps` for the formulas.
package enum UpdateRule: Hashable, Sendable {
  /// Adam (Kingma and Ba, 2015); with a decay in the settings AdamW (Loshchilov and Hutter, 2019).
  case adam(first: Variable, second: Variable, beta1: Double, beta2: Double, epsilon: Double)
  /// RMSprop (Tieleman and Hinton, 2012).
  case rmsProp(second: Variable, velocity: Variable?, rho: Double, momentum: Double, epsilon: Double)
  /// Gradient descent, with momentum (Polyak, 1964) or Nesterov's (1983).
  case gradientDescent(velocity: Variable?, momentum: Double, isNesterov: Bool)
  /// The operand becomes the variable's value.
  case assign
}

/// Replaces a variable's value in place.
///
/// Operands: the gradient, the value replaced, the settings.
package struct Update: UpdatingOperation {
  package let variable: Variable
  package let rule: UpdateRule

  package var name: String {
    switch rule {
    case .adam: "adam"
    case .rmsProp: "rmsprop"
    case .gradientDescent: "sgd"
    case .assign: "assign"
    }
  }

  package func shape(of operands: [Shape]) -> Shape {
    precondition(operands[0] == variable.shape, "update of \(variable.shape) with \(operands[0])")
    return variable.shape
  }

  /// A loss is differentiated with respect to the values it reads, not through the updates that made them.
  package func gradients(at site: GradientSite) -> [Tensor?] { site.operands.map { _ in nil } }

  func chunkOperands(of count: Int) -> Int { 1 }

  package func operationCount(operands: [Shape], result: Shape) -> Int {
    switch rule {
    case .adam: 12 * result.count
    case .rmsProp: 8 * result.count
    case .gradientDescent: 4 * result.count
    case .assign: 0
    }
  }

  /// Bytes that one run moves: parameters and moments read and written.
  var stateTraffic: Int {
    let arrays =
      switch rule {
      case .adam: 3
      case .rmsProp(_, let velocity, _, _, _): velocity == nil ? 2 : 3
      case .gradientDescent(let velocity, _, _): velocity == nil ? 1 : 2
      case .assign: 1
      }
    return 8 * arrays * variable.shape.count
  }

  func instruction(_ link: LinkedPlan) -> Instruction {
    let target = link.variable(variable)
    switch rule {
    case .adam(let first, let second, let beta1, let beta2, let epsilon):
      return OptimizerSteps.adam(
        parameters: target, first: link.variable(first), second: link.variable(second), settings: link.operand(2),
        beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .rmsProp(let second, let velocity, let rho, let momentum, let epsilon):
      return OptimizerSteps.rmsProp(
        parameters: target, second: link.variable(second), velocity: velocity.map(link.variable),
        settings: link.operand(2), rho: rho, momentum: momentum, epsilon: epsilon)
    case .gradientDescent(let velocity, let momentum, let isNesterov):
      return OptimizerSteps.gradientDescent(
        parameters: target, velocity: velocity.map(link.variable), settings: link.operand(2), momentum: momentum,
        isNesterov: isNesterov)
    case .assign:
      return OptimizerSteps.assign(target)
    }
  }
}

extension GraphBuilder {
  /// Updates a variable with its gradient; whatever is added later reads the new value.
  package func update(_ variable: Variable, gradient: Tensor, rule: UpdateRule, settings: Tensor) {
    let old = read(variable)
    replace(old, of: variable, by: add(Update(variable: variable, rule: rule), [gradient, old, settings]))
  }

  /// Gives a variable a new value; whatever is added later reads that.
  package func assign(_ variable: Variable, _ value: Tensor) {
    let old = read(variable)
    let update = add(Update(variable: variable, rule: .assign), [value, old])
    replace(old, of: variable, by: update)
  }
}
