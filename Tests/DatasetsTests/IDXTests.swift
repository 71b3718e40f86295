import Datasets
import Files
import TestSupport
import Testing

@Suite struct IDXTests {
  @Test(
    arguments: [
      ([0, 0, 8, 1, 0, 0, 0, 2, 7, 9], [2], [7, 9]),
      ([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9], [1, 2], [7, 9]),
      ([0, 0, 8, 0, 5], [], [5]),
      ([0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 2], [0, 2], []),
    ] as [([UInt8], [Int], [UInt8])])
  func `a file is its axes and then its values`(file: [UInt8], shape: [Int], values: [UInt8]) throws {
    let array = try IDX(parsing: file)
    #expect(array.shape == shape)
    #expect(array.bytes == values)
  }

  @Test(
    arguments: [
      ([], "it does not begin like an IDX file"),
      ([0, 0, 8], "it does not begin like an IDX file"),
      ([0x1f, 0x8b, 8, 0], "it does not begin like an IDX file"),
      ([0, 0, 13, 1], "its values have the IDX type 13, but only bytes (type 8) are read"),
      ([0, 0, 8, 1, 0, 0, 0], "it ends within the lengths of its axes"),
      ([0, 0, 8, 255], "it ends within the lengths of its axes"),
      ([0, 0, 8, 1, 0, 0, 0, 2, 7], "its axes [2] ask for 2 values, but it has 1"),
      ([0, 0, 8, 1, 0, 0, 0, 2, 7, 9, 11], "its axes [2] ask for 2 values, but it has 3"),
      (
        [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255],
        "its axes [4294967295, 4294967295] are longer than any file"
      ),
      (
        [0, 0, 8, 4, 0, 0, 0, 0] + [UInt8](repeating: 255, count: 12),
        "its axes [0, 4294967295, 4294967295, 4294967295] are longer than any file"
      ),
    ] as [([UInt8], String)])
  func `a bad file is refused in words`(file: [UInt8], problem: String) {
    #expect(throws: FormatError(problem)) { try IDX(parsing: file) }
  }

  @Test func `random bytes never crash the reader, and what it accepts has the right size`() {
    var generator = SeededGenerator(5)
    for round in 0..<20_000 {
      var bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...(round.isMultiple(of: 2) ? 3 : 255), using: &generator)
      }
      for (index, byte) in [0, 0, 8].enumerated() where index < bytes.count { bytes[index] = UInt8(byte) }
      if let array = try? IDX(parsing: bytes) { #expect(array.shape.reduce(1, *) == array.bytes.count) }
    }
  }
}
