import Networks
import Specs

extension Fields {
  /// Reads k, the number of neighbours to which the ball of a sample reaches.
  mutating func neighbours(default standard: Int) -> Int {
    integer(
      FieldName("k", alsoCalled: ["neighbors", "num_neighbors", "nearest_k"]), in: 1...100, default: standard,
      "the neighbours that the ball of a sample reaches to")
  }
}
