import Compute

/// The definition of one type of operation in Double.
package struct Rule: Sendable {
  /// The type of operation.
  package let type: any Operation.Type
  let apply: @Sendable (any Operation, Interpreter.Site) throws -> [Double]

  init<Kind: Operation>(
    _ type: Kind.Type, _ body: @escaping @Sendable (Kind, Interpreter.Site) throws -> [Double]
  ) {
    self.type = type
    apply = { operation, site in
      guard let operation = operation as? Kind else {
        throw Interpreter.Failure.unknownOperation(operation.name)
      }
      return try body(operation, site)
    }
  }

  /// All of them.
  package static let all: [Rule] =
    structural + pointwise + functions + sums + convolutions + images + shifts + others + draws + [update]

  /// A rule that is a function of each value.
  static func map<Kind: Operation>(
    _ type: Kind.Type, _ body: @escaping @Sendable (Kind, Double) -> Double
  ) -> Rule {
    Rule(type) { operation, site in site.operands[0].values.map { body(operation, $0) } }
  }
}
