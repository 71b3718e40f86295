import Training

extension RunRecord {
  /// The network by whose features samples are measured.
  package struct Features: Codable, Equatable, Sendable {
    /// What columns are called for it.
    package let name: String
    /// SHA-256 of its file.
    package let digest: String

    init?(_ network: FeatureNetwork?) {
      guard let network else { return nil }
      (name, digest) = (network.name, network.digest)
    }

    /// Refuses another network than this (65).
    package func compare(_ network: FeatureNetwork?) throws(RunError) {
      guard let network, network.digest != digest else { return }
      throw RunError(
        "the feature network \(name) is not that which the run began with (SHA-256 \(digest.prefix(12))..., now "
          + "\(network.digest.prefix(12))...)",
        remedy: "put that back: values of another one are not comparable", exitCode: 65)
    }
  }
}
