import Compute

/// A symmetric tridiagonal matrix.
struct Tridiagonal: Sendable {
  /// The diagonal.
  let diagonal: [Double]
  /// The values beside it, one fewer.
  let beside: [Double]

  /// Its eigenvalues from number `first` on, counted from 0 in increasing order.
  ///
  /// Each is found by itself by bisection: the number of eigenvalues below x is that of negative pivots of T - x I (Sturm's
  /// sequence). That never fails, and finds each to the spacing of doubles or 2^-60 of the largest.
  func eigenvalues(from first: Int = 0, on pool: ThreadPool) -> [Double] {
    let count = diagonal.count
    guard first < count else { return [] }
    let squares = beside.map { $0 * $0 }
    guard diagonal.allSatisfy(\.isFinite), beside.allSatisfy(\.isFinite) else {
      return [Double](repeating: .nan, count: count - first)
    }
    // Gershgorin's bound.
    var bound = 0.0
    for place in 0..<count {
      let left = place > 0 ? abs(beside[place - 1]) : 0
      let right = place < count - 1 ? abs(beside[place]) : 0
      bound = max(bound, abs(diagonal[place]) + left + right)
    }
    guard bound > 0, bound.isFinite else { return [Double](repeating: bound, count: count - first) }
    let (limit, least) = (bound, bound * 0x1p-60)
    let groups = stride(from: first, to: count, by: 16).map { $0..<min($0 + 16, count) }
    let found = pool.map(groups.count) { number in
      groups[number].map { wanted in
        var (low, high) = (-limit, limit)
        while high - low > least {
          let middle = low + (high - low) / 2
          if middle <= low || middle >= high { break }
          if countBelow(middle, squares, least: least * 0x1p-60) > wanted { high = middle } else { low = middle }
        }
        return low + (high - low) / 2
      }
    }
    return Array(found.joined())
  }

  /// How many eigenvalues are below x.
  private func countBelow(_ x: Double, _ squares: [Double], least: Double) -> Int {
    var (below, pivot) = (0, 1.0)
    for place in diagonal.indices {
      pivot = diagonal[place] - x - (place > 0 ? squares[place - 1] / pivot : 0)
      // A pivot of zero is taken for a small negative one.
      if abs(pivot) < least { pivot = -least }
      if pivot < 0 { below += 1 }
    }
    return below
  }
}

/// Householder's reflection I - scale v v^T, v beginning with 1, that turns a vector into a multiple of the first axis.
struct Reflection {
  /// v, in the places of the vector; zero before `start`.
  private(set) var vector: [Double]
  /// What v v^T is multiplied by; 0 where nothing is to be done.
  let scale: Double
  /// The value that the first place becomes.
  let value: Double

  /// Of the values from `start` on.
  init(_ x: [Double], from start: Int) {
    vector = x
    for place in 0..<start { vector[place] = 0 }
    var largest = 0.0
    for place in (start + 1)..<max(x.count, start + 1) { largest = max(largest, abs(x[place])) }
    guard largest > 0 else {
      (scale, value) = (0, x[start])
      return
    }
    let unit = max(largest, abs(x[start]))
    var sum = 0.0
    for place in start..<x.count {
      let scaled = x[place] / unit
      sum.addProduct(scaled, scaled)
    }
    let norm = unit * sum.squareRoot()
    let made = x[start] > 0 ? -norm : norm
    let first = x[start] - made
    for place in (start + 1)..<x.count { vector[place] = x[place] / first }
    vector[start] = 1
    scale = -first / made
    value = made
  }
}

extension Matrix {
  /// The eigenvalues of a symmetric matrix in increasing order: Householder's tridiagonal form, then bisection.
  package func symmetricEigenvalues(on pool: ThreadPool) -> [Double] {
    var a = self
    let count = rows
    guard count > 0 else { return [] }
    var (diagonal, beside): ([Double], [Double]) = ([], [])
    for step in 0..<count {
      diagonal.append(a[step, step])
      guard step + 1 < count else { break }
      let reflection = Reflection(Array(a.row(step)), from: step + 1)
      beside.append(reflection.value)
      guard reflection.scale != 0 else { continue }
      let v = reflection.vector
      // p = scale A v, w = p - scale/2 (p v) v, A - v w^T - w v^T.
      var p = [Double](repeating: 0, count: count)
      for row in (step + 1)..<count { p[row] = reflection.scale * a.innerProduct(ofRow: row, with: v, from: step + 1) }
      var both = 0.0
      for place in (step + 1)..<count { both.addProduct(p[place], v[place]) }
      let half = -reflection.scale / 2 * both
      for place in (step + 1)..<count { p[place].addProduct(half, v[place]) }
      for row in (step + 1)..<count {
        a.add(-v[row], times: p, toRow: row, from: step + 1)
        a.add(-p[row], times: v, toRow: row, from: step + 1)
      }
    }
    return Tridiagonal(diagonal: diagonal, beside: beside).eigenvalues(on: pool)
  }

  /// The singular values in increasing order, as many as the shorter side has places: Golub and Kahan's bidiagonal form
  /// ("Calculating the Singular Values and Pseudo-Inverse of a Matrix", 1965), then bisection.
  ///
  /// Singular values s of a bidiagonal matrix are the eigenvalues +-s of the tridiagonal matrix with zeros on its diagonal and
  /// the values of both diagonals in turn beside it, so nothing is squared and small ones are as exact as large ones.
  package func singularValues(on pool: ThreadPool) -> [Double] {
    guard rows >= columns else { return transposed.singularValues(on: pool) }
    guard columns > 0 else { return [] }
    var a = self
    var beside: [Double] = []
    for step in 0..<columns {
      let column = (0..<rows).map { a[$0, step] }
      let left = Reflection(column, from: step)
      beside.append(left.value)
      if left.scale != 0 {
        var w = [Double](repeating: 0, count: columns)
        for row in step..<rows { a.add(left.vector[row], timesRow: row, to: &w, from: step) }
        for row in step..<rows { a.add(-left.scale * left.vector[row], times: w, toRow: row, from: step) }
      }
      guard step + 1 < columns else { break }
      let right = Reflection(Array(a.row(step)), from: step + 1)
      beside.append(right.value)
      guard right.scale != 0 else { continue }
      for row in (step + 1)..<rows {
        let w = a.innerProduct(ofRow: row, with: right.vector, from: step + 1)
        a.add(-right.scale * w, times: right.vector, toRow: row, from: step + 1)
      }
    }
    let both = Tridiagonal(diagonal: [Double](repeating: 0, count: 2 * columns), beside: beside)
    return both.eigenvalues(from: columns, on: pool).map { $0 < 0 ? 0 : $0 }
  }
}
