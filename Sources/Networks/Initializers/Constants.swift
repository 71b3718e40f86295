import Compute
import Specs

/// All values 0.
package struct Zeros: Initializer {
  package static let name = "zeros"
  package static let summary = "all values 0"
  package init(from fields: inout Fields) {}
  init() {}
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    [Float](repeating: 0, count: places.count)
  }
}

/// All values 1.
package struct Ones: Initializer {
  package static let name = "ones"
  package static let summary = "all values 1"
  package init(from fields: inout Fields) {}
  package init() {}
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    [Float](repeating: 1, count: places.count)
  }
}

/// All values the same.
package struct Constant: Initializer {
  package static let name = "constant"
  package static let summary = "all values the same number"
  let value: Float
  package init(from fields: inout Fields) {
    value = Float(fields.number(FieldName("value", example: "0.01"), in: .any, default: 0, "the number"))
  }
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    [Float](repeating: value, count: places.count)
  }
}
