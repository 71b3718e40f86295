/// Arrays as `numpy.save` writes them: version 1.0, little-endian, row-major.
package enum NPYFile {
  /// The file of an array of Floats; its values are as many as its shape says.
  package static func bytes(_ values: [Float], shape: [Int]) -> [UInt8] {
    header("<f4", shape) + littleEndian(values.lazy.map(\.bitPattern))
  }

  /// The file of an array of integers.
  package static func bytes(_ values: [Int64], shape: [Int]) -> [UInt8] {
    header("<i8", shape) + littleEndian(values)
  }

  private static func littleEndian<Numbers: Sequence>(_ numbers: Numbers) -> [UInt8]
  where Numbers.Element: FixedWidthInteger {
    var bytes: [UInt8] = []
    for number in numbers {
      for place in stride(from: 0, to: Numbers.Element.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> Numbers.Element(place)))
      }
    }
    return bytes
  }

  /// What stands before the numbers: magic, version, length, and a Python dictionary that ends with a line feed at a
  /// multiple of 64 bytes.
  private static func header(_ type: String, _ shape: [Int]) -> [UInt8] {
    let axes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(axes)), }"
    while (10 + text.utf8.count + 1) % 64 != 0 { text += " " }
    text += "\n"
    let length = text.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)] + Array(text.utf8)
  }
}
