import Datasets
import TestSupport
import Testing

@Suite struct SelectionTests {
  private let whole = Result { try dataset("mnist", "split: test").dataset.load(from: .standard(), seed: 0) }

  @Test func `chosen classes are numbered in the order of their list`() throws {
    let whole = try whole.get()
    let table = try loaded("mnist", "split: test, classes: [7, 3]")
    let shown = try #require(whole.labels)
    let rows = shown.indices.filter { [3, 7].contains(shown[$0]) }
    #expect(table.count == rows.count)
    #expect(table.labels == rows.map { shown[$0] == 7 ? 0 : 1 })
    for (index, row) in rows.enumerated() where index % 97 == 0 {
      #expect(table.values(of: index) == whole.values(of: row))
    }
    #expect(
      try dataset("mnist", "split: test, classes: [7, 3]").dataset.survey(in: .standard()).classes
        == Classes(["7", "3"]))
  }

  @Test func `a subset is the first samples, after the choice of classes`() throws {
    let few = try loaded("mnist", "split: test, classes: [7], subset: 5")
    let more = try loaded("mnist", "split: test, classes: [7]")
    #expect(few.count == 5)
    for index in 0..<5 { #expect(few.values(of: index) == more.values(of: index)) }
  }

  @Test func `mirror images follow the images, column by column in reverse`() throws {
    let plain = try loaded("mnist", "split: test, subset: 3")
    let table = try loaded("mnist", "split: test, subset: 3, horizontal_flip: true")
    #expect(table.count == 6)
    #expect(table.labels == (plain.labels ?? []) + (plain.labels ?? []))
    for index in 0..<3 {
      let (image, mirror) = (plain.values(of: index), table.values(of: index + 3))
      #expect(table.values(of: index) == image)
      for y in 0..<28 { for x in 0..<28 { #expect(mirror[y * 28 + x] == image[y * 28 + 27 - x]) } }
    }
  }

  @Test func `colors stay in their order when an image is mirrored`() throws {
    let folder = try TemporaryFolder()
    try folder.put(Fixture.bytes("color.png"), into: "a.png")
    let table = try loaded("image_folder", "path: \"\(folder.path)\", size: [12, 20], horizontal_flip: true")
    let (image, mirror) = (table.values(of: 0), table.values(of: 1))
    for pixel in 0..<(12 * 20) {
      let other = pixel / 20 * 20 + 19 - pixel % 20
      for channel in 0..<3 { #expect(mirror[3 * pixel + channel] == image[3 * other + channel]) }
    }
  }

  @Test(arguments: [
    ("classes: [10]", "mnist has the classes 0 to 9, not 10", "classes"),
    ("subset: 70000", "subset asks for 70000 samples, but mnist has 60000", "subset"),
    ("classes: [1], subset: 60000", "subset asks for 60000 samples, but mnist with these classes has 6742", "subset"),
  ])
  func `more than there is cannot be taken`(fields: String, problem: String, field: String) throws {
    let error = try refusal("mnist", fields)
    #expect(error.headline == problem)
    #expect(error.field == field)
    #expect(error.exitCode == 65)
  }

  @Test func `a class cannot be listed twice`() throws {
    #expect(try dataset("mnist", "classes: [3, 7, 3]").messages == ["classes has 3 twice"])
  }

  @Test func `only images have mirror images`() throws {
    let folder = try TemporaryFolder()
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
    let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    try folder.put(
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + [UInt8](repeating: 0, count: 8), into: "a.npy")
    let error = try refusal("npy", "path: \"\(folder("a.npy"))\", horizontal_flip: true")
    #expect(error.headline == "horizontal_flip is for images [height, width, channels], but a sample of npy is [2]")
  }
}
