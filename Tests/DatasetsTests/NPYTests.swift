import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct NPYTests {
  static let signed = [
    "i1", "little-i2", "big-i2", "little-i4", "big-i4", "little-i8", "big-i8", "little-f4", "big-f4", "little-f8",
    "big-f8", "column-major", "version-2", "version-3",
  ]
  static let unsigned = ["little-u2", "big-u4", "little-u8"]

  @Test(arguments: signed + unsigned)
  func `NumPy's arrays have their values, whatever type, byte order and order of axes`(name: String) throws {
    let table = try loaded("npy", "path: \"\(Fixture.path(name)).npy\"")
    #expect(table.count == 4)
    #expect(table.sampleShape == [3, 2, 1])
    let first: Float = NPYTests.unsigned.contains(name) ? 0 : -5
    for sample in 0..<4 {
      #expect(table.values(of: sample) == (0..<6).map { first + Float(3 * (6 * sample + $0)) })
    }
  }

  @Test(arguments: ["u1", "column-major-u1"])
  func `unsigned bytes are pixels unless that is not wanted`(name: String) throws {
    let path = Fixture.path(name) + ".npy"
    let pixels = try loaded("npy", "path: \"\(path)\"")
    #expect(pixels.bytes == (0..<24).map { UInt8(3 * $0) })
    #expect(pixels.values(of: 1)[0] == Float(18) / 127.5 - 1)
    let numbers = try loaded("npy", "path: \"\(path)\", scaling: none")
    #expect(numbers.values(of: 1) == [18, 21, 24, 27, 30, 33])
  }

  @Test func `scaling brings all numbers to a range, or to mean 0 and deviation 1`() throws {
    let path = Fixture.path("little-i4.npy")
    let spread = try loaded("npy", "path: \"\(path)\", scaling: minmax")
    #expect(spread.values(of: 0).first == -1)
    #expect(spread.values(of: 3).last == 1)
    let standard = try loaded("npy", "path: \"\(path)\", scaling: standard")
    let values = (0..<4).flatMap { standard.values(of: $0) }.map(Double.init)
    #expect(abs(values.reduce(0, +)) < 1e-5)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 24 - 1) < 1e-6)
  }

  @Test func `labels are a second array, and choose`() throws {
    let fields = "path: \"\(Fixture.path("i1.npy"))\", labels: \"\(Fixture.path("labels.npy"))\""
    #expect(try loaded("npy", fields).labels == [2, 0, 1, 2])
    let chosen = try loaded("npy", fields + ", classes: [2, 1]")
    #expect(chosen.labels == [0, 1, 0])
    #expect(chosen.values(of: 1)[0] == -5 + 36)
  }

  @Test(arguments: [
    ("path: structured.npy", "structured.npy: its elements are records, not numbers", "path"),
    (
      "path: complex.npy", "its numbers have the type <c8; integers of 1, 2, 4 and 8 bytes and floats of 4 and 8",
      "path"
    ),
    ("path: labels.npy", "labels.npy has the shape [4], but samples of one to three axes are wanted", "path"),
    ("path: archive.zip", "it is an archive (.npz), not one array", "path"),
    ("path: color.png", "it is a PNG picture, not an array of numpy.save", "path"),
    ("path: points.csv", "it does not begin like a file of numpy.save", "path"),
    ("path: i1.npy, labels: i1.npy", "labels are integers [samples]", "labels"),
    (
      "path: little-i2.npy, scaling: bytes", "value 0 of sample 0: it is -5.0, but scaling: bytes takes 0 to 255",
      "path"
    ),
    ("path: i1.npy, classes: [0]", "these data have no classes", "classes"),
    ("path: none.npy", "there is no file", "path"),
    ("path: \".\"", "is a folder, but a file is wanted", "path"),
  ])
  func `what is not such an array is refused in words, at the field`(
    fields: String, problem: String, field: String
  ) throws {
    let error = try refusal("npy", fields, from: .standard(dataDirectory: Fixture.folder))
    #expect(error.headline.contains(problem), "\(error.headline)")
    #expect(error.field == field)
  }

  /// A file of numpy.save with 24 bytes of zeros.
  private func file(_ type: String, _ shape: String, _ bytes: [UInt8] = [UInt8](repeating: 0, count: 24)) -> [UInt8] {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + bytes
  }

  @Test(arguments: [
    ("|O", "(3,)", "it has Python objects (type |O), not numbers", "dtype=\"float32\""),
    ("<U2", "(3,)", "it has texts (type <U2), not numbers", "numpy.unique(x, return_inverse=True)[1]"),
    ("<f2", "(12,)", "its numbers have the type <f2; integers of", "convert them with x.astype(\"float32\")"),
    ("<c8", "(3,)", "its numbers have the type <c8; integers of", "save x.real, or x.real and x.imag as two features"),
    ("<f8", "(3,)", "labels are integers [samples], but these are float64 [3]", "convert them with y.astype(int)"),
    ("<i8", "(3, 1)", "labels are integers [samples], but these are int64 [3, 1]", "convert them with y[:, 0]"),
    (
      "<u2", "(3, 4)", "labels are integers [samples], but these are uint16 [3, 4]",
      "convert them with y.argmax(axis=1)"
    ),
    ("<f4", "(1, 2, 3)", "labels are integers [samples], but these are float32 [1, 2, 3]", "give the file of labels"),
    ("<i8", "(4,)", "asks for 32 bytes, but it has 24", "save the array anew with numpy.save"),
  ])
  func `what labels are in place of integers is said, with what makes integers of them`(
    type: String, shape: String, problem: String, remedy: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.put(file(type, shape), into: "y.npy")
    try folder.put(NPYFile.bytes([Float](repeating: 0, count: 6), shape: [3, 2]), into: "x.npy")
    let error = try refusal("npy", "path: \"\(folder("x.npy"))\", labels: \"\(folder("y.npy"))\"")
    #expect(error.headline.hasPrefix("\(folder("y.npy")): "))
    #expect(error.headline.contains(problem), "\(error.headline)")
    #expect(error.remedy.contains(remedy), "\(error.remedy)")
    #expect(error.field == "labels")
  }

  @Test(
    arguments: [
      ([0, 1, 1], nil, nil), ([1, 2, 3], "no sample has class 0", "subtract 1"),
      ([3, 5, 4], "no sample has class 0 or another below 3", "subtract 3"),
    ] as [([Int64], String?, String?)])
  func `labels that do not count from 0 are warned of`(labels: [Int64], text: String?, remedy: String?) throws {
    let folder = try TemporaryFolder()
    try folder.put(NPYFile.bytes([Float](repeating: 0, count: 6), shape: [3, 2]), into: "x.npy")
    try folder.put(NPYFile.bytes(labels, shape: [3]), into: "y.npy")
    // The same in the files of MNIST.
    try folder.put([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 7, 8, 9], into: "x.idx")
    try folder.put([0, 0, 8, 1, 0, 0, 0, 3] + labels.map { UInt8($0) }, into: "y.idx")
    for (name, fields) in [("npy", "path: x.npy, labels: y.npy"), ("idx", "images: x.idx, labels: y.idx")] {
      let survey = try dataset(name, fields).dataset.survey(in: .standard(dataDirectory: folder.path))
      let file = folder("y.\(name)")
      #expect(survey.notes.map(\.text) == (text.map { ["\(file): \($0): labels count from 0"] } ?? []))
      #expect(survey.notes.map(\.remedy) == (remedy.map { [$0] } ?? []))
      #expect(survey.notes.allSatisfy { $0.field == "labels" })
    }
  }

  @Test func `a label that is no class is told by its sample`() throws {
    let folder = try TemporaryFolder()
    try folder.put(NPYFile.bytes([Float](repeating: 0, count: 6), shape: [3, 2]), into: "x.npy")
    try folder.put(NPYFile.bytes([0, -1, 2] as [Int64], shape: [3]), into: "y.npy")
    let error = try refusal("npy", "path: x.npy, labels: y.npy", from: .standard(dataDirectory: folder.path))
    #expect(
      error.headline
        == "\(folder("y.npy")): the label of sample 1 is -1, but classes are numbered from 0 to 999999")
    #expect(error.remedy == "number the classes from 0, and leave out samples that have none")
  }

  @Test func `every truncation is refused, and no changed bit of a header crashes the reader`() throws {
    let folder = try TemporaryFolder()
    let file = try Fixture.bytes("little-f4.npy")
    for length in stride(from: 0, to: file.count, by: 7) {
      try folder.put(Array(file[..<length]), into: "a.npy")
      let error = try refusal("npy", "path: \"\(folder("a.npy"))\"")
      #expect(error.kind == .damaged)
    }
    let dataset = try dataset("npy", "path: \"\(folder("a.npy"))\"").dataset
    for bit in 0..<(128 * 8) {
      var changed = file
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      try folder.put(changed, into: "a.npy")
      if let table = try? dataset.load(from: .standard(), seed: 0) {
        #expect(table.count * table.sampleSize == 24)
      }
    }
  }

  @Test(arguments: [
    "(9223372036854775807, 2, 2)", "(4294967296, 4294967296, 4)", "(99999999999999999999, 1)", "(1000000, 1000)", "(4,",
    "(-1, 3)",
  ])
  func `a header that promises more than there is gets nothing`(shape: String) throws {
    let folder = try TemporaryFolder()
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    try folder.put([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + [0, 0, 0], into: "a.npy")
    #expect(try refusal("npy", "path: \"\(folder("a.npy"))\"").kind == .damaged)
  }
}
