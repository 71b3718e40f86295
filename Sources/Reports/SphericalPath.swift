/// The points between two of a latent space on the great circle through their directions, at equal angles (spherical linear
/// interpolation; Shoemake, "Animating Rotation with Quaternion Curves", 1985; White, "Sampling Generative Networks", 2016).
///
/// With W the angle between p and q and n steps, point k is (sin((n - k) W / n) p + sin(k W / n) q) / sin W. Both sines over that
/// of W / n are Chebyshev polynomials of the second kind in c = cos(W / n), U_j = 2 c U_(j-1) - U_(j-2), so that nothing but
/// products, sums and square roots decides a bit; c is the largest root of T_n(c) = cos W.
package enum SphericalPath {
  /// `count` points, at least 2, p first and q last; on a straight line where both have the same direction, the opposite one, or
  /// no length.
  static func points(from p: [Float], to q: [Float], count: Int) -> [[Float]] {
    let (p, q) = (p.map(Double.init), q.map(Double.init))
    let steps = count - 1
    return (0...steps).map { k in
      let (first, second) = weights(cosine: cosine(p, q), step: k, of: steps)
      return zip(p, q).map { Float(first * $0 + second * $1) }
    }
  }

  /// On a straight line.
  static func line(from p: [Float], to q: [Float], count: Int) -> [[Float]] {
    (0..<count).map { k in
      let share = Double(k) / Double(count - 1)
      return zip(p, q).map { Float((1 - share) * Double($0) + share * Double($1)) }
    }
  }

  private static func cosine(_ p: [Double], _ q: [Double]) -> Double {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let lengths = (dot(p, p) * dot(q, q)).squareRoot()
    return lengths > 0 ? max(-1, min(1, dot(p, q) / lengths)) : 1
  }

  /// The shares of p and q in point `step` of a path whose ends lie apart by the angle of this cosine.
  package static func weights(cosine: Double, step: Int, of steps: Int) -> (Double, Double) {
    let straight = (Double(steps - step) / Double(steps), Double(step) / Double(steps))
    // Nearly opposite, no plane is meant.
    guard cosine > -1 + 1e-9, cosine < 1 - 1e-12 else { return straight }
    let c = smallAngle(cosine, steps)
    let whole = second(c, steps - 1)
    if step == 0 { return (1, 0) }
    if step == steps { return (0, 1) }
    return (second(c, steps - step - 1) / whole, second(c, step - 1) / whole)
  }

  /// U_j(c).
  private static func second(_ c: Double, _ j: Int) -> Double {
    var (before, present) = (0.0, 1.0)
    for _ in 0..<max(0, j) { (before, present) = (present, 2 * c * present - before) }
    return present
  }

  /// The cosine of the angle of which `steps` make that of a cosine: Newton's method from 1, from where it falls to the root.
  private static func smallAngle(_ cosine: Double, _ steps: Int) -> Double {
    var c = 1.0
    for _ in 0..<200 {
      // T_n = c U_(n-1) - U_(n-2), and T_n' = n U_(n-1).
      let upper = second(c, steps - 1)
      let value = steps == 1 ? c : c * upper - second(c, steps - 2)
      let next = c - (value - cosine) / (Double(steps) * upper)
      if next >= c { break }
      c = next
    }
    return c
  }
}
