import CCrypto

/// SHA-256 digests, written as 64 lowercase hexadecimal digits.
package enum Digest {
  /// OpenSSL's version.
  package static var libraryVersion: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }

  /// The number of hexadecimal digits of a digest.
  package static let length = 64

  /// The SHA-256 of all the bytes.
  package static func sha256(_ bytes: [UInt8]) -> String {
    sha256(bytes[...])
  }

  /// The SHA-256 of a part of an array, say the first bytes of a file.
  package static func sha256(_ bytes: ArraySlice<UInt8>) -> String {
    var digest = [UInt8](repeating: 0, count: length / 2)
    _ = bytes.withUnsafeBytes { SHA256($0.baseAddress, $0.count, &digest) }
    return hexadecimal(digest)
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
