import Compute
import Foundation

extension Rule {
  /// Functions of one value.
  static let functions: [Rule] = [
    map(LeakyRectifier.self) { operation, x in x > 0 ? x : Double(operation.slope) * x },
    map(ExponentialLinear.self) { operation, x in x > 0 ? x : Double(operation.alpha) * expm1(x) },
    map(Elementary.self) { operation, x in
      switch operation.kind {
      case .square: x * x
      case .squareRoot: x.squareRoot()
      case .exponential: exp(x)
      case .logarithm: log(x)
      case .tanh: tanh(x)
      case .sigmoid: 1 / (1 + exp(-x))
      case .softplus: max(x, 0) + log1p(exp(-abs(x)))
      case .errorFunction: erf(x)
      case .isPositive: x > 0 ? 1 : 0
      }
    },
  ]
}
