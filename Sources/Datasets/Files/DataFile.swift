import Files

/// A file of data whose mistakes are told with its path.
struct DataFile {
  /// Where it lies.
  let path: RawPath
  /// The field of the dataset that names it.
  var field: String?
  /// What to do where its content is wrong.
  var remedy: String
  /// The bytes of memory that its content may take; what is compressed cannot claim more.
  var room: Int

  /// A file and, in bytes, the memory that the location's data may take.
  init(_ path: RawPath, field: String? = nil, remedy: String, in location: DataLocation) {
    self.path = path
    self.field = field
    self.remedy = remedy
    room = location.memory
  }

  /// The same for a path that is a text.
  init(_ path: String, field: String? = nil, remedy: String, in location: DataLocation) {
    self.init(RawPath(path), field: field, remedy: remedy, in: location)
  }

  /// The bytes as they lie on the disk.
  func bytes() throws(DataError) -> [UInt8] {
    try reading { file throws(ReadFailure) in
      let bytes = try file.bytes(0..<file.size, limit: room)
      try file.requireSameSize()
      return bytes
    }
  }

  /// The first bytes, as many as there are up to a number, and the length of the whole file.
  func beginning(_ count: Int) throws(DataError) -> (bytes: [UInt8], length: Int) {
    try reading { file throws(ReadFailure) in
      (try file.bytes(0..<min(count, file.size), limit: room), file.size)
    }
  }

  /// The bytes of some ranges, one behind the other, of a file that has the length which an earlier look found.
  func bytes(of ranges: [Range<Int>], length: Int) throws(DataError) -> [UInt8] {
    try reading { file throws(ReadFailure) in
      guard file.size == length else { throw .changed(from: length, to: file.size) }
      if ranges.count == 1 { return try file.bytes(ranges[0], limit: room) }
      let size = ranges.reduce(0) { $0 + $1.count }
      guard size <= room, MemoryRoom.isGranted(size) else { throw .tooLarge(size: size, room: room) }
      var all: [UInt8] = []
      all.reserveCapacity(size)
      for range in ranges { all += try file.bytes(range, limit: room) }
      return all
    }
  }

  /// The bytes, decompressed where gzip compressed them.
  func content(limit: Int = Gunzip.longest) throws(DataError) -> [UInt8] {
    let bytes = try bytes()
    guard Gunzip.isCompressed(bytes) else { return bytes }
    return try parsing { () throws(FormatError) in try Gunzip.decompress(bytes, limit: min(limit, room)) }
  }

  /// Bytes of memory at most while `content` is read: of a compressed file, its own and those that it becomes.
  func contentFootprint() throws(DataError) -> Int {
    try reading { file throws(ReadFailure) in
      let beginning = try file.bytes(0..<min(2, file.size), limit: room)
      guard Gunzip.isCompressed(beginning), file.size >= 4 else { return file.size }
      let end = try file.bytes((file.size - 4)..<file.size, limit: room)
      return file.size + Gunzip.length(endingWith: end, of: file.size)
    }
  }

  /// What a reader makes of the file's text, which is only in memory as a whole where it is compressed.
  func parsingText<Result>(_ read: (TextSource) throws(FormatError) -> Result) throws(DataError) -> Result {
    let source: TextSource
    if Gunzip.isCompressed(try beginning(2).bytes) {
      source = TextSource(try content())
    } else {
      do {
        source = TextSource(try OpenedFile(path))
      } catch {
        throw told(error)
      }
    }
    do {
      return try parsing { () throws(FormatError) in
        let result = try read(source)
        try source.requireSameSize()
        return result
      }
    } catch {
      throw source.failure.map(told) ?? error
    }
  }

  /// Throws where there is no memory for so many numbers, each of which takes some bytes until it is scaled.
  func requireRoom(for count: Int, bytesEach: Int) throws(DataError) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: bytesEach)
    guard !overflow, bytes <= room, MemoryRoom.isGranted(bytes) else {
      throw DataError(
        .unfit,
        "\(path): its numbers take \(ByteCount.text(overflow ? .max : bytes)), but there are \(ByteCount.text(room)) of "
          + "memory for data", remedy: DataFile.smaller, at: field)
    }
  }

  /// What a reader makes of the file, with its complaints told as this file's.
  func parsing<Result>(_ read: () throws(FormatError) -> Result) throws(DataError) -> Result {
    do {
      return try read()
    } catch {
      throw told(error)
    }
  }

  /// The same for what is given away to the reader, which can then change it where it lies.
  func parsing<Content, Result>(
    _ content: consuming Content, _ read: (consuming Content) throws(FormatError) -> Result
  ) throws(DataError) -> Result {
    do {
      return try read(content)
    } catch {
      throw told(error)
    }
  }

  /// The content is not what it should be.
  func damaged(_ problem: String, remedy own: String? = nil) -> DataError {
    DataError(.damaged, "\(path): \(problem)", remedy: own ?? remedy, at: field)
  }

  private static let smaller = "use fewer data, or a machine with more memory"

  private func reading<Result>(
    _ read: (borrowing OpenedFile) throws(ReadFailure) -> Result
  ) throws(DataError) -> Result {
    do {
      return try read(OpenedFile(path))
    } catch {
      throw told(error)
    }
  }

  private func told(_ error: FormatError) -> DataError {
    DataError(.damaged, "\(path): \(error.problem)", remedy: error.remedy ?? remedy, at: error.field ?? field)
  }

  private func told(_ failure: ReadFailure) -> DataError {
    switch failure {
    case .refused(let error):
      DataError(
        .unreadable, "\(path): cannot read it: \(error.meaning)", remedy: "make the file readable for this user",
        at: field)
    case .notFile(let kind):
      DataError(
        .unfit, "\(path) is a \(kind.rawValue), but a file is wanted", remedy: "give the path of a file", at: field)
    case .tooLarge(let size, let room):
      DataError(
        .unfit, "\(path): it has \(ByteCount.text(size)), but there are \(ByteCount.text(room)) of memory for data",
        remedy: DataFile.smaller, at: field)
    case .changed(let old, let new):
      DataError(
        .damaged, "\(path): it changed while it was read: it had \(old) bytes, then \(new)",
        remedy: "run the same command again when nothing writes to it", at: field)
    }
  }
}
