/// A file of data whose mistakes are told with its path.
struct DataFile {
  /// Where it lies.
  let path: String
  /// The field of the dataset that names it.
  var field: String?
  /// What to do where its content is wrong.
  var remedy: String

  /// Room for the content of any file that memory holds; a compressed one cannot claim more.
  static let limit = 1 << 36

  /// The bytes as they lie on the disk.
  func bytes() throws(DataError) -> [UInt8] {
    do {
      return try FileBytes.read(path)
    } catch {
      throw unreadable(error)
    }
  }

  /// The first bytes, as many as there are up to a number, and the length of the whole file.
  func beginning(_ count: Int) throws(DataError) -> (bytes: [UInt8], length: Int) {
    do {
      return try FileBytes.read(path, first: count)
    } catch {
      throw unreadable(error)
    }
  }

  /// The bytes, decompressed where gzip compressed them.
  func content(limit: Int = DataFile.limit) throws(DataError) -> [UInt8] {
    let bytes = try bytes()
    guard Gunzip.isCompressed(bytes) else { return bytes }
    return try parsing { () throws(FormatError) in try Gunzip.decompress(bytes, limit: limit) }
  }

  /// What a reader makes of the file, with its complaints told as this file's.
  func parsing<Result>(_ read: () throws(FormatError) -> Result) throws(DataError) -> Result {
    do {
      return try read()
    } catch {
      throw damaged(error.problem)
    }
  }

  /// The content is not what it should be.
  func damaged(_ problem: String) -> DataError {
    DataError(.damaged, "\(path): \(problem)", remedy: remedy, at: field)
  }

  private func unreadable(_ error: SystemError) -> DataError {
    DataError(
      .unreadable, "\(path): cannot read it: \(error.meaning)", remedy: "make the file readable for this user",
      at: field)
  }
}
