import Files

/// Where the world finds a dataset, and on which terms.
package struct Publication: Sendable {
  /// A file that can be downloaded.
  package struct File: Sendable {
    /// Its name, also in the folder that it is put into.
    package let name: String
    /// Where it lies.
    package let address: String
    /// The SHA-256 of its bytes as they are published.
    package let digest: String
    /// The SHA-256 of what gzip compressed, where it is known; then it may be compressed anew.
    package let contentDigest: String?
    /// What is taken out of it; empty for a file that is used as it is.
    package let members: [String]

    package init(
      _ name: String, at address: String, digest: String, contentDigest: String? = nil, members: [String] = []
    ) {
      self.name = name
      self.address = address
      self.digest = digest
      self.contentDigest = contentDigest
      self.members = members
    }

    /// Whether bytes are those that were published.
    package func isMatched(by bytes: [UInt8]) -> Bool {
      if Digest.sha256(bytes) == digest { return true }
      guard let contentDigest, let content = try? Gunzip.decompress(bytes) else { return false }
      return Digest.sha256(content) == contentDigest
    }
  }

  /// The dataset's name outside of specs.
  package let title: String
  /// Who made it: a page of the web.
  package let home: String
  /// On which terms it may be used, in words.
  package let licence: String
  /// The name of the folder that its files are put into.
  package let folder: String
  /// What to download; empty for data that come another way.
  package let files: [File]

  /// Files that gzip compressed and that all lie in one place of the web.
  /// - Parameter contents: the SHA-256 of files without their ending `.gz`, decompressed, where they are known.
  static func files(
    in base: String, _ digests: KeyValuePairs<String, String>, contents: [String: String] = [:]
  ) -> [File] {
    digests.map { name, digest in
      File(name, at: base + name, digest: digest, contentDigest: contents[String(name.dropLast(3))])
    }
  }
}
