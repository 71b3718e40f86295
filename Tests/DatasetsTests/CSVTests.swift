import Datasets
import TestSupport
import Testing

@Suite struct CSVTests {
  struct Good: Sendable {
    let text: String
    var fields = ""
    let samples: [[Float]]
    var labels: [Int32]?
  }

  static let good = [
    Good(text: "1,2\n3,4\n", samples: [[1, 2], [3, 4]]),
    Good(text: "1,2\r\n3,4", samples: [[1, 2], [3, 4]]),
    Good(text: "\u{feff}x,y\n-1.5,+2e-1\n", samples: [[-1.5, 0.2]]),
    Good(text: "1;2\n\n", fields: "delimiter: semicolon", samples: [[1, 2]]),
    Good(text: "1\t 2 \n", fields: "delimiter: tab", samples: [[1, 2]]),
    Good(text: "  1   2\n3 4  \n", fields: "delimiter: space", samples: [[1, 2], [3, 4]]),
    Good(text: "\"a, b\",y\n\"1\",2\n", samples: [[1, 2]]),
    Good(
      text: "1,2,cat\n3,4,ant\n5,6,cat\n", fields: "label: 3", samples: [[1, 2], [3, 4], [5, 6]], labels: [1, 0, 1]),
    Good(text: "10,1\n2,2\n10,3\n", fields: "label: 1", samples: [[1], [2], [3]], labels: [1, 0, 1]),
    Good(text: "1,2,3\n4,5,6\n", fields: "columns: [3, 1]", samples: [[3, 1], [6, 4]]),
    Good(text: "1,5\n3,5\n", fields: "scaling: minmax", samples: [[-1, 0], [1, 0]]),
    Good(text: "1,5\n3,5\n", fields: "scaling: standard", samples: [[-1, 0], [1, 0]]),
    Good(text: "1,a\n2,b\n3,a\n", fields: "label: 2, classes: [0], subset: 1", samples: [[1]], labels: [0]),
  ]

  @Test(arguments: good) func `a table of numbers is read`(test: Good) throws {
    let folder = try TemporaryFolder()
    try folder.put(test.text, into: "a.csv")
    let table = try loaded("csv", "path: \"\(folder("a.csv"))\"\(test.fields.isEmpty ? "" : ", " + test.fields)")
    #expect(table.count == test.samples.count)
    for (index, sample) in test.samples.enumerated() { #expect(table.values(of: index) == sample) }
    #expect(table.labels == test.labels)
  }

  @Test(arguments: [
    ("", "", "it has no rows"),
    ("\n \n", "", "it has no rows"),
    ("x,y\n", "", "it has no rows beside the names of its columns"),
    ("1,2\n3\n", "", "line 2: it has 1 cells, but the first line has 2"),
    ("1,2\n3,abc\n", "", "line 2, column 3: \"abc\" is not a number"),
    ("1,2\n3,\n", "", "line 2, column 3: an empty cell is not a number"),
    ("x,y\n1,2\n", "header: absent", "line 1, column 1: \"x\" is not a number; is it a header?"),
    ("1,2\n3,nan\n", "", "line 2, column 3: \"nan\" is not a number"),
    ("1,2\n3,0x10\n", "", "line 2, column 3: \"0x10\" is not a number"),
    ("1,2\n\n3,4\n", "", "line 2: it is empty"),
    ("1,2\n3,\"4\n", "", "line 2, column 3: a quote is not closed on its line"),
    ("1,2\n3,1e39\n", "", "line 2: column 2 is 1e+39, which no Float holds"),
    ("1,2\n3,256\n", "scaling: bytes", "line 2: column 2 is 256.0, but scaling: bytes takes 0 to 255"),
    ("1,2\n", "columns: [3]", "it has 2 columns, but column 3 is asked for"),
    ("1,2\n", "label: 4", "it has 2 columns, but column 4 is asked for"),
    ("1\n", "label: 1", "it has no column beside the labels"),
    ("1;2\n3;4\n", "header: absent", "line 1, column 1: \"1;2\" is not a number; is it a header?"),
  ])
  func `a mistake has its line and column`(text: String, fields: String, problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(text, into: "a.csv")
    let error = try refusal("csv", "path: \"\(folder("a.csv"))\"\(fields.isEmpty ? "" : ", " + fields)")
    #expect(error.headline == "\(folder("a.csv")): \(problem)")
    #expect(error.field == "path")
  }

  @Test func `random bytes never crash the reader`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset("csv", "path: \"\(folder("a.csv"))\", label: 1").dataset
    let alphabet = Array("01.,-e\"\n\r ;x".utf8) + [0, 0xff, 0xc3]
    var generator = SeededGenerator(8)
    for _ in 0..<500 {
      let length = Int.random(in: 0...60, using: &generator)
      try folder.put((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }, into: "a.csv")
      if let table = try? dataset.load(from: .standard(), seed: 0) { #expect(table.labels?.count == table.count) }
    }
  }
}
