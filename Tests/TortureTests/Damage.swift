/// What a torn write or a failing disk makes of a file.
enum Damage: Sendable {
  /// The file ends after so many bytes.
  case cut(Int)
  /// From there on it is zeros.
  case zeros(Int)
  /// One bit is another.
  case flip(Int)

  /// The word for it in the name of a case.
  var word: String {
    switch self {
    case .cut(let length): "cut at \(length)"
    case .zeros(let length): "zeros from \(length)"
    case .flip(let bit): "bit \(bit) flipped"
    }
  }

  /// The damaged bytes; nil where that changes nothing.
  func applied(to bytes: [UInt8]) -> [UInt8]? {
    var damaged = bytes
    switch self {
    case .cut(let length): damaged = Array(bytes.prefix(length))
    case .zeros(let length):
      damaged = bytes.prefix(length) + [UInt8](repeating: 0, count: max(0, bytes.count - length))
    case .flip(let bit): damaged[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    return damaged == bytes ? nil : damaged
  }

  /// Cuts at every length where everything is tried, else at the ends and the middle; and zeros from there on.
  static func tears(of count: Int) -> [Damage] {
    let lengths =
      Effort.isWhole
      ? Array(Swift.min(count, 64) == count ? Array(0..<count) : Array(0..<64) + stride(from: 64, to: count, by: 13))
      : [0, 1, count / 3, count - 1].filter { 0 <= $0 && $0 < count }
    return lengths.flatMap { [.cut($0), .zeros($0)] }
  }
}
