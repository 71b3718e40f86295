import Compute
import Files
import Foundation
import TestSupport
import Testing

private let columns = ["step", "loss", "score", "note"]

@Suite struct CSVFileTests {
  /// The lines of a file with some rows, and the position after the first two of them.
  private func write(_ folder: TemporaryFolder) throws -> CSVFile.Position {
    var table = try CSVFile.create(folder("metrics.csv"), columns: columns)
    try table.append([.integer(50), .float(0.1), .double(0.1), .empty])
    try table.append([.integer(100), .float(1e-7), .double(-1.0 / 3), .integer(-1)])
    let position = try table.position()
    try table.append([.integer(150), .float(3), .double(2e30), .empty])
    try table.flush()
    return position
  }

  @Test func `numbers are written with the shortest digits that read back the same`() throws {
    let folder = try TemporaryFolder()
    _ = try write(folder)
    #expect(
      try folder.text(of: "metrics.csv") == """
        step,loss,score,note
        50,0.1,0.1,
        100,1e-07,-0.3333333333333333,-1
        150,3.0,2e+30,

        """)
    let table = try CSVTable(path: folder("metrics.csv"))
    #expect(table.columns == columns)
    #expect(table.column("step") == ["50", "100", "150"])
    #expect(table.numbers("note") == [nil, -1, nil])
    #expect(table.column("unknown") == nil)
  }

  @Test func `a resumed file goes on from its position and equals one that was never stopped`() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let position = try write(first)
    _ = try write(second)
    try Data(first.text(of: "metrics.csv").utf8 + Array("200,torn".utf8))
      .write(to: URL(fileURLWithPath: first("metrics.csv")))
    var table = try CSVFile.resume(first("metrics.csv"), columns: columns, at: position)
    #expect(try table.position() == position)
    try table.append([.integer(150), .float(3), .double(2e30), .empty])
    try table.flush()
    #expect(try first.text(of: "metrics.csv") == second.text(of: "metrics.csv"))
  }

  /// What something else does to a file that a run writes.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let shell: String
    /// What is said, and when: at the next row, at the next position, or when all is compared.
    let problem: String
    let notice: Notice

    enum Notice { case row, position, comparison }
  }

  static let changes = [
    Change(
      testDescription: "truncation", shell: "truncate -s 50 metrics.csv",
      problem: "it has 50 bytes, but 81 were written: something else changed it", notice: .row),
    Change(
      testDescription: "a row of somebody else", shell: "echo 1,2,3,4 >> metrics.csv",
      problem: "it has 89 bytes, but 81 were written: something else changed it", notice: .row),
    Change(
      testDescription: "another file in its place", shell: "cp metrics.csv x; mv x metrics.csv",
      problem: "something else replaced or removed it while the run wrote into it", notice: .position),
    Change(
      testDescription: "its removal", shell: "rm metrics.csv",
      problem: "something else replaced or removed it while the run wrote into it", notice: .position),
    Change(
      testDescription: "an overwritten byte",
      shell: "sleep 0.05; printf 7 | dd of=metrics.csv bs=1 seek=30 conv=notrunc 2>/dev/null",
      problem: "something else changed bytes in it while the run wrote into it", notice: .position),
  ]

  @Test(arguments: changes) func `what something else does to the file is noticed`(change: Change) throws {
    for notice in [Change.Notice.row, .position, .comparison] {
      let folder = try TemporaryFolder()
      var table = try CSVFile.create(folder("metrics.csv"), columns: columns)
      try table.append([.integer(50), .float(0.1), .double(0.1), .empty])
      try table.append([.integer(100), .float(1e-7), .double(-1.0 / 3), .integer(-1)])
      try table.append([.integer(150), .float(3), .double(2e30), .empty])
      try table.flush()
      #expect(try Program.shell(change.shell, in: folder.path).status == 0)
      do {
        switch notice {
        case .row:
          try table.append([.integer(200), .float(3), .double(2), .empty])
          try table.flush()
        case .position: _ = try table.position()
        case .comparison: try table.verify()
        }
        // A row only sees the length, and a comparison only what is in the file that was opened.
        #expect(
          notice == .row || change.testDescription.contains("place") || change.testDescription.contains("removal"))
        #expect(notice != change.notice)
      } catch {
        #expect(error.message == "\(folder("metrics.csv")): \(change.problem)")
        #expect(error.exitCode == 65)
      }
    }
  }

  @Test func `touching the file is no change`() throws {
    let folder = try TemporaryFolder()
    var table = try CSVFile.create(folder("metrics.csv"), columns: ["step"])
    let position = try table.position()
    #expect(try Program.shell("touch metrics.csv; chmod 600 metrics.csv", in: folder.path).status == 0)
    #expect(try table.position() == position)
  }

  @Test func `a position is the digest of what the file holds`() throws {
    let folder = try TemporaryFolder()
    var table = try CSVFile.create(folder("metrics.csv"), columns: ["step"])
    for step in 0..<20 {
      try table.append([.integer(step)])
      let position = try table.position()
      let bytes = try DurableFile.read(folder("metrics.csv"))
      #expect(position == .init(length: bytes.count, digest: Digest.sha256(bytes)))
    }
  }

  @Test func `a position reads nothing of the file again`() throws {
    let folder = try TemporaryFolder()
    var table = try CSVFile.create(folder("metrics.csv"), columns: ["step"])
    // Two hundred positions of a file of 40 MB would be 8 GB to read.
    let row = String(repeating: "1", count: 1000)
    for _ in 0..<40_000 { try table.append(line: [row]) }
    _ = try table.position()
    let duration = try ContinuousClock().measure { for _ in 0..<200 { _ = try table.position() } }
    #expect(duration < .seconds(4))
  }

  @Test(arguments: [
    "sed -i 's/$/\\r/' a", "sed -i '1s/^/\\xEF\\xBB\\xBF/; s/$/\\r/' a", "sed -i '1s/^/\\xEF\\xBB\\xBF/' a",
  ])
  func `a file that a spreadsheet saved gets its line ends back, which is said`(shell: String) throws {
    let folder = try TemporaryFolder()
    var table = try CSVFile.create(folder("a"), columns: ["step", "loss"])
    // More than is read at a time.
    for step in 0..<50_000 { try table.append([.integer(step), .float(0.5)]) }
    let position = try table.position()
    let before = try folder.text(of: "a")
    try table.append([.integer(1), .float(1)])
    try table.flush()
    #expect(try Program.shell(shell, in: folder.path).status == 0)
    #expect(try CSVFile.match(folder("a"), columns: ["step", "loss"], at: position) == .otherLineEnds)
    let notes = Notes()
    try CSVFile.resume(folder("a"), columns: ["step", "loss"], at: position) { notes.add($0) }.discard()
    #expect(notes.all == ["\(folder("a")) had the line ends CR LF, as spreadsheets save it: it has LF again"])
    #expect(try folder.text(of: "a") == before)
  }

  @Test func `a file of other columns is put aside, and none is lost`() throws {
    let folder = try TemporaryFolder()
    let old = ["session,step\n1,2\n", "session\n3\n"]
    for (number, text) in old.enumerated() {
      try folder.put(text, into: "timing.csv")
      let notes = Notes()
      try CSVFile.extend(folder("timing.csv"), columns: ["session", "seconds"]) { notes.add($0) }.discard()
      let name = "timing.csv.aside" + (number == 0 ? "" : "-2")
      #expect(
        notes.all == [
          "\(folder("timing.csv")) has other columns than this version writes: it is kept as \(folder(name))"
        ])
      #expect(try folder.text(of: name) == text)
      #expect(try folder.text(of: "timing.csv") == "session,seconds\n")
    }
    #expect(folder.names == ["timing.csv", "timing.csv.aside", "timing.csv.aside-2"])
  }

  @Test func `rows are added to a file of timings whatever else is done to it`() throws {
    let folder = try TemporaryFolder()
    var table = try CSVFile.extend(folder("timing.csv"), columns: ["step"])
    try table.append([.integer(1)])
    try table.flush()
    try folder.put("step\n", into: "copy")
    #expect(try Program.shell("truncate -s 5 timing.csv", in: folder.path).status == 0)
    try table.append([.integer(2)])
    try table.flush()
    #expect(try folder.text(of: "timing.csv") == "step\n2\n")
  }

  @Test func `a file without line ends is no table, however large it claims to be`() throws {
    let folder = try TemporaryFolder()
    try folder.put("a,b\n1,2\n", into: "metrics.csv")
    #expect(truncate(folder("metrics.csv"), 100 << 30) == 0)
    #expect(throws: FileError(path: folder("metrics.csv"), damaged: "line 3 has more than 1048576 bytes")) {
      try CSVTable(path: folder("metrics.csv"))
    }
  }

  @Test func `a position survives many rows`() throws {
    let folder = try TemporaryFolder()
    var table = try CSVFile.create(folder("metrics.csv"), columns: ["step"])
    for step in 0..<30_000 { try table.append([.integer(step)]) }
    let position = try table.position()
    #expect(position.length == 5 + 30_000 * 6 - (10 * 4 + 90 * 3 + 900 * 2 + 9000 * 1))
    #expect(try CSVTable(path: folder("metrics.csv")).column("step")?.last == "29999")
    try CSVFile.resume(folder("metrics.csv"), columns: ["step"], at: position).discard()
  }

  @Test(arguments: [
    (
      "step,loss,score,note\n50,0.2,0.1,\n100,1e-07,-0.3333333333333333,-1\n",
      "its first 66 bytes are not those"
    ),
    ("step,loss", "it has 9 bytes, but the checkpoint knows 66"),
    ("", "it has 0 bytes, but the checkpoint knows 66"),
  ])
  func `a file that was changed is refused and left as it is`(text: String, problem: String) throws {
    let folder = try TemporaryFolder()
    let position = try write(folder)
    try folder.put(text, into: "metrics.csv")
    do {
      try CSVFile.resume(folder("metrics.csv"), columns: columns, at: position).discard()
      Issue.record("it should be refused")
    } catch {
      #expect(error.message.contains(problem))
      #expect(error.exitCode == 65)
    }
    #expect(try folder.text(of: "metrics.csv") == text)
  }

  @Test func `other columns, an absurd length and a missing file are refused`() throws {
    let folder = try TemporaryFolder()
    let position = try write(folder)
    let cases: [(String, [String], CSVFile.Position, Int32)] = [
      ("metrics.csv", ["step"], position, 65),
      ("metrics.csv", columns, .init(length: -1, digest: position.digest), 65),
      ("metrics.csv", columns, .init(length: .max, digest: position.digest), 65),
      ("other.csv", columns, position, 66),
    ]
    for (name, columns, position, code) in cases {
      do {
        try CSVFile.resume(folder(name), columns: columns, at: position).discard()
        Issue.record("it should be refused")
      } catch {
        #expect(error.exitCode == code)
      }
    }
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n3,", ["a", "b"], [["1", "2"]]),
      ("a\n", ["a"], []),
      ("a\n\n", ["a"], [[""]]),
    ] as [(String, [String], [[String]])])
  func `a last line that is torn is ignored`(text: String, columns: [String], rows: [[String]]) throws {
    let table = try CSVTable(parsing: Array(text.utf8))
    #expect(table.columns == columns)
    #expect(table.rows == rows)
  }

  @Test(arguments: [
    (Array("".utf8), "it has no line with the names of its columns"),
    (Array("a,b".utf8), "it has no line with the names of its columns"),
    (Array("a,b\n1,2\n1\n".utf8), "line 3 has 1 cells, but there are 2 columns"),
    ([0xff, 0x0a], "line 1 is not UTF-8"),
  ])
  func `what is no table is refused in words`(bytes: [UInt8], problem: String) {
    #expect(throws: FormatError(problem)) { try CSVTable(parsing: bytes) }
  }
}

/// What was said.
private final class Notes {
  private(set) var all: [String] = []
  func add(_ note: String) { all.append(note) }
}

extension CSVFile {
  /// Lets go of the file.
  fileprivate consuming func discard() {}
}
