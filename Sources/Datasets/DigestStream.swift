import CCrypto

/// The SHA-256 of what is given piece by piece.
public struct DigestStream: ~Copyable {
  private let context: OpaquePointer

  /// Begins with nothing.
  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("OpenSSL has no memory for a digest")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds the values of an array as they lie in memory.
  public func add<Value: BitwiseCopyable>(_ values: [Value]) { add(values[...]) }

  /// Adds the values of a part of an array as they lie in memory.
  public func add<Value: BitwiseCopyable>(_ values: ArraySlice<Value>) {
    values.withUnsafeBytes { bytes in
      _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }
  }

  /// The digest of all that was added, as 64 lowercase hexadecimal digits.
  public consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Digest.length / 2)
    _ = EVP_DigestFinal_ex(context, &digest, nil)
    return Digest.hexadecimal(digest)
  }
}
