/// The accumulators of a row of a tile: some vectors of neighbouring columns.
protocol Columns {
  /// How many vectors.
  static var vectors: Int { get }
  /// Zeros.
  init()
  /// The values at a place in memory.
  init(at pointer: UnsafePointer<Float>)
  /// Adds factor * values, each rounded once.
  mutating func add(_ factor: Lanes, times values: Self)
  /// Writes the sums, added to what is there where asked.
  func store(at pointer: UnsafeMutablePointer<Float>, isAdding: Bool)
}

/// One vector.
struct LastColumns: Columns {
  private var vector: Lanes

  static var vectors: Int { 1 }

  @inline(__always) init() { vector = .zero }

  @inline(__always) init(at pointer: UnsafePointer<Float>) {
    vector = UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }

  @inline(__always) mutating func add(_ factor: Lanes, times values: LastColumns) {
    vector.addProduct(factor, values.vector)
  }

  @inline(__always) func store(at pointer: UnsafeMutablePointer<Float>, isAdding: Bool) {
    let sum = isAdding ? UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self) + vector : vector
    UnsafeMutableRawPointer(pointer).storeBytes(of: sum, as: Lanes.self)
  }
}

/// One vector and those to its right.
struct MoreColumns<Rest: Columns>: Columns {
  private var first = LastColumns()
  private var rest = Rest()

  static var vectors: Int { 1 + Rest.vectors }

  @inline(__always) init() {}

  @inline(__always) init(at pointer: UnsafePointer<Float>) {
    first = LastColumns(at: pointer)
    rest = Rest(at: pointer + Lanes.scalarCount)
  }

  @inline(__always) mutating func add(_ factor: Lanes, times values: Self) {
    first.add(factor, times: values.first)
    rest.add(factor, times: values.rest)
  }

  @inline(__always) func store(at pointer: UnsafeMutablePointer<Float>, isAdding: Bool) {
    first.store(at: pointer, isAdding: isAdding)
    rest.store(at: pointer + Lanes.scalarCount, isAdding: isAdding)
  }
}
