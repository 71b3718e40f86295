/// Sums with one fixed order, whatever the number of threads.
enum Reductions {
  /// The sum of `count` values: four vectors of partial sums, then their lanes.
  static func sum(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
    var s0 = Vector.zero
    var s1 = Vector.zero
    var s2 = Vector.zero
    var s3 = Vector.zero
    var i = 0
    while i &+ 32 <= count {
      s0 += Vector(at: values + i)
      s1 += Vector(at: values + (i &+ 8))
      s2 += Vector(at: values + (i &+ 16))
      s3 += Vector(at: values + (i &+ 24))
      i &+= 32
    }
    while i < count {
      s0 += Vector(at: values + i, first: min(8, count &- i))
      i &+= 8
    }
    return ((s0 + s1) + (s2 + s3)).total
  }

  /// out[i] += x[i].
  @inline(__always)
  static func add(_ x: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>, count: Int) {
    var i = 0
    while i &+ 8 <= count {
      (Vector(at: out + i) + Vector(at: x + i)).store(at: out + i)
      i &+= 8
    }
    if i &+ 4 <= count {
      let sum =
        UnsafeRawPointer(out + i).loadUnaligned(as: SIMD4<Float>.self)
        + UnsafeRawPointer(x + i).loadUnaligned(as: SIMD4<Float>.self)
      UnsafeMutableRawPointer(out + i).storeBytes(of: sum, as: SIMD4<Float>.self)
      i &+= 4
    }
    while i < count {
      out[i] += x[i]
      i &+= 1
    }
  }

  /// out[i] = x[i] factor.
  @inline(__always)
  static func scale(
    _ x: UnsafePointer<Float>, by factor: Float, into out: UnsafeMutablePointer<Float>, count: Int
  ) {
    var i = 0
    while i &+ 8 <= count {
      (Vector(at: x + i) * factor).store(at: out + i)
      i &+= 8
    }
    while i < count {
      out[i] = x[i] * factor
      i &+= 1
    }
  }

  /// out[i] += x[i] factor, rounded once.
  @inline(__always)
  static func add(
    _ x: UnsafePointer<Float>, times factor: Float, to out: UnsafeMutablePointer<Float>, count: Int
  ) {
    let factors = Vector(repeating: factor)
    var i = 0
    while i &+ 8 <= count {
      Vector(at: x + i).times(factors, plus: Vector(at: out + i)).store(at: out + i)
      i &+= 8
    }
    while i < count {
      out[i].addProduct(x[i], factor)
      i &+= 1
    }
  }

  /// out[i] += a[i] b[i], rounded once.
  @inline(__always)
  static func add(
    _ a: UnsafePointer<Float>, times b: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>, count: Int
  ) {
    var i = 0
    while i &+ 8 <= count {
      Vector(at: a + i).times(Vector(at: b + i), plus: Vector(at: out + i)).store(at: out + i)
      i &+= 8
    }
    while i < count {
      out[i].addProduct(a[i], b[i])
      i &+= 1
    }
  }
}
