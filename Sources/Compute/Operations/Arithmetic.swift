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

  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let (a, b, d) = (site.operands[0], site.operands[1], site.upstream)
    switch kind {
    case .add: return [d, d]
    case .subtract: return [d, site.isNeeded[1] ? graph.scale(d, by: -1) : nil]
    case .multiply:
      return [
        site.isNeeded[0] ? graph.multiply(d, b) : nil, site.isNeeded[1] ? graph.multiply(d, a) : nil,
      ]
    case .divide:
      let share = graph.divide(d, b)
      return [
        share, site.isNeeded[1] ? graph.scale(graph.multiply(share, site.result), by: -1) : nil,
      ]
    }
  }

  func instruction(_ link: Link) -> Instruction {
    switch kind {
    case .add: Elementwise.add
    case .subtract: Elementwise.subtract
    case .multiply: Elementwise.multiply
    case .divide: Elementwise.divide
    }
  }
}

/// a s and a + s for a number s known while planning.
package struct Affix: PointwiseOperation {
  package enum Kind: String, Sendable { case scale, offset }
  package let kind: Kind
  package let number: Float

  package var name: String { kind.rawValue }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    [kind == .scale ? graph.scale(site.upstream, by: number) : site.upstream]
  }
  func instruction(_ link: Link) -> Instruction {
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
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] { [site.upstream] }
  package func stacked(with others: [any Operation]) -> Broadcast? {
    guard others.allSatisfy({ $0 as? Broadcast == self }) else { return nil }
    return Broadcast(shape: shape.withRows(times: others.count + 1))
  }
  func instruction(_ link: Link) -> Instruction { Elementwise.copy }
}

/// A copy of a value, held constant: no gradient passes.
package struct Snapshot: PointwiseOperation {
  package var name: String { "snapshot" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] { [nil] }
  func instruction(_ link: Link) -> Instruction { Elementwise.copy }
}

extension Graph {
  /// The value as it is now, held constant in gradients; a variable may be updated while its copy is still read.
  public mutating func snapshot(_ x: Tensor) -> Tensor { add(Snapshot(), [x]) }

  /// a + b; the smaller is repeated.
  public mutating func add(_ a: Tensor, _ b: Tensor) -> Tensor { add(Arithmetic(kind: .add), [a, b]) }

  /// a - b; the smaller is repeated.
  public mutating func subtract(_ a: Tensor, _ b: Tensor) -> Tensor { add(Arithmetic(kind: .subtract), [a, b]) }

  /// a b, value for value; the smaller is repeated.
  public mutating func multiply(_ a: Tensor, _ b: Tensor) -> Tensor {
    if let number = knownConstant(b), shape(b).reading(beside: shape(a)) != nil { return scale(a, by: number) }
    if let number = knownConstant(a), shape(a).reading(beside: shape(b)) != nil { return scale(b, by: number) }
    return add(Arithmetic(kind: .multiply), [a, b])
  }

  /// a / b, value for value; the smaller is repeated.
  public mutating func divide(_ a: Tensor, _ b: Tensor) -> Tensor { add(Arithmetic(kind: .divide), [a, b]) }

  /// a s.
  public mutating func scale(_ a: Tensor, by number: Float) -> Tensor {
    if number == 1 { return a }
    if let known = knownConstant(a) { return broadcast(constant(known * number), to: shape(a)) }
    return add(Affix(kind: .scale, number: number), [a])
  }

  /// a + s.
  public mutating func offset(_ a: Tensor, by number: Float) -> Tensor {
    number == 0 ? a : add(Affix(kind: .offset, number: number), [a])
  }

  /// `x` repeated to a larger shape.
  public mutating func broadcast(_ x: Tensor, to shape: Shape) -> Tensor {
    if self.shape(x) == shape { return x }
    if self.shape(x).count == shape.count { return reshape(x, to: shape) }
    return add(Broadcast(shape: shape), [x])
  }
}
