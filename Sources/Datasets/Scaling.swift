/// How numbers of any size are brought to the range that networks like.
enum Scaling: String, CaseIterable, Sendable {
  /// x, as it is.
  case unscaled = "none"
  /// x / 127.5 - 1: 0 ... 255 becomes -1 ... 1.
  case bytes
  /// 2 (x - least) / (greatest - least) - 1; 0 where all are equal.
  case minmax
  /// (x - mean) / deviation, with the root of the mean square as deviation; 0 where all are equal.
  case standard

  /// Between which values all lie afterwards.
  var bounds: ClosedRange<Float>? { self == .bytes || self == .minmax ? -1...1 : nil }

  /// Numbers [count, columns] scaled, each column by itself.
  ///
  /// Computed in Double in the order of the rows and rounded to Float once.
  /// - Throws: for a number that is not finite or, with `bytes`, not in 0 ... 255; it says where.
  func scaled(
    count: Int, columns: Int, value: (Int) -> Double, place: (Int) -> String
  ) throws(FormatError) -> [Float] {
    for index in 0..<(count * columns) {
      let number = value(index)
      guard number.isFinite, number.magnitude <= Double(Float.greatestFiniteMagnitude) else {
        throw FormatError("\(place(index)) is \(number), which no Float holds")
      }
      if self == .bytes, !(0...255).contains(number) {
        throw FormatError("\(place(index)) is \(number), but scaling: bytes takes 0 to 255")
      }
    }
    let maps = (0..<columns).map { column in map(count: count) { value($0 * columns + column) } }
    return (0..<(count * columns)).map { index in
      let map = maps[index % columns]
      return Float((value(index) - map.offset) * map.factor + map.shift)
    }
  }

  private struct Map {
    var offset = 0.0
    var factor = 1.0
    var shift = 0.0
  }

  private func map(count: Int, _ value: (Int) -> Double) -> Map {
    switch self {
    case .unscaled: return Map()
    case .bytes: return Map(offset: 0, factor: 1 / 127.5, shift: -1)
    case .minmax:
      var (least, greatest) = (Double.infinity, -Double.infinity)
      for row in 0..<count { (least, greatest) = (min(least, value(row)), max(greatest, value(row))) }
      guard greatest > least else { return Map(offset: least, factor: 0, shift: 0) }
      return Map(offset: least, factor: 2 / (greatest - least), shift: -1)
    case .standard:
      var (sum, squares) = (0.0, 0.0)
      for row in 0..<count { sum += value(row) }
      let mean = sum / Double(max(count, 1))
      for row in 0..<count { squares += (value(row) - mean) * (value(row) - mean) }
      let deviation = (squares / Double(max(count, 1))).squareRoot()
      return Map(offset: mean, factor: deviation > 0 ? 1 / deviation : 0, shift: 0)
    }
  }
}
