import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Files that are not as large as memory, not as long as they were, or no files at all.
@Suite struct FileReadingTests {
  /// A file without content of any length, which takes no room on the disk.
  private func sparse(_ folder: TemporaryFolder, _ name: String, _ length: Int, beginning: [UInt8] = []) throws {
    try folder.put(beginning, into: name)
    try #require(truncate(folder(name), length) == 0)
  }

  private func header(_ shape: String, type: String = "<f4", isColumnMajor: Bool = false) -> [UInt8] {
    let order = isColumnMajor ? "True" : "False"
    let header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
  }

  @Test(arguments: [
    ("csv", "path: \"NAME\"", "path"), ("image_folder", "path: \"FOLDER\", size: 8", "path"),
  ])
  func `a file that memory does not hold is refused before it is read`(
    name: String, fields: String, field: String
  ) throws {
    let folder = try TemporaryFolder()
    // A compressed table: of another only a line is in memory.
    try sparse(folder, "a.png", 8 << 40, beginning: name == "csv" ? [0x1f, 0x8b, 8] : [])
    var location = DataLocation.standard()
    location.memory = 3 << 29
    let fields = fields.replacingOccurrences(of: "NAME", with: folder("a.png"))
      .replacingOccurrences(of: "FOLDER", with: folder.path)
    let error = try refusal(name, fields, from: location)
    #expect(error.headline == "\(folder("a.png")): it has 8.0 TiB, but there are 1.5 GiB of memory for data")
    #expect(error.remedy == "use fewer data, or a machine with more memory")
    #expect(error.field == field)
    #expect(error.exitCode == 65)
  }

  @Test func `a line of a table that is no sample's is refused when so much of it was read`() throws {
    let folder = try TemporaryFolder()
    try sparse(folder, "a.csv", 8 << 40, beginning: Array("1,2\n3,4\n".utf8))
    let error = try refusal("csv", "path: \"\(folder("a.csv"))\"")
    #expect(error.headline == "\(folder("a.csv")): line 3 is longer than 64 MiB")
    #expect(error.remedy == "give a table with a line for each sample")
  }

  @Test func `an IDX file's header is compared with its length before anything is read`() throws {
    let folder = try TemporaryFolder()
    let shape: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28]
    try sparse(folder, "a", 8 << 40, beginning: shape)
    #expect(
      try refusal("idx", "images: \"\(folder("a"))\"").headline
        == "\(folder("a")): its axes [2, 28, 28] ask for 1568 values, but it has \((8 << 40) - 16)")
    let large: [UInt8] = [0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 128, 0, 0, 0, 16, 0]
    try sparse(folder, "b", 16 + 1 << 43, beginning: large)
    let (dataset, _) = try dataset("idx", "images: \"\(folder("b"))\"")
    #expect(throws: DataError.self) { try dataset.load(from: .standard(), seed: 0) }
  }

  @Test(arguments: [false, true])
  func `of an array larger than memory only the samples that are wanted are read`(isColumnMajor: Bool) throws {
    let folder = try TemporaryFolder()
    let count = 43 << 27
    try sparse(
      folder, "a.npy", 128 + 8 * count, beginning: header("(\(count), 2)", isColumnMajor: isColumnMajor))
    let handle = try #require(FileHandle(forWritingAtPath: folder("a.npy")))
    // The second number of sample 1.
    try handle.seek(toOffset: UInt64(128 + (isColumnMajor ? 4 * (count + 1) : 12)))
    try handle.write(contentsOf: [0, 0, 0x80, 0x3f])
    try handle.close()
    var location = DataLocation.standard()
    location.memory = 1 << 20
    let fields = "path: \"\(folder("a.npy"))\""
    let table = try loaded("npy", fields + ", subset: 3", from: location)
    #expect((0..<3).map { table.values(of: $0) } == [[0, 0], [0, 1], [0, 0]])
    // Where the numbers lie in columns, the file is in memory as a whole beside them.
    for (more, size) in [("", isColumnMajor ? 86 : 43), (", subset: 3, scaling: minmax", isColumnMajor ? 172 : 129)] {
      #expect(
        try refusal("npy", fields + more, from: location).headline
          == "\(folder("a.npy")): its numbers take \(size) GiB, but there are 1.0 MiB of memory for data")
    }
  }

  @Test(arguments: ["column-major", "little-f4", "u1", "column-major-u1"])
  func `a subset of an array is the beginning of the whole`(name: String) throws {
    for scaling in ["auto", "standard"] {
      let fields = "path: \"\(Fixture.path(name)).npy\", scaling: \(scaling)"
      let (whole, part) = (try loaded("npy", fields), try loaded("npy", fields + ", subset: 3"))
      #expect(part.count == 3)
      for sample in 0..<3 { #expect(part.values(of: sample) == whole.values(of: sample)) }
    }
  }

  @Test func `a table's numbers are refused before there is room made for them`() throws {
    let folder = try TemporaryFolder()
    try folder.put(String(repeating: "1,2,3,4\n", count: 20_000), into: "a.csv")
    var location = DataLocation.standard()
    location.memory = 300_000
    #expect(
      try refusal("csv", "path: \"\(folder("a.csv"))\"", from: location).headline
        == "\(folder("a.csv")): its numbers take 313 KiB, but there are 293 KiB of memory for data")
  }

  @Test func `a file that becomes shorter or longer while it is read is noticed`() throws {
    let folder = try TemporaryFolder()
    try folder.put([1, 2, 3, 4, 5], into: "a")
    let file = try OpenedFile(RawPath(folder("a")))
    let part = try file.bytes(1..<3, limit: 2)
    #expect(part == [2, 3])
    try file.requireSameSize()
    var failures: [ReadFailure] = []
    do throws(ReadFailure) { _ = try file.bytes(0..<5, limit: 4) } catch { failures.append(error) }
    try #require(truncate(folder("a"), 9) == 0)
    do throws(ReadFailure) { try file.requireSameSize() } catch { failures.append(error) }
    try #require(truncate(folder("a"), 2) == 0)
    do throws(ReadFailure) { _ = try file.bytes(0..<5, limit: 5) } catch { failures.append(error) }
    #expect(failures == [.tooLarge(size: 5, room: 4), .changed(from: 5, to: 9), .changed(from: 5, to: 2)])
  }

  @Test(arguments: ["csv", "npy", "idx"])
  func `what is no file is named as what it is`(name: String) throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    try FileManager.default.createDirectory(atPath: folder("folder"), withIntermediateDirectories: false)
    let field = name == "idx" ? "images" : "path"
    for (path, kind) in [(folder("pipe"), "pipe"), (folder("folder"), "folder"), ("/dev/zero", "device")] {
      let error = try refusal(name, "\(field): \"\(path)\"")
      #expect(error.headline == "\(path) is a \(kind), but a file is wanted")
      #expect(error.remedy == "give the path of a file")
      #expect(error.field == field)
    }
  }
}
