/// The header of a `.safetensors` file: what lies where in the buffer behind it.
package struct SafetensorsHeader: Sendable {
  /// One tensor, and the bytes of the buffer that are its own.
  package struct Entry: Equatable, Sendable {
    /// The name, unique in its file.
    package let name: String
    /// What its numbers are stored as.
    package let element: SafetensorsElement
    /// The lengths of the axes; none for a single number.
    package let shape: [Int]
    /// Its place in the buffer.
    let range: Range<Int>

    /// The number of numbers.
    package var count: Int { shape.reduce(1, *) }
  }

  /// The key of the texts about the tensors, which no tensor may have.
  static let metadataKey = "__metadata__"

  /// Texts by their keys.
  let metadata: [String: String]
  /// The tensors in the order of their bytes, without gaps between them.
  let entries: [Entry]

  /// The number of bytes of all tensors.
  var bufferLength: Int { entries.last?.range.upperBound ?? 0 }

  /// The header that a file with this content needs.
  init(describing file: Safetensors) throws(FormatError) {
    guard file.metadata[SafetensorsHeader.digestKey] == nil else {
      throw FormatError("the metadata key \(SafetensorsHeader.digestKey) is reserved")
    }
    var names: Set = [SafetensorsHeader.metadataKey]
    var entries: [Entry] = []
    for tensor in file.tensors {
      guard names.insert(tensor.name).inserted else {
        throw FormatError("the tensor name \(tensor.name) is reserved or used twice")
      }
      let start = entries.last?.range.upperBound ?? 0
      let (end, overflow) = start.addingReportingOverflow(tensor.values.count * tensor.values.element.bits / 8)
      guard !overflow else { throw FormatError("tensor \(tensor.name) ends beyond any file") }
      entries.append(try Entry(tensor.name, tensor.values.element, tensor.shape, start..<end))
    }
    try self.init(metadata: file.metadata, entries: entries)
  }

  /// Takes tensors in any order, which must fill a buffer from its first byte on.
  init(metadata: [String: String], entries: [Entry]) throws(FormatError) {
    self.metadata = metadata
    self.entries = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in self.entries {
      guard entry.range.lowerBound == end else {
        throw FormatError("tensor \(entry.name) does not begin where the one before it ends")
      }
      end = entry.range.upperBound
    }
  }
}

extension SafetensorsHeader.Entry {
  /// Throws where the shape does not need just the bytes that there are.
  init(
    _ name: String, _ element: SafetensorsElement, _ shape: [Int], _ range: Range<Int>
  ) throws(FormatError) {
    var (count, isTooLong) = (1, false)
    for axis in shape {
      (count, isTooLong) = count.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !isTooLong else { throw Self.impossible(name, shape) }
    }
    // Eight numbers take as many bytes as one has bits.
    let (bytes, overflow) = (count / 8).multipliedReportingOverflow(by: element.bits)
    let rest = count % 8 * element.bits
    let (length, isBeyond) = bytes.addingReportingOverflow(rest / 8)
    guard !overflow, !isBeyond else { throw Self.impossible(name, shape) }
    guard rest.isMultiple(of: 8) else {
      throw FormatError("tensor \(name) of shape \(shape) and dtype \(element.rawValue) ends within a byte")
    }
    guard length == range.count else {
      throw FormatError("tensor \(name) of shape \(shape) needs \(length) bytes, but has \(range.count)")
    }
    (self.name, self.element, self.shape, self.range) = (name, element, shape, range)
  }

  private static func impossible(_ name: String, _ shape: [Int]) -> FormatError {
    FormatError("tensor \(name) has the impossible shape \(shape)")
  }
}
