/// The accumulators of a tile: named values all, so that the compiler keeps each in a register.
protocol Rows {
  associatedtype Row: Columns
  /// How many rows.
  static var count: Int { get }
  /// Zeros.
  init()
  /// Adds the outer product of `count` values that lie `stride` apart and a row of values.
  mutating func add(_ factors: UnsafePointer<Float>, stride: Int, times values: Row)
  /// Writes the sums to rows that lie `stride` values apart, added to what is there where asked.
  func store(at pointer: UnsafeMutablePointer<Float>, stride: Int, isAdding: Bool)
}

/// One row.
struct OneRow<Row: Columns>: Rows {
  private var row = Row()

  static var count: Int { 1 }

  @inline(__always) init() {}

  @inline(__always) mutating func add(_ factors: UnsafePointer<Float>, stride: Int, times values: Row) {
    row.add(Lanes(repeating: factors[0]), times: values)
  }

  @inline(__always) func store(at pointer: UnsafeMutablePointer<Float>, stride: Int, isAdding: Bool) {
    row.store(at: pointer, isAdding: isAdding)
  }
}

/// Twice as many rows.
struct TwiceTheRows<Half: Rows>: Rows {
  typealias Row = Half.Row

  private var upper = Half()
  private var lower = Half()

  static var count: Int { 2 * Half.count }

  @inline(__always) init() {}

  @inline(__always) mutating func add(_ factors: UnsafePointer<Float>, stride: Int, times values: Row) {
    upper.add(factors, stride: stride, times: values)
    lower.add(factors + Half.count &* stride, stride: stride, times: values)
  }

  @inline(__always) func store(at pointer: UnsafeMutablePointer<Float>, stride: Int, isAdding: Bool) {
    upper.store(at: pointer, stride: stride, isAdding: isAdding)
    lower.store(at: pointer + Half.count &* stride, stride: stride, isAdding: isAdding)
  }
}
