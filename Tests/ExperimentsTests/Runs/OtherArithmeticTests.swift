import Files
import Foundation
import TestSupport
import Testing

/// Runs that another version of the arithmetic began.
@Suite struct OtherArithmeticTests {
  /// Gives the checkpoints of a run another version, with a right digest.
  private func reseal(_ scratch: RunScratch, arithmetic: String) throws {
    for name in try scratch.names(scratch.run() + "/checkpoints") {
      let file = URL(fileURLWithPath: "\(scratch.run())/checkpoints/\(name)")
      var bytes = try Data(contentsOf: file)
      let version = try #require(bytes.range(of: Data(#""arithmetic":"1""#.utf8)))
      bytes.replaceSubrange(version, with: Data(#""arithmetic":"\#(arithmetic)""#.utf8))
      let opening = Data(#"{"__metadata__":{"sha256":""#.utf8)
      let place = try #require(bytes.range(of: opening)).upperBound
      bytes.replaceSubrange(place..<(place + 64), with: Data(repeating: UInt8(ascii: "0"), count: 64))
      bytes.replaceSubrange(place..<(place + 64), with: Data(Digest.sha256(Array(bytes)).utf8))
      try bytes.write(to: file)
    }
  }

  @Test(
    arguments: [
      ("0", #"/"arithmetic"/d"#, "an arithmetic before 1"),
      ("2", #"s/"arithmetic" : 1/"arithmetic" : 2/"#, "arithmetic 2"),
    ])
  func `a run of another arithmetic goes on, which stderr, the log and show say`(
    version: String, change: String, text: String
  ) throws {
    let scratch = try RunScratch()
    #expect(try scratch.gan("run", "small.yaml", "--quiet", "--set", "training.epochs=2").status == 0)
    try reseal(scratch, arithmetic: version)
    // A record without a digest is one of an earlier version.
    #expect(try scratch.shell(#"sed -i '/"sha256"/d; \#(change)' Runs/small/001/run.json"#).status == 0)
    let resumed = try scratch.gan("resume", "001", "--epochs", "3", "--quiet")
    let notice =
      "the run was trained with \(text), now it is arithmetic 1: it goes on, but not with the same bits"
    #expect(resumed.status == 0 && resumed.errors == "note: \(notice)\n", "\(resumed.errors)")
    #expect(try scratch.folder.text(of: "Runs/small/001/log.txt").contains(" notice \(notice)\n"))
    let shown = try scratch.gan("show", "001").output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    let remark = "trained with \(text) to step 20, then with arithmetic 1: the bits are those of no run with one"
    #expect(shown.contains(remark), "\(shown)")
    #expect(try scratch.gan("verify", "001").status == 0)
  }
}
