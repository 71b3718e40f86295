/// The values of a generator's input: a latent vector, then one-hot vectors of categorical codes, then continuous codes.
package struct InputParts: Sendable, Equatable {
  /// Values of the latent vector.
  package let latent: Int
  /// Whether these are normal values; else they are uniform in (-1, 1).
  package let isNormal: Bool
  /// The values that each categorical code has.
  package let categorical: [Int]
  /// Continuous codes, in (-1, 1).
  package let continuous: Int

  /// All values.
  package var count: Int { latent + categorical.reduce(0, +) + continuous }
  /// The codes of both kinds.
  package var codes: Int { categorical.count + continuous }
  /// The values of a code, counted from 0, categorical ones first.
  package func range(ofCode code: Int) -> Range<Int> {
    if code < categorical.count {
      let start = latent + categorical.prefix(code).reduce(0, +)
      return start..<(start + categorical[code])
    }
    let start = latent + categorical.reduce(0, +) + code - categorical.count
    return start..<(start + 1)
  }
}
