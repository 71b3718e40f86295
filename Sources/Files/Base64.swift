/// Bytes as text, RFC 4648.
package enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Four letters for three bytes, with `=` in place of what is missing at the end.
  package static func text(_ bytes: [UInt8]) -> String {
    let text = [UInt8](unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { buffer, count in
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let left = min(3, bytes.count - start)
        let second = left > 1 ? bytes[start + 1] : 0
        let third = left > 2 ? bytes[start + 2] : 0
        let word = Int(bytes[start]) << 16 | Int(second) << 8 | Int(third)
        for place in 0..<4 {
          buffer[count] = place <= left ? letters[word >> (18 - 6 * place) & 63] : UInt8(ascii: "=")
          count += 1
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
