import Files
import Foundation
import Runs
import TestSupport
import Testing

/// The events files of runs; `make test-interop` has them read by TensorBoard.
@Suite struct EventFileTests {
  private static let events = "events.out.tfevents.0.gan-exp"

  private static func trained(_ count: Int) throws -> RunScratch {
    let kept = RunScratch.spec.replacing("checkpoints_kept: 100", with: "checkpoints_kept: 2, tensorboard: true")
    let scratch = try RunScratch(spec: kept)
    for _ in 0..<count {
      let run = try scratch.gan("run", "small.yaml", "--quiet", "--threads", "1")
      try #require(run.status == 0, Comment(rawValue: run.errors))
    }
    return scratch
  }

  private static func bytes(_ scratch: RunScratch, _ run: String = "001") throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(scratch.run(run))/\(events)")))
  }

  @Test func `steps never go back, and every row, sheet and checkpoint is there once`() throws {
    let scratch = try EventFileTests.trained(1)
    let records = TFRecord.whole(in: try EventFileTests.bytes(scratch))
    let events = try records.map { try #require(ProtobufFields($0)) }
    let steps = events.map { Int($0.integer(2) ?? 0) }
    #expect(steps == steps.sorted())
    #expect(events.first?.bytes(3) == Array("brain.Event:2".utf8))
    func taken(_ tag: String) -> [Int] {
      events.filter { event in
        event.bytes(5).flatMap { ProtobufFields($0)?.bytes(1) }.flatMap { ProtobufFields($0)?.bytes(1) }
          == Array(tag.utf8)
      }.map { Int($0.integer(2) ?? 0) }
    }
    let rows = try CSVTable(path: scratch.run() + "/metrics.csv")
    #expect(taken("metrics/\(rows.columns[2])").map(String.init) == rows.column("step"))
    #expect(taken("samples") == Array(stride(from: 10, through: 80, by: 10)))
    // Of checkpoints that were removed too.
    #expect(taken("parameters/generator.0.kernel") == Array(stride(from: 10, through: 80, by: 10)))
    #expect(taken("_hparams_/session_start_info") == [0] && taken("_hparams_/session_end_info") == [80])
  }

  @Test(arguments: ["torn", "gone", "whole"])
  func `a run that goes on from an older checkpoint ends with the same bytes`(damage: String) throws {
    let scratch = try EventFileTests.trained(2)
    let path = "\(scratch.run())/\(EventFileTests.events)"
    let whole = try EventFileTests.bytes(scratch, "002")
    #expect(try EventFileTests.bytes(scratch) == whole)
    if damage == "torn" { try Data(whole.dropLast(5)).write(to: URL(fileURLWithPath: path)) }
    // Parameters of checkpoints that are gone are lost with the file; those that are there are read again.
    if damage == "gone" { try FileManager.default.removeItem(atPath: path) }
    let resumed = try scratch.gan("resume", "small/001", "--from", "70", "--quiet")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    let records = TFRecord.whole(in: try EventFileTests.bytes(scratch))
    if damage == "gone" {
      #expect(records.count == TFRecord.whole(in: whole).count - 6)
    } else {
      #expect(try EventFileTests.bytes(scratch) == whole)
    }
  }

  @Test func `an export of a run is the file that it wrote itself`() throws {
    let scratch = try EventFileTests.trained(1)
    let said = try scratch.gan("export", "tensorboard", "small", "-o", "board")
    #expect(said.status == 0 && said.output == "board\n", Comment(rawValue: said.errors))
    let exported = try Data(contentsOf: URL(fileURLWithPath: scratch.folder("board/\(EventFileTests.events)")))
    #expect(try [UInt8](exported) == EventFileTests.bytes(scratch))
    let refused = try scratch.gan("export", "tensorboard", "small", "--network", "generator", "-o", "board")
    #expect(refused.status == 64 && refused.errors.contains("tensorboard has the whole run"))
  }
}
