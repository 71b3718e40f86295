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
    Good(text: "x,y,half\n1,2,b\n3,4,a\n", fields: "label: half", samples: [[1, 2], [3, 4]], labels: [1, 0]),
    Good(
      text: "x,y,half\n1,2,b\n3,4,a\n", fields: "columns: [y, 1], label: 3", samples: [[2, 1], [4, 3]],
      labels: [1, 0]),
    Good(text: "a,3,1\n1,2,5\n3,4,6\n", fields: "columns: [\"3\", a]", samples: [[2, 1], [4, 3]]),
    Good(text: "x, \"y \"\"z\"\"\" \n1,2\n", fields: "columns: ['y \"z\"']", samples: [[2]]),
    Good(text: "x,2\n3,4\n", samples: [[3, 4]]),
    Good(text: "e\u{301},1\n\u{e9},2\nz,3\n", fields: "label: 1", samples: [[1], [2], [3]], labels: [0, 2, 1]),
    Good(text: "0,0.1\n1e-310,0.1\n", fields: "scaling: minmax", samples: [[-1, 0], [1, 0]]),
    Good(
      text: "0,0.1\n1e-310,0.1\n0,0.1\n1e-310,0.1", fields: "scaling: standard",
      samples: [[-1, 0], [1, 0], [-1, 0], [1, 0]]),
  ]

  @Test(arguments: good) func `a table of numbers is read`(test: Good) throws {
    let folder = try TemporaryFolder()
    try folder.put(test.text, into: "a.csv")
    let table = try loaded("csv", "path: \"\(folder("a.csv"))\"\(test.fields.isEmpty ? "" : ", " + test.fields)")
    #expect(table.count == test.samples.count)
    for (index, sample) in test.samples.enumerated() { #expect(table.values(of: index) == sample) }
    #expect(table.labels == test.labels)
  }

  /// What is wrong with a table, where it is said, and what is to be done about it.
  struct Bad: Sendable, CustomTestStringConvertible {
    let text: String
    var fields = ""
    let problem: String
    var remedy = "correct the file, or choose other columns, header or delimiter"
    var field = "path"
    var testDescription: String { problem }
  }

  static let bad = [
    Bad(text: "", problem: "it has no rows", remedy: "give a table with rows"),
    Bad(text: "\n \n", problem: "it has no rows", remedy: "give a table with rows"),
    Bad(text: "x,y\n", problem: "it has no rows beside the names of its columns", remedy: "give a table with rows"),
    Bad(text: "1,2\n3\n", problem: "line 2: it has 1 cells, but the first line has 2"),
    Bad(text: "1,2\n3,abc\n", problem: "line 2, column 2: \"abc\" is not a number"),
    Bad(
      text: "1,2\n3,\n", problem: "line 2, column 2: an empty cell is not a number",
      remedy: "give it a number, or leave out the lines and columns where one is missing"),
    Bad(
      text: "1,2\n3,nan\n", problem: "line 2, column 2: \"nan\" is not a number",
      remedy: "give it a number, or leave out the lines and columns where one is missing"),
    Bad(
      text: "x,y\n1,2\n", fields: "header: absent",
      problem: "line 1, column 1: \"x\" is not a number; is it a header?", remedy: "use header: present"),
    Bad(text: "a,b\n1,2\n3,0x10\n", problem: "line 3, column 2 (b): \"0x10\" is not a number"),
    Bad(text: "1,2\n\n3,4\n", problem: "line 2: it is empty", remedy: "remove the empty line"),
    Bad(
      text: "1,2\n3,\"4\n", problem: "line 2, column 2, character 3: a quote is not closed on its line",
      remedy: "write two quotes for one within quotes"),
    Bad(
      text: "\u{e9}\u{e9},2\n3,\"4\n", problem: "line 2, column 2, character 3: a quote is not closed on its line",
      remedy: "write two quotes for one within quotes"),
    Bad(
      text: "1,2\n3,1e39\n",
      problem: "line 2, column 2: it is 1e+39, beyond the greatest 32-bit number, 3.4028235e+38",
      remedy: "give the numbers in another unit"),
    Bad(
      text: "a,b\n-1e308,2\n1e308,3\n", fields: "scaling: minmax",
      problem: "line 2, column 1 (a): it is -1e+308, beyond the greatest 32-bit number, 3.4028235e+38",
      remedy: "give the numbers in another unit"),
    Bad(
      text: "1,2\n3,256\n", fields: "scaling: bytes",
      problem: "line 2, column 2: it is 256.0, but scaling: bytes takes 0 to 255",
      remedy: "use scaling: minmax, which takes any numbers"),
    Bad(
      text: "x,y,kind\n1,2,cat\n3,4,\n", fields: "label: kind",
      problem: "line 3, column 3 (kind): an empty cell is no class",
      remedy: "give it a class, or leave out the lines where it is missing"),
    Bad(
      text: "1,2,cat\n3,4,\" \"\n5,6,\"\"\n", fields: "label: 3",
      problem: "line 3, column 3: an empty cell is no class",
      remedy: "give it a class, or leave out the lines where it is missing"),
    Bad(
      text: "1,2\n", fields: "columns: [3]", problem: "it has 2 columns, but columns asks for column 3",
      remedy: "name those that there are", field: "columns"),
    Bad(
      text: "1,2\n", fields: "label: 4", problem: "it has 2 columns, but label asks for column 4",
      remedy: "name one of them, or write label: null to have none", field: "label"),
    Bad(
      text: "1\n", fields: "label: 1", problem: "it has no column beside the labels",
      remedy: "use label: null to have none", field: "label"),
    Bad(
      text: "1;2\n3;4\n", fields: "header: absent",
      problem: "line 1, column 1: \"1;2\" is not a number; is it a header?", remedy: "use header: present"),
    Bad(
      text: "x,y,half\n1,2,lower\n3,4,upper\n5,6,lower\n7,8,upper\n",
      problem: "line 2, column 3 (half): \"lower\" is not a number", remedy: "if these are classes, write label: half"),
    Bad(
      text: "x,y,which half\n1,2,lower\n3,4,lower\n",
      problem: "line 2, column 3 (which half): \"lower\" is not a number",
      remedy: "if these are classes, write label: which half"),
    Bad(
      text: "x,y,half\n1,2,lower\n3,4,5\n", problem: "line 2, column 3 (half): \"lower\" is not a number"),
    Bad(
      text: "x,y,id\n1,2,a\n3,4,b\n5,6,c\n7,8,d\n", problem: "line 2, column 3 (id): \"a\" is not a number"),
    Bad(
      text: "x,y,half\n1,2,3\n", fields: "label: hlaf", problem: "it has no column \"hlaf\", but x, y, half",
      remedy: "did you mean half?", field: "label"),
    Bad(
      text: "x,y,half\n1,2,3\n", fields: "columns: [x, nothing]",
      problem: "it has no column \"nothing\", but x, y, half", remedy: "name those that there are", field: "columns"),
    Bad(
      text: "x,y,x\n1,2,3\n", fields: "label: x", problem: "it has 2 columns named x",
      remedy: "give the number: the first is 1", field: "label"),
    Bad(
      text: "1,2,3\n4,5,6\n", fields: "label: x",
      problem: "it has no names of columns: its first line begins with the number 1",
      remedy: "give columns by number, or put a line with their names before the others", field: "label"),
  ]

  @Test(arguments: bad) func `a mistake has its line and column, and a remedy`(test: Bad) throws {
    let folder = try TemporaryFolder()
    try folder.put(test.text, into: "a.csv")
    let error = try refusal("csv", "path: \"\(folder("a.csv"))\"\(test.fields.isEmpty ? "" : ", " + test.fields)")
    #expect(error.headline == "\(folder("a.csv")): \(test.problem)")
    #expect(error.remedy == test.remedy)
    #expect(error.field == test.field)
    #expect(error.exitCode == 65)
  }

  @Test(arguments: [
    ("label: true, header: absent", "without a header no column is named true"),
    ("label: 0", "label must be an integer between 1 and 100000, not 0"),
    ("label: [x]", "label must be an integer between 1 and 100000 or a name, not a list"),
    ("columns: x", "columns must be a list of 1 to 10000 integers between 1 and 100000 or names, not \"x\""),
    ("columns: [x, []]", "columns[1] must be an integer between 1 and 100000 or a name, not a list"),
  ])
  func `what is no column is refused in the spec`(fields: String, message: String) throws {
    #expect(try dataset("csv", "path: a.csv, \(fields)").messages == [message])
  }

  @Test(arguments: [
    (
      "1,2,NA\n3,4,5\n", "",
      [
        "line 1 is taken for the names of the columns, since \"NA\" in column 3 is no number; header: present says that it "
          + "is, header: absent that it is not"
      ]
    ),
    ("1,2,NA\n3,4,5\n", "header: present", []), ("x,y,z\n3,4,5\n", "", []), ("1,NA\n3,4\n", "label: 2", []),
    (
      (0..<30).map { "\($0),0.\($0)\n" }.joined(), "label: 2",
      [
        "label has 30 different values in 30 lines, each of which is a class; label: null makes the column a feature"
      ]
    ),
    ((0..<30).map { "0.\($0),\($0)\n" }.joined(), "label: 2", []),
  ])
  func `what is doubtful is said`(text: String, fields: String, notes: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.put(text, into: "a.csv")
    let path = folder("a.csv")
    let survey = try dataset("csv", "path: \"\(path)\"\(fields.isEmpty ? "" : ", " + fields)").dataset
      .survey(in: .standard())
    #expect(survey.notes.map(\.text) == notes.map { "\(path): \($0)" })
  }

  @Test func `classes have the texts of their column for names`() throws {
    let folder = try TemporaryFolder()
    try folder.put("x,kind\n1,z\n2,\u{e4}\n3,A\n4,z\n", into: "a.csv")
    let dataset = try dataset("csv", "path: \"\(folder("a.csv"))\", label: kind").dataset
    #expect(try dataset.survey(in: .standard()).classes == Classes(["A", "z", "\u{e4}"]))
  }

  @Test func `a long line takes time in proportion to its length`() throws {
    let folder = try TemporaryFolder()
    try folder.put(String(repeating: "17,", count: 999_999) + "17\n", into: "a.csv")
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try loaded("csv", "path: \"\(folder("a.csv"))\"").sampleSize == 1_000_000)
    let seconds = clock.now - start
    // It takes about 0.1 s, and took hours when each cell's place was found from the line's beginning.
    #expect(seconds < .seconds(20))
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
