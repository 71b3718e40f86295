/// Work on single rows of a matrix, in a stated order.
extension Matrix {
  /// Adds a multiple of a row to another from a column on: to[j] = fma(factor, from[j], to[j]).
  package mutating func add(_ factor: Double, timesRow source: Int, toRow target: Int, from column: Int = 0) {
    let (width, count) = (columns, columns - column)
    values.withUnsafeMutableBufferPointer { all in
      guard let base = all.baseAddress else { return }
      DoubleRow.add(factor, times: base + (source * width + column), to: base + (target * width + column), count)
    }
  }

  /// Adds a multiple of a vector to a row from a column on.
  package mutating func add(_ factor: Double, times vector: [Double], toRow target: Int, from column: Int = 0) {
    let (width, count) = (columns, columns - column)
    values.withUnsafeMutableBufferPointer { all in
      vector.withUnsafeBufferPointer { vector in
        guard let base = all.baseAddress, let from = vector.baseAddress else { return }
        DoubleRow.add(factor, times: from + column, to: base + (target * width + column), count)
      }
    }
  }

  /// Adds a multiple of a row to a vector from a column on.
  package func add(_ factor: Double, timesRow source: Int, to vector: inout [Double], from column: Int = 0) {
    let (width, count) = (columns, columns - column)
    values.withUnsafeBufferPointer { all in
      vector.withUnsafeMutableBufferPointer { vector in
        guard let base = all.baseAddress, let to = vector.baseAddress else { return }
        DoubleRow.add(factor, times: base + (source * width + column), to: to + column, count)
      }
    }
  }

  /// The inner product of a row and a vector from a column on: eight chains of fused multiply-adds.
  ///
  /// Chain c goes over the places c, c + 8 and so on behind that column; they are added up as ((0+4)+(2+6)) + ((1+5)+(3+7)).
  package func innerProduct(ofRow row: Int, with vector: [Double], from column: Int = 0) -> Double {
    let (width, count) = (columns, columns - column)
    return values.withUnsafeBufferPointer { all in
      vector.withUnsafeBufferPointer { vector in
        guard let base = all.baseAddress, let other = vector.baseAddress else { return 0 }
        return DoubleRow.innerProduct(base + (row * width + column), other + column, count)
      }
    }
  }
}

/// Loops over values in Double.
private enum DoubleRow {
  @inline(never)
  static func add(
    _ factor: Double, times from: UnsafePointer<Double>, to: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    let factors = SIMD8<Double>(repeating: factor)
    var place = 0
    while place &+ 8 <= count {
      var values = UnsafeRawPointer(to + place).loadUnaligned(as: SIMD8<Double>.self)
      values.addProduct(factors, UnsafeRawPointer(from + place).loadUnaligned(as: SIMD8<Double>.self))
      UnsafeMutableRawPointer(to + place).storeBytes(of: values, as: SIMD8<Double>.self)
      place &+= 8
    }
    while place < count {
      to[place].addProduct(factor, from[place])
      place &+= 1
    }
  }

  @inline(never)
  static func innerProduct(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    var place = 0
    while place &+ 8 <= count {
      sums.addProduct(
        UnsafeRawPointer(a + place).loadUnaligned(as: SIMD8<Double>.self),
        UnsafeRawPointer(b + place).loadUnaligned(as: SIMD8<Double>.self))
      place &+= 8
    }
    for lane in 0..<(count &- place) { sums[lane].addProduct(a[place &+ lane], b[place &+ lane]) }
    let four = sums.lowHalf + sums.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
