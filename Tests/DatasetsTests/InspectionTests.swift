import Datasets
import TestSupport
import Testing

/// What a check says of how closely it looked at the samples.
@Suite struct InspectionTests {
  private func inspection(_ name: String, _ fields: String) throws -> DataInspection {
    let dataset = try dataset(name, fields).dataset
    // Where nothing was fetched.
    var location = DataLocation.standard()
    if name == "cifar10" { location = DataLocation(dataDirectory: nil, environment: nil, executable: "/nowhere/x") }
    return try dataset.inspect(dataset.survey(in: location), in: location)
  }

  @Test(arguments: [
    ("csv", "path: a.csv", "read every line", true),
    ("npy", "path: \(Fixture.path("little-f4.npy"))", "read 4 of 4 samples", true),
    ("npy", "path: \(Fixture.path("little-f4.npy")), subset: 3", "read 3 of 3 samples", true),
    ("npy", "path: \(Fixture.path("u1.npy"))", "as long as its header says; any bytes are pixels", true),
    ("mnist", "", "here; run reads and verifies it", false),
    ("cifar10", "", "not here", false),
    ("gaussian_ring", "", "generated when a run begins", true),
  ])
  func `every dataset says what was looked at`(
    name: String, fields: String, sentence: String, isComplete: Bool
  ) throws {
    let folder = try TemporaryFolder()
    try folder.put("1,2\n3,4\n", into: "a.csv")
    let found = try inspection(name, fields.replacing("a.csv", with: folder("a.csv")))
    #expect(found.sentence == sentence)
    #expect(found.isComplete == isComplete)
    #expect(
      found.absence
        == (sentence == "not here"
          ? "get it with `gan-exp data fetch cifar10`, or give --data-dir a folder with the files" : nil))
  }

  @Test func `all pictures are decoded, or of very many some`() throws {
    let folder = try TemporaryFolder()
    let picture = try Fixture.bytes("gray.png")
    for number in 0..<1000 { try folder.put(picture, into: "\(10_000 + number).png") }
    let fields = "path: \"\(folder.path)\", size: 8"
    #expect(try inspection("image_folder", fields).sentence == "decoded 1 000 of 1 000 pictures")
    // With 1001 pictures the last one is left out.
    try folder.put([0], into: "99999.png")
    #expect(
      try inspection("image_folder", fields).sentence
        == "decoded 1 000 of 1 001 pictures; the rest is decoded by run")
    try folder.put(Array(picture.dropLast(picture.count / 2)), into: "10000.png")
    let error = #expect(throws: DataError.self) { try inspection("image_folder", fields) }
    #expect(error?.headline == "\(folder("10000.png")): libpng: read beyond end of data")
    #expect(error?.field == "path")
  }

  @Test func `a number that no run takes is found by a check`() throws {
    let folder = try TemporaryFolder()
    var bytes = try Fixture.bytes("little-f4.npy")
    bytes.replaceSubrange((bytes.count - 4)..., with: [0, 0, 0xc0, 0x7f])
    try folder.put(bytes, into: "a.npy")
    let error = #expect(throws: DataError.self) { try inspection("npy", "path: \"\(folder("a.npy"))\"") }
    #expect(error?.headline == "\(folder("a.npy")): value 5 of sample 3: it is nan, not a finite number")
    #expect(error?.remedy == "give it a number, or leave out the samples where one is missing")
  }
}
