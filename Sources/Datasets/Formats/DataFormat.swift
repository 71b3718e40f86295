import Files

/// The formats of data files by name, each read as a whole: what fuzzing and the replay of its seeds call.
///
/// Any bytes are read, or refused by a `FormatError`; what a reader promises of its result is a precondition here.
package enum DataFormat: String, CaseIterable, Sendable {
  case idx, gzip, npy, numbers, png, jpeg, tar, zip

  /// Reads the bytes of a file.
  package func read(_ bytes: [UInt8]) throws(FormatError) {
    switch self {
    case .idx:
      let file = try IDX(parsing: bytes)
      precondition(file.bytes.count == file.shape.reduce(1, *))
    case .gzip: _ = try Gunzip.decompress(bytes)
    case .npy:
      let file = try NPY(parsing: bytes)
      for index in 0..<file.header.count { _ = file.value(at: index) }
    case .numbers: try DataFormat.readNumbers(bytes)
    case .png: try DataFormat.readPNG(bytes)
    case .jpeg:
      let picture = try JPEG.decode(bytes)
      precondition(picture.pixels.count == picture.width * picture.height * picture.channels)
    case .tar:
      for file in try Archive.tar.files(in: bytes, where: { _ in true }) {
        precondition(file.bytes.count <= bytes.count)
      }
    case .zip: _ = try Archive.zip.files(in: bytes) { _ in true }
    }
  }

  /// Bytes of memory that a table may take.
  private static let room = 1 << 30

  /// Numbers in rows: the length of the file chooses the delimiter, so that all are tried.
  private static func readNumbers(_ bytes: [UInt8]) throws(FormatError) {
    let delimiters = CellReader.Delimiter.allCases
    var reading = NumberTable.Reading(delimiter: delimiters[bytes.count % delimiters.count])
    let table = try NumberTable(parsing: TextSource(bytes), reading, keepsValues: true, room: room)
    precondition(table.values.count == table.count * table.width)
    reading.header = .absent
    reading.columns = [.integer(1)]
    reading.label = .integer(2)
    _ = try NumberTable(parsing: TextSource(bytes), reading, keepsValues: true, room: room)
  }

  /// A PNG; what it holds is written, and read again as the same picture.
  private static func readPNG(_ bytes: [UInt8]) throws(FormatError) {
    let picture = try PNG(decoding: bytes)
    precondition(picture.pixels.count == picture.width * picture.height * picture.color.rawValue)
    guard picture.pixels.count < 1 << 16 else { return }
    let again = (try? picture.encoded()).flatMap { try? PNG(decoding: $0) }
    precondition(again == picture, "written, it is another picture")
  }
}
