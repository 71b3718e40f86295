import Files
import Specs

/// How numbers of any size are brought to the range that networks like.
enum Scaling: String, Choice {
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

  /// Bytes of memory that a number takes until it is scaled.
  var bytesPerNumber: Int { needsAll ? 12 : 4 }

  /// Whether a number's scaled value depends on the others.
  var needsAll: Bool { self == .minmax || self == .standard }

  /// Whether a number can be scaled and held by a Float.
  func takes(_ number: Double) -> Bool {
    number.magnitude <= Double(Float.greatestFiniteMagnitude) && (self != .bytes || (0...255).contains(number))
  }

  /// Why a number is not taken, and what to do about it.
  func refusal(of number: Double) -> FormatError? {
    if takes(number) { return nil }
    if !number.isFinite {
      return FormatError(
        "it is \(number), not a finite number",
        remedy: "give it a number, or leave out the samples where one is missing")
    }
    if number.magnitude > Double(Float.greatestFiniteMagnitude) {
      return FormatError(
        "it is \(number), beyond the greatest 32-bit number, \(Float.greatestFiniteMagnitude)",
        remedy: "give the numbers in another unit")
    }
    return FormatError(
      "it is \(number), but scaling: bytes takes 0 to 255", remedy: "use scaling: minmax, which takes any numbers")
  }
}

/// Numbers [count, columns] on their way to scaled Floats, each column by itself.
///
/// Computed in Double in the order of the rows and rounded to Float once.
struct ScaledNumbers {
  /// What becomes of a number: `(x - offset) * magnification * factor + shift`, from left to right.
  private struct Map {
    var offset = 0.0
    /// A power of two for numbers so near to each other that their distance has no reciprocal; else 1.
    var magnification = 1.0
    var factor = 1.0
    var shift = 0.0

    func callAsFunction(_ number: Double) -> Float {
      Float((number - offset) * magnification * factor + shift)
    }
  }

  private let scaling: Scaling
  private let columns: Int
  private let isKept: Bool
  /// What each number alone becomes.
  private let direct: Map
  private var floats: [Float] = []
  private var doubles: [Double] = []

  /// Nothing yet.
  /// - Parameter count: for how many numbers there is room made; nil where they are only looked at.
  init(_ scaling: Scaling, columns: Int, reserving count: Int?) {
    self.scaling = scaling
    self.columns = columns
    isKept = count != nil
    direct = scaling == .bytes ? Map(factor: 1 / 127.5, shift: -1) : Map()
    guard let count else { return }
    if scaling.needsAll { doubles.reserveCapacity(count) } else { floats.reserveCapacity(count) }
  }

  /// Takes the next number of the row; false for one that is not taken.
  mutating func append(_ number: Double) -> Bool {
    guard scaling.takes(number) else { return false }
    if isKept {
      if scaling.needsAll { doubles.append(number) } else { floats.append(direct(number)) }
    }
    return true
  }

  /// The scaled numbers.
  consuming func finish() -> [Float] {
    guard scaling.needsAll, !doubles.isEmpty else { return floats }
    let maps = (0..<columns).map { map(column: $0) }
    floats.reserveCapacity(doubles.count)
    var column = 0
    for number in doubles {
      floats.append(maps[column](number))
      column = column + 1 == columns ? 0 : column + 1
    }
    return floats
  }

  /// How a column is scaled.
  private func map(column: Int) -> Map {
    let rows = stride(from: column, to: doubles.count, by: columns)
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for row in rows { (least, greatest) = (min(least, doubles[row]), max(greatest, doubles[row])) }
    let range = greatest - least
    guard range > 0 else { return Map(offset: least, factor: 0) }
    // Below, squares and reciprocals leave the range of Double; a power of two changes no digit.
    let magnification = range < 0x1p-500 ? 0x1p600 : 1
    if scaling == .minmax {
      return Map(offset: least, magnification: magnification, factor: 2 / (range * magnification), shift: -1)
    }
    var (sum, squares) = (0.0, 0.0)
    for row in rows { sum += doubles[row] }
    let count = Double(doubles.count / columns)
    let mean = sum / count
    for row in rows {
      let distance = (doubles[row] - mean) * magnification
      squares += distance * distance
    }
    let deviation = (squares / count).squareRoot()
    return Map(offset: mean, magnification: magnification, factor: deviation > 0 ? 1 / deviation : 0)
  }
}
