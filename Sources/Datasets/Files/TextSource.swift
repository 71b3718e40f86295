import Files

/// A text that its reader gets piece by piece: of a file, or of bytes that are in memory as a whole.
///
/// That a piece cannot be read is told with the file's name by who opened it, from `failure`; the reader only stops.
final class TextSource {
  /// The bytes that are in memory from the beginning; none of a file.
  let present: [UInt8]
  private let file: File?
  /// Why a piece could not be read.
  private(set) var failure: ReadFailure?

  /// A text in memory.
  init(_ text: [UInt8]) {
    present = text
    file = nil
  }

  /// A text in a file.
  init(_ file: consuming OpenedFile) {
    present = []
    self.file = File(file)
  }

  /// The bytes of the file from a place on, so many at most; none at its end.
  func bytes(from place: Int, count: Int) throws(FormatError) -> [UInt8] {
    try attempt { () throws(ReadFailure) in
      guard let file, place < file.opened.size else { return [] }
      return try file.opened.bytes(place..<min(place + count, file.opened.size), limit: .max)
    }
  }

  /// The number of line ends.
  func lineEnds() throws(FormatError) -> Int {
    var count = present.count { $0 == 0x0a }
    var place = 0
    while true {
      let part = try bytes(from: place, count: CellReader.pieceLength)
      if part.isEmpty { return count }
      count += part.count { $0 == 0x0a }
      place += part.count
    }
  }

  /// Throws where the file became longer or shorter while it was read.
  func requireSameSize() throws(FormatError) {
    try attempt { () throws(ReadFailure) in try file?.opened.requireSameSize() }
  }

  private func attempt<Result>(_ body: () throws(ReadFailure) -> Result) throws(FormatError) -> Result {
    do throws(ReadFailure) {
      return try body()
    } catch {
      failure = error
      throw FormatError("it cannot be read")
    }
  }

  /// A place for the open file, which cannot be copied, in a property that may be empty.
  private final class File {
    let opened: OpenedFile

    init(_ file: consuming OpenedFile) {
      opened = file
    }
  }
}
