import CHost

/// The loops behind optimizers.
///
/// Each reads a chunk of the gradient (`a`) and changes parameters and moments at the same places. `settings` holds
/// numbers that the step's host wrote, such as the step size. What is done to eight values is a function that is
/// always inlined, since a closure would be called.
enum OptimizerSteps {
  /// m <- m + (g - m)(1 - beta1);  v <- v + (g^2 - v)(1 - beta2);  p <- p - decay p - size m / (sqrt(v) + epsilon)
  /// with `settings` = [size, decay].
  static func adam(
    parameters: Buffer, first: Buffer, second: Buffer, settings: Buffer, beta1: Double, beta2: Double,
    epsilon: Double
  ) -> Instruction {
    // The complements are taken in Double: 1 - 0.999 in Float is off by 5e-5 of itself.
    let (rise1, rise2) = (Float(1 - beta1), Float(1 - beta2))
    let epsilon = Float(epsilon)
    return Instruction { chunk in
      let size = Vector(repeating: settings.base[0])
      // 1 - decay would be rounded to a multiple of 2^-24, the same way at every step.
      let growth = Vector(repeating: -settings.base[1])
      @inline(always) func step(_ g: Vector, _ p: inout Vector, _ m: inout Vector, _ v: inout Vector) {
        m = (g - m).times(Vector(repeating: rise1), plus: m)
        v = g.times(g, plus: -v).times(Vector(repeating: rise2), plus: v)
        p = p.times(growth, plus: p) - size * m / (host_square_root(v) + epsilon)
      }
      chunk.update(parameters, first, second, step)
    }
  }

  /// v <- v + (g^2 - v)(1 - rho); without momentum p <- p - size g / sqrt(v + epsilon).
  ///
  /// With momentum b <- momentum b + size g / sqrt(v + epsilon); p <- p - b. `settings` = [size].
  static func rmsProp(
    parameters: Buffer, second: Buffer, velocity: Buffer?, settings: Buffer, rho: Double, momentum: Double,
    epsilon: Double
  ) -> Instruction {
    let (rise, momentum, epsilon) = (Float(1 - rho), Float(momentum), Float(epsilon))
    guard let velocity else {
      return Instruction { chunk in
        let size = settings.base[0]
        @inline(always) func step(_ g: Vector, _ p: inout Vector, _ v: inout Vector) {
          v += (g * g - v) * rise
          p -= size * g / host_square_root(v + epsilon)
        }
        chunk.update(parameters, second, step)
      }
    }
    return Instruction { chunk in
      let size = settings.base[0]
      @inline(always) func step(_ g: Vector, _ p: inout Vector, _ v: inout Vector, _ b: inout Vector) {
        v += (g * g - v) * rise
        b = momentum * b + size * g / host_square_root(v + epsilon)
        p -= b
      }
      chunk.update(parameters, second, velocity, step)
    }
  }

  /// Without momentum p <- p - size g.
  ///
  /// With momentum u <- momentum u - size g and p <- p + u, or by Nesterov p <- p + momentum u - size g.
  /// `settings` = [size].
  static func gradientDescent(
    parameters: Buffer, velocity: Buffer?, settings: Buffer, momentum: Double, isNesterov: Bool
  ) -> Instruction {
    let momentum = Float(momentum)
    guard let velocity else {
      return Instruction { chunk in
        let size = settings.base[0]
        @inline(always) func step(_ g: Vector, _ p: inout Vector) { p -= size * g }
        chunk.update(parameters, step)
      }
    }
    return Instruction { chunk in
      let size = settings.base[0]
      if isNesterov {
        @inline(always) func step(_ g: Vector, _ p: inout Vector, _ u: inout Vector) {
          let change = size * g
          u = momentum * u - change
          p += momentum * u - change
        }
        chunk.update(parameters, velocity, step)
      } else {
        @inline(always) func step(_ g: Vector, _ p: inout Vector, _ u: inout Vector) {
          u = momentum * u - size * g
          p += u
        }
        chunk.update(parameters, velocity, step)
      }
    }
  }

  /// p <- a.
  static func assign(_ target: Buffer) -> Instruction {
    Instruction { chunk in
      (target.base + chunk.index).update(from: chunk.a, count: chunk.count)
    }
  }
}

extension Chunk {
  /// Calls `step` with eight values of the gradient and of each array, or fewer at the end, and stores what it made of
  /// them.
  @inline(always) fileprivate func update(
    _ first: Buffer, _ second: Buffer, _ third: Buffer,
    _ step: (Vector, inout Vector, inout Vector, inout Vector) -> Void
  ) {
    let (p, q, r) = (first.base + index, second.base + index, third.base + index)
    var i = 0
    while i < count {
      let rest = count &- i
      var values = (
        Vector(at: p + i, first: rest), Vector(at: q + i, first: rest), Vector(at: r + i, first: rest)
      )
      step(Vector(at: a + i, first: rest), &values.0, &values.1, &values.2)
      values.0.store(at: p + i, first: rest)
      values.1.store(at: q + i, first: rest)
      values.2.store(at: r + i, first: rest)
      i &+= 8
    }
  }

  /// The same with two arrays.
  @inline(always) fileprivate func update(
    _ first: Buffer, _ second: Buffer, _ step: (Vector, inout Vector, inout Vector) -> Void
  ) {
    let (p, q) = (first.base + index, second.base + index)
    var i = 0
    while i < count {
      let rest = count &- i
      var values = (Vector(at: p + i, first: rest), Vector(at: q + i, first: rest))
      step(Vector(at: a + i, first: rest), &values.0, &values.1)
      values.0.store(at: p + i, first: rest)
      values.1.store(at: q + i, first: rest)
      i &+= 8
    }
  }

  /// The same with one array.
  @inline(always) fileprivate func update(_ first: Buffer, _ step: (Vector, inout Vector) -> Void) {
    let p = first.base + index
    var i = 0
    while i < count {
      let rest = count &- i
      var value = Vector(at: p + i, first: rest)
      step(Vector(at: a + i, first: rest), &value)
      value.store(at: p + i, first: rest)
      i &+= 8
    }
  }
}
