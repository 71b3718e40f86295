import Compute
import Datasets
import TestSupport
import Testing
import Training

@Suite struct SheetSizeTests {
  @Test(
    arguments: [
      // 8 x 8 images of 28 x 28, each pixel twice as wide and high, 4 pixels apart.
      (64, [28, 28, 1], nil, 8 * 60 + 4, 8 * 60 + 4), (64, [64, 64, 3], nil, 8 * 68 + 4, 8 * 68 + 4),
      (10, [28, 28, 1], 10, 10 * 60 + 4, 64), (5, [5], nil, 18, 5 * 6 + 4), (3, [2, 2, 5], nil, 2 * 24 + 4, 2 * 8 + 4),
      (64, [2, 2, 40_000], nil, 1_280_036, 68),
    ] as [(Int, [Int], Int?, Int, Int)])
  func `a sheet is as large as its images and the gaps`(
    count: Int, shape: [Int], columns: Int?, width: Int, height: Int
  ) {
    let size = SheetSize(of: count, shape: shape, columns: columns)
    #expect(size.width == width)
    #expect(size.height == height)
    #expect(size.isPNG == (width <= 1_000_000))
  }

  @Test func `a sheet that no PNG holds is refused before training, with a number that fits`() throws {
    let folder = try TemporaryFolder()
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 1, 60000), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    try folder.put(
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + [UInt8](repeating: 1, count: 480_000),
      into: "wide.npy")
    let spec = """
      dataset: {npy: {path: wide.npy}}
      generator: [dense: {units: 120000, activation: tanh}, reshape: {shape: [2, 1, 60000]}]
      discriminator: [flatten, dense: {units: 1}]
      training: {batch_size: 4, epochs: 1}

      """
    try folder.put(spec + "record: {sample_count: 100}\n", into: "sheet.yaml")
    try folder.put(spec, into: "plain.yaml")
    let wide = "a sheet of 100 samples of [2, 1, 60000] has 1200044 x 84 pixels"
    let message = "; a PNG file has at most 1000000 a side and 4.0 GiB in all\n"
    for command in ["check", "run"] {
      let result = try Program.run([command, "sheet.yaml"], in: folder.path)
      #expect(
        result.errors == """
          sheet.yaml:5:24: error: \(wide)\(message)\
              5 | record: {sample_count: 100}
                |                        ^~~ use record: {sample_count: 64} or less

          """, "\(result.errors)")
      #expect(result.status == 65)
    }
    #expect(try Program.run(["check", "plain.yaml"], in: folder.path).status == 0)
    let run = try Program.run(["run", "sheet.yaml", "--set", "record.sample_count=64", "--quiet"], in: folder.path)
    #expect(run.status == 0, Comment(rawValue: run.errors))
  }
}
