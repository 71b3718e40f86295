/// Sums with one fixed order, whatever the number of threads.
enum Reductions {
  /// The sum, or sum of squares, of `count` values: four vectors of partial sums, then their lanes.
  static func sum(_ values: UnsafePointer<Float>, _ count: Int, squared: Bool) -> Float {
    var s0 = Vector.zero
    var s1 = Vector.zero
    var s2 = Vector.zero
    var s3 = Vector.zero
    var i = 0
    if squared {
      while i &+ 32 <= count {
        let (a, b) = (Vector(at: values + i), Vector(at: values + (i &+ 8)))
        let (c, d) = (Vector(at: values + (i &+ 16)), Vector(at: values + (i &+ 24)))
        s0 = a.times(a, plus: s0)
        s1 = b.times(b, plus: s1)
        s2 = c.times(c, plus: s2)
        s3 = d.times(d, plus: s3)
        i &+= 32
      }
      while i < count {
        let rest = min(8, count &- i)
        let v = Vector(at: values + i, first: rest)
        s0 = v.times(v, plus: s0)
        i &+= 8
      }
    } else {
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

  /// out[c] = the sum over rows of x[row, c], one after another, for columns in the range; x has `stride` values a row.
  @inline(__always)
  static func columnSums(
    _ x: UnsafePointer<Float>, stride: Int, rows: Range<Int>, columns: Range<Int>,
    into out: UnsafeMutablePointer<Float>
  ) {
    var c = columns.lowerBound
    while c &+ 32 <= columns.upperBound {
      var (s0, s1, s2, s3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
      for row in rows {
        let p = x + (row &* stride &+ c)
        s0 += Vector(at: p)
        s1 += Vector(at: p + 8)
        s2 += Vector(at: p + 16)
        s3 += Vector(at: p + 24)
      }
      s0.store(at: out + c)
      s1.store(at: out + (c &+ 8))
      s2.store(at: out + (c &+ 16))
      s3.store(at: out + (c &+ 24))
      c &+= 32
    }
    while c &+ 8 <= columns.upperBound {
      var s = Vector.zero
      for row in rows { s += Vector(at: x + (row &* stride &+ c)) }
      s.store(at: out + c)
      c &+= 8
    }
    while c < columns.upperBound {
      var s: Float = 0
      for row in rows { s += x[row &* stride &+ c] }
      out[c] = s
      c &+= 1
    }
  }
}
