import Compute

/// Parameters that a run begins with in place of drawn ones.
package struct InitialWeights: Sendable {
  /// The values of a variable.
  struct Values: Sendable {
    let variable: Variable
    let values: [Float]
  }

  /// The file they are from.
  package let path: String
  /// The SHA-256 of its bytes.
  package let digest: String
  private let values: [Values]

  init(path: String, digest: String, values: [Values]) {
    (self.path, self.digest, self.values) = (path, digest, values)
  }

  /// Writes them over the drawn ones.
  func write(to state: State) {
    for entry in values { state.buffer(entry.variable).write(entry.values) }
  }
}
