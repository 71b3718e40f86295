import CHost

/// The loops behind optimizers: each reads a chunk of the gradient (`a`) and changes parameters and moments at the
/// same places. `settings` holds numbers that the step's host wrote, such as the step size.
enum OptimizerSteps {
  /// m <- m + (g - m)(1 - beta1);  v <- v + (g^2 - v)(1 - beta2);  p <- p (1 - decay) - size m / (sqrt(v) + epsilon)
  /// with `settings` = [size, decay].
  static func adam(
    parameters: Buffer, first: Buffer, second: Buffer, settings: Buffer, beta1: Double, beta2: Double, epsilon: Double
  ) -> Instruction {
    // The complements are taken in Double: 1 - 0.999 in Float is off by 5e-5 of itself.
    let (rise1, rise2) = (Float(1 - beta1), Float(1 - beta2))
    let epsilon = Float(epsilon)
    return Instruction { chunk in
      let size = Vector(repeating: settings.base[0])
      let keep = Vector(repeating: 1 - settings.base[1])
      @inline(__always) func step(_ g: Vector, _ p: inout Vector, _ m: inout Vector, _ v: inout Vector) {
        m = (g - m).times(Vector(repeating: rise1), plus: m)
        v = g.times(g, plus: -v).times(Vector(repeating: rise2), plus: v)
        p = p * keep - size * m / (host_square_root(v) + epsilon)
      }
      let p = parameters.base + chunk.index
      let m = first.base + chunk.index
      let v = second.base + chunk.index
      var i = 0
      while i &+ 8 <= chunk.count {
        var (pi, mi, vi) = (Vector(at: p + i), Vector(at: m + i), Vector(at: v + i))
        step(Vector(at: chunk.a + i), &pi, &mi, &vi)
        pi.store(at: p + i)
        mi.store(at: m + i)
        vi.store(at: v + i)
        i &+= 8
      }
      let rest = chunk.count &- i
      if rest > 0 {
        var (pi, mi, vi) = (
          Vector(at: p + i, first: rest), Vector(at: m + i, first: rest), Vector(at: v + i, first: rest)
        )
        step(Vector(at: chunk.a + i, first: rest), &pi, &mi, &vi)
        pi.store(at: p + i, first: rest)
        mi.store(at: m + i, first: rest)
        vi.store(at: v + i, first: rest)
      }
    }
  }

  /// v <- v + (g^2 - v)(1 - rho);  u = g / sqrt(v + epsilon);  without momentum p <- p - size u, else
  /// b <- momentum b + size u;  p <- p - b. `settings` = [size].
  static func rmsProp(
    parameters: Buffer, second: Buffer, velocity: Buffer?, settings: Buffer, rho: Double, momentum: Double,
    epsilon: Double
  ) -> Instruction {
    let (rise, momentum, epsilon) = (Float(1 - rho), Float(momentum), Float(epsilon))
    return Instruction { chunk in
      let (p, v, b) = (parameters.base, second.base, velocity?.base)
      let size = settings.base[0]
      for i in 0..<chunk.count {
        let g = chunk.a[i]
        let at = chunk.index &+ i
        let moment = v[at] + (g * g - v[at]) * rise
        v[at] = moment
        let change = size * g / (moment + epsilon).squareRoot()
        if let b {
          b[at] = momentum * b[at] + change
          p[at] -= b[at]
        } else {
          p[at] -= change
        }
      }
    }
  }

  /// Without momentum p <- p - size g; else u <- momentum u - size g and p <- p + u, or by Nesterov
  /// p <- p + momentum u - size g. `settings` = [size].
  static func gradientDescent(
    parameters: Buffer, velocity: Buffer?, settings: Buffer, momentum: Double, isNesterov: Bool
  ) -> Instruction {
    let momentum = Float(momentum)
    return Instruction { chunk in
      let (p, u) = (parameters.base, velocity?.base)
      let size = settings.base[0]
      for i in 0..<chunk.count {
        let change = size * chunk.a[i]
        let at = chunk.index &+ i
        if let u {
          u[at] = momentum * u[at] - change
          p[at] += isNesterov ? momentum * u[at] - change : u[at]
        } else {
          p[at] -= change
        }
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
