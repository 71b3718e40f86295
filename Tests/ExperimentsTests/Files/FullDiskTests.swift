import Files
import Foundation
import TestSupport
import Testing

@Suite struct FullDiskTests {
  @Test(.enabled("no tmpfs may be mounted here") { SmallDisk.isPossible })
  func `a full disk keeps the old file and the rows that wait`() throws {
    let disk = try SmallDisk(kibibytes: 64)
    let path = disk.folder("checkpoint")
    try DurableFile.replace(path, with: [1, 2, 3])
    var table = try CSVFile.create(disk.folder("metrics.csv"), columns: ["step"])
    let before = try table.position()
    try DurableFile.replace(disk.folder("ballast"), with: [UInt8](repeating: 0, count: 48 << 10))

    let failure = #expect(throws: FileError.self) {
      try DurableFile.replace(path, with: [UInt8](repeating: 7, count: 100_000))
    }
    #expect(failure?.cause == .diskFull)
    #expect(failure?.exitCode == 74)
    #expect(try DurableFile.read(path) == [1, 2, 3])
    #expect(disk.folder.names == ["ballast", "checkpoint", "metrics.csv"])

    do {
      for step in 0..<6000 { try table.append([.integer(step)]) }
      try table.flush()
      Issue.record("there should be no room")
    } catch {
      #expect(error.cause == .diskFull)
    }
    #expect(try DurableFile.read(disk.folder("metrics.csv")).count == before.length)

    try FileManager.default.removeItem(atPath: disk.folder("ballast"))
    try table.synchronise()
    #expect(try CSVTable(path: disk.folder("metrics.csv")).rows.count == 6000)
  }

  @Test func `a device that is always full is a full disk`() {
    do {
      _ = try CSVFile.create("/dev/full", columns: ["step"])
      Issue.record("there should be no room")
    } catch {
      #expect(error.cause == .diskFull)
      #expect(error.exitCode == 74)
    }
  }
}
