import CHost

/// The loops behind pointwise operations.
///
/// `a` and `b` are the operands, `y` stands for an operation's own result where a derivative is said by it. What
/// is more than a few instructions is a function that is always inlined, since a closure of that size would be called
/// for every eight values.
enum Elementwise {
  static let copy = Instruction { chunk in chunk.map { $0 } }
  static let add = Instruction { chunk in chunk.map2 { $0 + $1 } }
  static let subtract = Instruction { chunk in chunk.map2 { $0 - $1 } }
  static let multiply = Instruction { chunk in chunk.map2 { $0 * $1 } }
  static let divide = Instruction { chunk in chunk.map2 { $0 / $1 } }
  static let square = Instruction { chunk in chunk.map { $0 * $0 } }
  static let squareRoot = Instruction { chunk in chunk.map { host_square_root($0) } }
  static let exponential = Instruction { chunk in chunk.map(exponentials) }
  static let logarithm = Instruction { chunk in chunk.map(logarithms) }
  static let tanh = Instruction { chunk in chunk.map(tangents) }
  static let sigmoid = Instruction { chunk in chunk.map(logistics) }
  static let softplus = Instruction { chunk in chunk.map(softpluses) }
  static let errorFunction = Instruction { chunk in chunk.map(errorFunctions) }

  static func scale(_ factor: Float) -> Instruction {
    Instruction { chunk in chunk.map { $0 * factor } }
  }

  static func offset(_ addend: Float) -> Instruction {
    Instruction { chunk in chunk.map { $0 + addend } }
  }

  /// a where a > 0, else slope a.
  static func leakyRelu(_ slope: Float) -> Instruction {
    slope == 0
      ? Instruction { chunk in chunk.map { Vector.zero.replacing(with: $0, where: .!($0 .<= 0)) } }
      : Instruction { chunk in chunk.map { ($0 * slope).replacing(with: $0, where: .!($0 .<= 0)) } }
  }

  /// a where b > 0, else slope a.
  static func gate(_ slope: Float) -> Instruction {
    slope == 0
      ? Instruction { chunk in chunk.map2 { Vector.zero.replacing(with: $0, where: $1 .> 0) } }
      : Instruction { chunk in chunk.map2 { ($0 * slope).replacing(with: $0, where: $1 .> 0) } }
  }

  /// a where a > 0, else alpha (e^a - 1).
  static func elu(_ alpha: Float) -> Instruction {
    @inline(always) @Sendable func elu(_ a: Vector) -> Vector {
      // e^a - 1 = 2 tanh(a/2) / (1 - tanh(a/2)) keeps its digits near 0.
      let half = Transcendental.tanh(a * 0.5)
      let tail = (half + half) / (1 - half)
      return (tail * alpha).replacing(with: a, where: .!(a .<= 0))
    }
    return Instruction { chunk in chunk.map(elu) }
  }

  /// a (1 - y^2) with y = b.
  static let tanhGradient = Instruction { chunk in chunk.map2(tanhSlopes) }

  /// a y (1 - y) with y = b.
  static let sigmoidGradient = Instruction { chunk in chunk.map2(sigmoidSlopes) }

  /// 1 where a > 0, else 0.
  static let isPositive = Instruction { chunk in
    chunk.map { Vector.zero.replacing(with: 1, where: $0 .> 0) }
  }

  /// 1 where a is the place in a row of `count`, else 0.
  static func oneHot(_ count: Int) -> Instruction {
    Instruction { chunk in
      var place = chunk.index % count
      for i in 0..<chunk.count {
        chunk.out[i] = chunk.a[i] == Float(place) ? 1 : 0
        place = place &+ 1 == count ? 0 : place &+ 1
      }
    }
  }

  /// The place itself.
  static let counting = Instruction { chunk in
    for i in 0..<chunk.count { chunk.out[i] = Float(chunk.index &+ i) }
  }

  /// min(max(a, lower), upper), NaN kept.
  static func clamp(_ lower: Float, _ upper: Float) -> Instruction {
    Instruction { chunk in
      chunk.map { $0.replacing(with: upper, where: $0 .> upper).replacing(with: lower, where: $0 .< lower) }
    }
  }

  /// min(a, ceiling), NaN kept.
  static func minimum(_ ceiling: Float) -> Instruction {
    Instruction { chunk in chunk.map { $0.replacing(with: ceiling, where: $0 .> ceiling) } }
  }
}

@inline(always) private func exponentials(_ x: Vector) -> Vector { Transcendental.exp(x) }
@inline(always) private func logarithms(_ x: Vector) -> Vector { Transcendental.log(x) }
@inline(always) private func tangents(_ x: Vector) -> Vector { Transcendental.tanh(x) }
@inline(always) private func logistics(_ x: Vector) -> Vector { Transcendental.sigmoid(x) }
@inline(always) private func softpluses(_ x: Vector) -> Vector { Transcendental.softplus(x) }
@inline(always) private func errorFunctions(_ x: Vector) -> Vector { Transcendental.erf(x) }
@inline(always) private func tanhSlopes(_ a: Vector, _ y: Vector) -> Vector {
  a * (-y).times(y, plus: Vector(repeating: 1))
}
@inline(always) private func sigmoidSlopes(_ a: Vector, _ y: Vector) -> Vector { a * (y * (1 - y)) }
