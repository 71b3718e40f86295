import Files

/// An array of bytes in the format of the MNIST files.
///
/// A file has two zero bytes, the type of its values (8: bytes; no other is read), the number of axes, the length
/// of each axis as four bytes (big-endian), and then the values with the last axis running fastest.
package struct IDX: Equatable, Sendable {
  /// The lengths of the axes, such as [60000, 28, 28].
  package let shape: [Int]
  /// The values, as many as the product of the shape.
  package let bytes: [UInt8]

  /// What stands before the values.
  struct Header: Equatable, Sendable {
    let shape: [Int]
    /// Where the values begin.
    let start: Int

    /// No header is longer: that of 255 axes.
    static let longest = 4 + 4 * 255

    /// Reads the beginning of a file of a length, which must be exactly the one that the axes ask for.
    init(parsing bytes: [UInt8], fileLength: Int) throws(FormatError) {
      guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else {
        throw FormatError("it does not begin like an IDX file")
      }
      guard bytes[2] == 8 else {
        throw FormatError("its values have the IDX type \(bytes[2]), but only bytes (type 8) are read")
      }
      start = 4 + 4 * Int(bytes[3])
      guard bytes.count >= start else { throw FormatError("it ends within the lengths of its axes") }
      shape = stride(from: 4, to: start, by: 4).map { offset in
        bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
      }
      var size = 1
      // First the axes that are none of 0, so that the product of no part of them overflows.
      for axis in shape where axis > 0 {
        let (product, overflow) = size.multipliedReportingOverflow(by: axis)
        guard !overflow else { throw FormatError("its axes \(shape) are longer than any file") }
        size = product
      }
      if shape.contains(0) { size = 0 }
      guard fileLength - start == size else {
        throw FormatError("its axes \(shape) ask for \(size) values, but it has \(fileLength - start)")
      }
    }
  }

  /// Takes values for axes, of which there are as many as these ask for.
  init(shape: [Int], bytes: [UInt8]) {
    self.shape = shape
    self.bytes = bytes
  }

  /// Reads the uncompressed bytes of a file, which must have exactly the length that its axes ask for.
  package init(parsing file: consuming [UInt8]) throws(FormatError) {
    var bytes = file
    let header = try Header(parsing: bytes, fileLength: bytes.count)
    bytes.removeFirst(header.start)
    self.init(shape: header.shape, bytes: bytes)
  }
}
