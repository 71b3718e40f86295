/// a where a > 0, slope a elsewhere: `relu` with slope 0, else `leaky_relu` (Maas et al., 2013).
package struct LeakyRelu: PointwiseOperation {
  package let slope: Float
  package var name: String { slope == 0 ? "relu" : "leaky relu" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    // The result has the operand's sign, so the operand itself need not be kept.
    [graph.add(Gate(slope: slope), [site.upstream, site.result])]
  }
  func instruction(_ link: Link) -> Instruction { Elementwise.leakyRelu(slope) }
}

/// a where b > 0, slope a elsewhere; constant in b almost everywhere.
package struct Gate: PointwiseOperation {
  package let slope: Float
  package var name: String { "gate" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    [graph.add(Gate(slope: slope), [site.upstream, site.operands[1]]), nil]
  }
  func instruction(_ link: Link) -> Instruction { Elementwise.gate(slope) }
}

/// a where a > 0, alpha (e^a - 1) elsewhere (Clevert et al., 2016).
package struct ExponentialLinear: PointwiseOperation {
  package let alpha: Float
  package var name: String { "elu" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    // f' = 1 where y > 0, else y + alpha = 1 + (y + alpha - 1) [y <= 0]
    let y = site.result
    let positive = graph.isPositive(y)
    let negative = graph.offset(graph.scale(positive, by: -1), by: 1)
    let slope = graph.add(positive, graph.multiply(negative, graph.offset(y, by: alpha)))
    return [graph.multiply(site.upstream, slope)]
  }
  func instruction(_ link: Link) -> Instruction { Elementwise.elu(alpha) }
}

/// The elementary functions whose derivative is a formula in the operand or the result.
package struct Elementary: PointwiseOperation {
  package enum Kind: String, Sendable {
    case square, squareRoot, exponential, logarithm, tanh, sigmoid, softplus, errorFunction, isPositive
  }
  package let kind: Kind

  package var name: String {
    switch kind {
    case .squareRoot: "square root"
    case .errorFunction: "erf"
    case .isPositive: "is positive"
    default: kind.rawValue
    }
  }

  package func shape(of operands: [Shape]) -> Shape { operands[0] }

  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let (x, y, d) = (site.operands[0], site.result, site.upstream)
    switch kind {
    case .square: return [graph.multiply(graph.scale(d, by: 2), x)]
    case .squareRoot: return [graph.divide(graph.scale(d, by: 0.5), y)]
    case .exponential: return [graph.multiply(d, y)]
    case .logarithm: return [graph.divide(d, x)]
    case .tanh: return [graph.add(SlopeOfResult(kind: .tanh), [d, y])]
    case .sigmoid: return [graph.add(SlopeOfResult(kind: .sigmoid), [d, y])]
    case .softplus: return [graph.multiply(d, graph.sigmoid(x))]
    case .errorFunction:
      // 2 / sqrt(pi) e^(-x^2)
      let bell = graph.exponential(graph.scale(graph.square(x), by: -1))
      return [graph.scale(graph.multiply(d, bell), by: 1.128_379_2)]
    case .isPositive: return [nil]
    }
  }

  func instruction(_ link: Link) -> Instruction {
    switch kind {
    case .square: Elementwise.square
    case .squareRoot: Elementwise.squareRoot
    case .exponential: Elementwise.exponential
    case .logarithm: Elementwise.logarithm
    case .tanh: Elementwise.tanh
    case .sigmoid: Elementwise.sigmoid
    case .softplus: Elementwise.softplus
    case .errorFunction: Elementwise.errorFunction
    case .isPositive: Elementwise.isPositive
    }
  }
}

/// a f'(x) where f' is a formula in y = f(x): 1 - y^2 for tanh, y (1 - y) for sigmoid.
///
/// Operands a, y.
package struct SlopeOfResult: PointwiseOperation {
  package enum Kind: String, Sendable { case tanh, sigmoid }
  package let kind: Kind
  package var name: String { "\(kind.rawValue) slope" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite, in graph: inout Graph) -> [Tensor?] {
    let (a, y, d) = (site.operands[0], site.operands[1], site.upstream)
    let forA = site.isNeeded[0] ? graph.add(self, [d, y]) : nil
    guard site.isNeeded[1] else { return [forA, nil] }
    let product = graph.multiply(d, a)
    switch kind {
    case .tanh: return [forA, graph.scale(graph.multiply(product, y), by: -2)]
    case .sigmoid: return [forA, graph.multiply(product, graph.offset(graph.scale(y, by: -2), by: 1))]
    }
  }
  func instruction(_ link: Link) -> Instruction {
    kind == .tanh ? Elementwise.tanhGradient : Elementwise.sigmoidGradient
  }
}

extension Graph {
  /// max(x, 0).
  public mutating func relu(_ x: Tensor) -> Tensor { add(LeakyRelu(slope: 0), [x]) }
  /// x where x > 0, slope x elsewhere; slope >= 0.
  public mutating func leakyRelu(_ x: Tensor, slope: Float) -> Tensor { add(LeakyRelu(slope: slope), [x]) }
  /// x where x > 0, alpha (e^x - 1) elsewhere; alpha > 0.
  public mutating func elu(_ x: Tensor, alpha: Float) -> Tensor { add(ExponentialLinear(alpha: alpha), [x]) }
  /// x^2.
  public mutating func square(_ x: Tensor) -> Tensor { add(Elementary(kind: .square), [x]) }
  /// The square root; its gradient is infinite at 0.
  public mutating func squareRoot(_ x: Tensor) -> Tensor { add(Elementary(kind: .squareRoot), [x]) }
  /// e^x.
  public mutating func exponential(_ x: Tensor) -> Tensor { add(Elementary(kind: .exponential), [x]) }
  /// ln x.
  public mutating func logarithm(_ x: Tensor) -> Tensor { add(Elementary(kind: .logarithm), [x]) }
  /// The hyperbolic tangent.
  public mutating func tanh(_ x: Tensor) -> Tensor { add(Elementary(kind: .tanh), [x]) }
  /// 1 / (1 + e^-x).
  public mutating func sigmoid(_ x: Tensor) -> Tensor { add(Elementary(kind: .sigmoid), [x]) }
  /// ln(1 + e^x).
  public mutating func softplus(_ x: Tensor) -> Tensor { add(Elementary(kind: .softplus), [x]) }
  /// The error function.
  public mutating func errorFunction(_ x: Tensor) -> Tensor { add(Elementary(kind: .errorFunction), [x]) }
  /// |x|, as max(x, 0) + max(-x, 0); its gradient is 0 at 0.
  public mutating func absolute(_ x: Tensor) -> Tensor { add(relu(x), relu(scale(x, by: -1))) }
  /// 1 where x > 0, else 0; its gradient is zero.
  public mutating func isPositive(_ x: Tensor) -> Tensor { add(Elementary(kind: .isPositive), [x]) }
  /// -1, 0 or 1, each value's sign; constant almost everywhere.
  public mutating func sign(_ x: Tensor) -> Tensor { subtract(isPositive(x), isPositive(scale(x, by: -1))) }
}
