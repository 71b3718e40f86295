import Training

extension RunRecord {
  /// The file of the parameters that a run began with.
  package struct BeginningWeights: Codable, Equatable, Sendable {
    /// Where it was found.
    package let path: String
    /// SHA-256 of its bytes.
    package let digest: String

    init?(_ weights: InitialWeights?) {
      guard let weights else { return nil }
      (path, digest) = (weights.path, weights.digest)
    }

    /// Refuses another file than this, where a run begins anew (65).
    func compare(_ weights: InitialWeights?) throws(RunError) {
      guard let weights, weights.digest != digest else { return }
      throw RunError(
        "\(weights.path) does not have the parameters that the run began with (SHA-256 \(digest.prefix(12))..., now "
          + "\(weights.digest.prefix(12))...)",
        remedy: "put that file back, or begin a new run", exitCode: 65)
    }
  }
}
