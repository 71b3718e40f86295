import CCrypto

/// The SHA-256 of what is given piece by piece.
///
/// One owner adds to it; so it may go from thread to thread with its owner.
package struct DigestStream: ~Copyable, @unchecked Sendable {
  private let context: OpaquePointer

  /// Begins with nothing.
  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("OpenSSL has no memory for a digest")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// The digest of all that was added so far; more can be added afterwards.
  package var current: String {
    let copy = DigestStream()
    guard EVP_MD_CTX_copy_ex(copy.context, context) == 1 else {
      preconditionFailure("OpenSSL has no memory for a digest")
    }
    return copy.finish()
  }

  /// Adds bytes.
  package func add(_ bytes: UnsafeRawBufferPointer) { _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  /// Adds the values of an array as they lie in memory.
  package func add<Value: BitwiseCopyable>(_ values: [Value]) { add(values[...]) }

  /// Adds the values of a part of an array as they lie in memory.
  package func add<Value: BitwiseCopyable>(_ values: ArraySlice<Value>) {
    values.withUnsafeBytes { add($0) }
  }

  /// The digest of all that was added, as 64 lowercase hexadecimal digits.
  package consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Digest.length / 2)
    _ = EVP_DigestFinal_ex(context, &digest, nil)
    return Digest.hexadecimal(digest)
  }
}
