/// a where a > 0, slope a elsewhere: `relu` with slope 0, else `leaky_relu` (Maas et al., 2013).
package struct LeakyRectifier: PointwiseOperation {
  package let slope: Float
  package var name: String { slope == 0 ? "relu" : "leaky relu" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    // The result has the operand's sign, so the operand itself need not be kept.
    [site.upstream.applying(RectifierGradient(slope: slope), site.result)]
  }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.leakyRelu(slope) }
}

/// a where b > 0, slope a elsewhere; constant in b almost everywhere.
package struct RectifierGradient: PointwiseOperation {
  package let slope: Float
  package var name: String { "gate" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.upstream.applying(RectifierGradient(slope: slope), site.operands[1]), nil]
  }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.gate(slope) }
}

/// a where a > 0, alpha (e^a - 1) elsewhere (Clevert et al., 2016).
package struct ExponentialLinear: PointwiseOperation {
  package let alpha: Float
  package var name: String { "elu" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func gradients(at site: GradientSite) -> [Tensor?] {
    // f' = 1 where y > 0, else y + alpha = 1 + (y + alpha - 1) [y <= 0]
    let y = site.result
    let positive = y.isPositive()
    let negative = 1 - positive
    let slope = positive + negative * (y + alpha)
    return [site.upstream * slope]
  }
  func instruction(_ link: LinkedPlan) -> Instruction { Elementwise.elu(alpha) }
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

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (x, y, d) = (site.operands[0], site.result, site.upstream)
    switch kind {
    case .square: return [2 * d * x]
    case .squareRoot: return [0.5 * d / y]
    case .exponential: return [d * y]
    case .logarithm: return [d / x]
    case .tanh: return [d.applying(SlopeOfResult(kind: .tanh), y)]
    case .sigmoid: return [d.applying(SlopeOfResult(kind: .sigmoid), y)]
    case .softplus: return [d * x.sigmoid()]
    case .errorFunction:
      // 2 / sqrt(pi) e^(-x^2)
      let bell = (-x.square()).exponential()
      return [1.128_379_2 * (d * bell)]
    case .isPositive: return [nil]
    }
  }

  func instruction(_ link: LinkedPlan) -> Instruction {
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
  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (a, y, d) = (site.operands[0], site.operands[1], site.upstream)
    let forA = site.isNeeded[0] ? d.applying(self, y) : nil
    guard site.isNeeded[1] else { return [forA, nil] }
    let product = d * a
    switch kind {
    case .tanh: return [forA, -2 * (product * y)]
    case .sigmoid: return [forA, product * (-2 * y + 1)]
    }
  }
  func instruction(_ link: LinkedPlan) -> Instruction {
    kind == .tanh ? Elementwise.tanhGradient : Elementwise.sigmoidGradient
  }
}

extension Tensor {
  /// max(x, 0).
  package func relu() -> Tensor { applying(LeakyRectifier(slope: 0)) }
  /// x where x > 0, slope x elsewhere; slope >= 0.
  package func leakyRelu(slope: Float) -> Tensor { applying(LeakyRectifier(slope: slope)) }
  /// x where x > 0, alpha (e^x - 1) elsewhere; alpha > 0.
  package func elu(alpha: Float) -> Tensor { applying(ExponentialLinear(alpha: alpha)) }
  /// x^2.
  package func square() -> Tensor { applying(Elementary(kind: .square)) }
  /// The square root; its gradient is infinite at 0.
  package func squareRoot() -> Tensor { applying(Elementary(kind: .squareRoot)) }
  /// e^x.
  package func exponential() -> Tensor { applying(Elementary(kind: .exponential)) }
  /// ln x.
  package func logarithm() -> Tensor { applying(Elementary(kind: .logarithm)) }
  /// The hyperbolic tangent.
  package func tanh() -> Tensor { applying(Elementary(kind: .tanh)) }
  /// 1 / (1 + e^-x).
  package func sigmoid() -> Tensor { applying(Elementary(kind: .sigmoid)) }
  /// ln(1 + e^x).
  package func softplus() -> Tensor { applying(Elementary(kind: .softplus)) }
  /// The error function.
  package func errorFunction() -> Tensor { applying(Elementary(kind: .errorFunction)) }
  /// |x|, as max(x, 0) + max(-x, 0); its gradient is 0 at 0.
  package func absolute() -> Tensor { relu() + (-self).relu() }
  /// 1 where x > 0, else 0; its gradient is zero.
  package func isPositive() -> Tensor { applying(Elementary(kind: .isPositive)) }
  /// -1, 0 or 1, each value's sign; constant almost everywhere.
  package func sign() -> Tensor { isPositive() - (-self).isPositive() }
}
