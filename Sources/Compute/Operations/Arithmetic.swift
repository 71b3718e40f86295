/// a + b, a - b, a b and a / b, value for value; the smaller operand is repeated.
package struct Arithmetic: PointwiseOperation {
  package enum Kind: String, Sendable { case add, subtract, multiply, divide }
  package let kind: Kind

  package var name: String { kind.rawValue }

  package func shape(of operands: [Shape]) -> Shape {
    let (a, b) = (operands[0], operands[1])
    if b.reading(beside: a) != nil { return a }
    precondition(a.reading(beside: b) != nil, "\(name) of \(a) and \(b)")
    return b
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (a, b, d) = (site.operands[0], site.operands[1], site.upstream)
    switch kind {
    case .add: return [d, d]
    case .subtract: return [d, site.isNeeded[1] ? -d : nil]
    case .multiply:
      return [
        site.isNeeded[0] ? d * b : nil, site.isNeeded[1] ? d * a : nil,
      ]
    case .divide:
      let share = d / b
      return [
        share, site.isNeeded[1] ? -(share * site.result) : nil,
      ]
    }
  }

  func instruction(_ link: LinkedPlan) -> Instruction {
    switch kind {
    case .add: Elementwise.add
    case .subtract: Elementwise.subtract
    case .multiply: Elementwise.multiply
    case .divide: Elementwise.divide
    }
  }
}

/// a s and a + s for a number s known while planning.
package struct ScalarArithmetic: PointwiseOperation {
  package enum Kind: String, Sendable { case scale, offset }
  package let kind: Kind
  package let number: Float

  package var name: String { kind.rawValue }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    [kind == .scale ? number * site.upstream : site.upstream]
  }
  func instruction(_ link: LinkedPlan) -> Instruction {
    kind == .scale ? Elementwise.scale(number) : Elementwise.offset(number)
  }
}

/// The operand repeated to a larger shape.
package struct Broadcast: PointwiseOperation {
  package let shape: Shape
  package var name: String { "broadcast" }
  package func shape(of operands: [Shape]) -> Shape {
    precondition(operands[0].reading(beside: shape) != nil, "broadcast \(operands[0]) to \(shape)")
    return shape
  }
  package func gradients(at site: GradientSite) -> [Tensor?] { [site.upstream] }
  package func stacked(with others: [any Operation]) -> Broadcast? {
    guard others.allSatisfy({ $0 as? Broadcast == self }) else { return nil }
    return Broadcast(shape: shape.withRows(times: others.count + 1))
  }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.copy }
}

/// A copy of a value, held constant: no gradient passes.
package struct StopGradient: PointwiseOperation {
  package var name: String { "stop gradient" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite) -> [Tensor?] { [nil] }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.copy }
}

extension Tensor {
  /// The value as it is now, held constant in gradients; a variable may be updated while its copy is still read.
  package func stopGradient() -> Tensor { applying(StopGradient()) }

  /// The values repeated to a larger shape.
  package func broadcast(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    if self.shape.count == shape.count { return reshaped(to: shape) }
    return applying(Broadcast(shape: shape))
  }

  // Value for value, the smaller operand repeated: see `Shape.reading(beside:)`.

  /// a + b.
  package static func + (a: Tensor, b: Tensor) -> Tensor { a.applying(Arithmetic(kind: .add), b) }

  /// a - b.
  package static func - (a: Tensor, b: Tensor) -> Tensor { a.applying(Arithmetic(kind: .subtract), b) }

  /// a b, value for value.
  package static func * (a: Tensor, b: Tensor) -> Tensor {
    if let number = b.knownConstant, b.shape.reading(beside: a.shape) != nil { return a * number }
    if let number = a.knownConstant, a.shape.reading(beside: b.shape) != nil { return b * number }
    return a.applying(Arithmetic(kind: .multiply), b)
  }

  /// a / b.
  package static func / (a: Tensor, b: Tensor) -> Tensor { a.applying(Arithmetic(kind: .divide), b) }

  /// -a.
  package static prefix func - (a: Tensor) -> Tensor { a * -1 }
}

// With a number.
extension Tensor {
  /// a s.
  package static func * (a: Tensor, number: Float) -> Tensor {
    if number == 1 { return a }
    if let known = a.knownConstant { return a.graph.constant(known * number).broadcast(to: a.shape) }
    return a.applying(ScalarArithmetic(kind: .scale, number: number))
  }

  /// s a.
  package static func * (number: Float, a: Tensor) -> Tensor { a * number }

  /// a + s.
  package static func + (a: Tensor, number: Float) -> Tensor {
    number == 0 ? a : a.applying(ScalarArithmetic(kind: .offset, number: number))
  }

  /// s + a.
  package static func + (number: Float, a: Tensor) -> Tensor { a + number }

  /// a - s, as a + (-s).
  package static func - (a: Tensor, number: Float) -> Tensor { a + -number }

  /// s - a, as -a + s.
  package static func - (number: Float, a: Tensor) -> Tensor { -a + number }

  /// a / s: a quotient, which is not always a times 1 / s.
  package static func / (a: Tensor, number: Float) -> Tensor { a / a.graph.constant(number) }

  /// s / a.
  package static func / (number: Float, a: Tensor) -> Tensor { a.graph.constant(number) / a }
}
