import Files

/// The length of an axis of a value in a graph whose batch may have any number of samples.
///
/// It is found from the lengths for two numbers of samples, which are so large and have so few divisors that no other length
/// equals them: a length that does not change is fixed, one that grows with the batch is a share p / q of it.
package enum ONNXExtent: Equatable {
  case fixed(Int)
  case ofBatch(numerator: Int, denominator: Int)

  /// Prime numbers by which `unit`, what batches should be a multiple of, is multiplied.
  static func batches(unit: Int) -> (Int, Int) { (7919 * unit, 7927 * unit) }

  /// The length that is `a` for the first number of samples and `b` for the second; nil where it is no share of both.
  init?(_ a: Int, _ b: Int, of batches: (Int, Int)) {
    if a == b {
      self = .fixed(a)
      return
    }
    guard a.multipliedFullWidth(by: batches.1) == b.multipliedFullWidth(by: batches.0) else { return nil }
    var (divisor, rest) = (a, batches.0)
    while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
    self = .ofBatch(numerator: a / divisor, denominator: batches.0 / divisor)
  }

  /// Whether it grows with the batch.
  var isOfBatch: Bool { if case .ofBatch = self { true } else { false } }

  /// `TensorShapeProto.Dimension`: a length, or a name.
  func write(to dimension: inout ProtobufMessage) {
    switch self {
    case .fixed(let length): dimension.add(1, integer: length)
    case .ofBatch(1, 1): dimension.add(2, text: "batch")
    case .ofBatch(let numerator, let denominator): dimension.add(2, text: "batch_\(numerator)_\(denominator)")
    }
  }
}
