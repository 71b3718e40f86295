import Compute
import Evaluation
import Testing

/// A named value with what it must be.
struct Case: Sendable, CustomTestStringConvertible {
  let name: String
  let expected: Double
  let value: @Sendable (ThreadPool) -> Double
  var testDescription: String { name }

  init(_ name: String, _ expected: Double, _ value: @escaping @Sendable (ThreadPool) -> Double) {
    (self.name, self.expected, self.value) = (name, expected, value)
  }
}
