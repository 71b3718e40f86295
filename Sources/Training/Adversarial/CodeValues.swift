import Compute

/// The codes of a batch.
struct CodeValues {
  /// The sizes of the categorical codes, with the index of each sample, [N, 1].
  private(set) var categorical: [(size: Int, indices: Tensor)]
  /// The continuous codes, [N, count]; nil where there are none.
  private(set) var continuous: Tensor?

  /// Draws codes from `codes/categorical/N/STREAM` and `codes/continuous/STREAM`.
  init(_ codes: Codes, count: Int, stream: String, in graph: GraphBuilder) {
    categorical = []
    for (number, size) in codes.categorical.enumerated() {
      let indices = graph.indices([count, 1], below: size, stream: "codes/categorical/\(number)/\(stream)")
      categorical.append((size, indices))
    }
    if codes.continuous > 0 {
      continuous = 2 * graph.uniform([count, codes.continuous], stream: "codes/continuous/\(stream)") - 1
    }
  }

  /// The same codes after a change of each array of them.
  func map(_ body: (Tensor) -> Tensor) -> CodeValues {
    var changed = self
    changed.categorical = categorical.map { ($0.size, body($0.indices)) }
    changed.continuous = continuous.map(body)
    return changed
  }

  /// The same codes with other indices of the first categorical one.
  func replacingFirst(by indices: Tensor) -> CodeValues {
    guard !categorical.isEmpty else { return self }
    var changed = self
    changed.categorical[0].indices = indices
    return changed
  }

  /// Latent vectors with the codes behind them: one-hot vectors, then continuous values.
  func joined(to latent: Tensor) -> Tensor {
    var parts = [latent]
    for (size, indices) in categorical { parts.append(indices.oneHot(classes: size)) }
    if let continuous { parts.append(continuous) }
    return latent.graph.concatenate(parts)
  }
}
