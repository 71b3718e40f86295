/// Records as TensorFlow keeps them one after another in a file.
///
/// A record is its length in 8 bytes, the masked CRC-32C of these, its bytes, and the masked CRC-32C of those; numbers are
/// little-endian. A checksum c is masked as `(c >> 15 | c << 17) + 0xa282ead8`, so that checksums of records within records differ.
package enum TFRecord {
  /// A record with what stands around it.
  package static func framed(_ record: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(record.count))
    return length + littleEndian(masked(length)) + record + littleEndian(masked(record))
  }

  /// The records of a file up to the first that is torn or damaged.
  package static func whole(in bytes: [UInt8]) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var start = 0
    while bytes.count - start >= 12 {
      let length = bytes[start..<(start + 8)]
      let count = number(length)
      guard littleEndian(masked(length)).elementsEqual(bytes[(start + 8)..<(start + 12)]),
        count <= bytes.count - start - 16
      else { break }
      let record = bytes[(start + 12)..<(start + 12 + Int(count))]
      guard littleEndian(masked(record)).elementsEqual(bytes[record.endIndex..<(record.endIndex + 4)]) else { break }
      records.append(Array(record))
      start = record.endIndex + 4
    }
    return records
  }

  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let checksum = CRC32C.of(bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> Number($0)) }
  }
}
