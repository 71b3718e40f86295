import Compute
import YAML

/// All values 0.
public struct Zeros: Initializer {
  /// Its name in a spec.
  public static let name = "zeros"
  /// What it gives.
  public static let summary = "all values 0"
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  init() {}
  /// The values.
  public func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    [Float](repeating: 0, count: places.count)
  }
}

/// All values 1.
public struct Ones: Initializer {
  /// Its name in a spec.
  public static let name = "ones"
  /// What it gives.
  public static let summary = "all values 1"
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  init() {}
  /// The values.
  public func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    [Float](repeating: 1, count: places.count)
  }
}

/// All values the same.
public struct Constant: Initializer {
  /// Its name in a spec.
  public static let name = "constant"
  /// What it gives.
  public static let summary = "all values the same number"
  let value: Float
  /// Reads its fields.
  public init(from fields: inout Fields) {
    value = Float(fields.number("value", in: .any, default: 0, "the number"))
  }
  /// The values.
  public func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    [Float](repeating: value, count: places.count)
  }
}
