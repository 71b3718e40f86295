import Datasets
import Experiments
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

extension CSVFile {
  /// Lets go of the file.
  fileprivate consuming func discard() {}
}
