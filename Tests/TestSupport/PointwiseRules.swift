import Compute

extension Rule {
  /// Arithmetic, cuts and gates.
  static let pointwise: [Rule] = [
    Rule(Arithmetic.self) { operation, site in
      let pairs = zip(site.repeated(0), site.repeated(1))
      switch operation.kind {
      case .add: return pairs.map { $0 + $1 }
      case .subtract: return pairs.map { $0 - $1 }
      case .multiply: return pairs.map { $0 * $1 }
      case .divide: return pairs.map { $0 / $1 }
      }
    },
    map(ScalarArithmetic.self) { operation, x in
      let number = Double(operation.number)
      return operation.kind == .scale ? x * number : x + number
    },
    Rule(Broadcast.self) { _, site in site.repeated(0) },
    map(Clip.self) { operation, x in
      let cut = min(x, Double(operation.upper))
      return operation.lower.map { max(cut, Double($0)) } ?? cut
    },
    map(StopGradient.self) { _, x in x },
    Rule(OneHot.self) { operation, site in
      site.operands[0].values.flatMap { label in (0..<operation.count).map { Double($0) == label ? 1 : 0 } }
    },
    Rule(Counting.self) { operation, _ in (0..<operation.count).map(Double.init) },
    Rule(RectifierGradient.self) { operation, site in
      zip(site.repeated(0), site.repeated(1)).map { $1 > 0 ? $0 : Double(operation.slope) * $0 }
    },
    Rule(SlopeOfResult.self) { operation, site in
      zip(site.repeated(0), site.repeated(1)).map { a, y in
        operation.kind == .tanh ? a * (1 - y * y) : a * y * (1 - y)
      }
    },
  ]
}
