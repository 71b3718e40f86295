/// A `.safetensors` file of any program, of which only the header is in memory; its tensors are read where they are
/// wanted.
package final class SafetensorsFile: Sendable {
  /// The file.
  package let path: String
  /// Texts by their keys.
  package var metadata: [String: String] { header.metadata }
  /// The tensors in the order of their bytes.
  package var tensors: [SafetensorsHeader.Entry] { header.entries }
  let header: SafetensorsHeader
  let opened: OpenFile
  /// Where the first tensor begins.
  let start: Int

  /// Opens a file and reads its header.
  ///
  /// What is accepted is well-formed: no tensor lies outside the file or over another one, none has more or fewer bytes
  /// than its shape needs, and no memory is taken for what the file only claims to have.
  package convenience init(path: String) throws(FileError) {
    try self.init(path: path, opening: Array("{".utf8), of: "a safetensors file")
  }

  /// Opens a file whose header must begin with some bytes, as one `of` a kind does.
  init(path: String, opening: [UInt8], of kind: String) throws(FileError) {
    let file = try OpenFile.reading(path)
    let size = try file.size()
    let first = try file.bytes(in: 0..<(8 + opening.count))
    do throws(FormatError) {
      guard first.count == 8 + opening.count else {
        throw FormatError("it has only \(first.count) bytes, less than any file of this kind")
      }
      guard first[8...].elementsEqual(opening) else {
        throw FormatError("it does not begin like \(kind): it is another kind of file, or damaged")
      }
      start = 8 + (try SafetensorsFile.headerLength(first[..<8], in: size))
    } catch {
      throw FileError(path: path, damaged: error.problem, remedy: error.remedy)
    }
    let json = try file.bytes(in: 8..<start)
    do throws(FormatError) {
      header = try SafetensorsHeader(parsing: json)
      guard header.bufferLength == size - start else {
        throw FormatError("its tensors should have \(header.bufferLength) bytes, but \(size - start) follow the header")
      }
    } catch {
      throw FileError(path: path, damaged: error.problem, remedy: error.remedy)
    }
    self.path = path
    opened = file
  }

  /// The length of the header by the 8 bytes before it, in a file of a size.
  private static func headerLength(_ bytes: ArraySlice<UInt8>, in size: Int) throws(FormatError) -> Int {
    let length = bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= size - 8 else {
      throw FormatError("its header should have \(length) bytes, but the file ends before")
    }
    guard length <= SafetensorsHeader.longest else {
      throw FormatError(
        "its header has \(ByteCount.text(Int(length))), more than the \(ByteCount.text(SafetensorsHeader.longest)) that "
          + "are read",
        remedy: "save its tensors in several files")
    }
    return Int(length)
  }
}

extension SafetensorsFile {
  /// The lengths of the axes of a tensor; nil where there is none of that name.
  package func shape(of name: String) -> [Int]? { header.entries.first { $0.name == name }?.shape }

  /// The numbers of a tensor as binary32, whichever floating-point type they are stored as; nil where there is none of
  /// that name.
  package func floats(_ name: String) throws(FileError) -> [Float]? {
    guard let entry = header.entries.first(where: { $0.name == name }) else { return nil }
    guard let reading = entry.element.reading else {
      throw FileError(
        path: path, damaged: "tensor \(name) has the dtype \(entry.element.rawValue), which is not read as numbers",
        remedy: "save it as F32, F16, BF16 or F64")
    }
    let (size, overflow) = entry.count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, MemoryRoom.isGranted(size) else {
      throw FileError(
        path: path, damaged: "tensor \(name) of shape \(entry.shape) is larger than the memory has room for",
        remedy: "use a machine with more memory")
    }
    var values: [Float] = []
    values.reserveCapacity(entry.count)
    try opened.forEachPart(of: place(of: entry)) { part in
      // Of a file that became shorter the last number may be cut.
      let whole = part.count - part.count % (entry.element.bits / 8)
      values += part.withUnsafeBytes { reading(UnsafeRawBufferPointer(rebasing: $0[..<whole])) }
    }
    guard values.count == entry.count else { throw shortened }
    return values
  }

  /// The numbers of a tensor of F64; nil where there is none of that name and type.
  package func doubles(_ name: String) throws(FileError) -> [Double]? {
    guard let entry = header.entries.first(where: { $0.name == name }), entry.element == .float64 else { return nil }
    return try numbers(of: entry)
  }

  /// The numbers of a tensor as they are stored.
  func numbers<Number: BitwiseCopyable & Numeric>(of entry: SafetensorsHeader.Entry) throws(FileError) -> [Number] {
    var numbers = [Number](repeating: 0, count: entry.range.count / MemoryLayout<Number>.stride)
    var span = numbers.mutableSpan
    var raw = span.mutableBytes
    let count = try raw.withUnsafeMutableBytes { (bytes) throws(FileError) in
      try opened.read(into: bytes, at: place(of: entry).lowerBound)
    }
    guard count == entry.range.count else { throw shortened }
    return numbers
  }

  /// The place of a tensor in the file.
  func place(of entry: SafetensorsHeader.Entry) -> Range<Int> {
    (start + entry.range.lowerBound)..<(start + entry.range.upperBound)
  }

  var shortened: FileError { FileError(path: path, damaged: "it became shorter while it was read") }
}
