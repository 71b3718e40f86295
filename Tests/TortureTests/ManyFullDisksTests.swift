import Foundation
import TestSupport
import Testing

/// Groups and sweeps on disks of every size that is too small for them.
@Suite(.serialized, .enabled("no file system may be mounted here") { SmallDisk.isPossible })
struct ManyFullDisksTests {
  /// Kibibytes between the sizes of disks, a page.
  private static let page = 4

  /// The runs that are complete, with what their records say.
  private static func complete(_ runs: String) throws -> [String: [UInt8]] {
    var records: [String: [UInt8]] = [:]
    for path in Bytes.tree(runs) where path.hasSuffix("/run.json") {
      let bytes = (try? Bytes.read("\(runs)/\(path)")) ?? []
      if String(decoding: bytes, as: UTF8.self).contains("\"status\" : \"complete\"") { records[path] = bytes }
    }
    return records
  }

  /// What is wrong with how a command ended whose disk was full.
  private static func judge(_ end: Command.Outcome) -> [String] {
    if let trap = end.trap { return ["\(trap): \(end.text)"] }
    guard end.status != 0 else { return [] }
    var problems: [String] = []
    if end.status != 74 { problems.append("the wrong \(end.text)") }
    if !end.errors.contains("No space left on device") { problems.append("the reason is not told: \(end.text)") }
    if end.errors.split(separator: "\n").last?.hasPrefix("  ") != true { problems.append("no remedy: \(end.text)") }
    return problems
  }

  @Test func `a disk that fills up is told of, and with room on it the same command ends in the same bytes`() throws {
    var cases: [Torture] = []
    for scenario in ManyRuns.all(epochs: 8) {
      let expected = try scenario.evidence(jobs: 2)
      // Every file takes whole pages, and its next version lies beside it for a moment.
      let need = expected.files.values.reduce(0) { $0 + $1.count / 4096 + 1 } + 3 * expected.files.count / 2
      cases += stride(from: 2, through: need, by: max(1, need / 60)).map { pages in
        let size = pages * ManyFullDisksTests.page
        return Torture("\(scenario.name) on a disk of \(size) KiB") { workspace in
          try scenario.prepare(workspace)
          let disk = try SmallDisk(kibibytes: size)
          let command = scenario.arguments + ["--jobs", "2", "--runs", disk.folder.path]
          let end = try workspace.gan(command)
          var problems = ManyFullDisksTests.judge(end)
          let before = try ManyFullDisksTests.complete(disk.folder.path)
          try disk.resize(kibibytes: 1 << 16)
          let again = try workspace.gan(command)
          if again.status != 0 { problems.append("with room on the disk: \(again.text)") }
          let after = try ManyFullDisksTests.complete(disk.folder.path)
          problems += before.filter { after[$0.key] != $0.value }.keys.sorted().map { "\($0) was trained again" }
          return problems + (try expected.differences(ManyRuns.Outcome(disk.folder.path)))
        }
      }
    }
    Torture.inflict("full disks under groups and sweeps", cases, short: 10)
  }
}
