import Datasets
import Foundation
import Reports
import TestSupport
import Testing

/// Samples along lines of latent points, and animations of sheets.
@Suite(.serialized) struct WalkTests {
  @Test(arguments: [1, 2, 3, 7, 24]) func `points of a spherical path are those of its formula`(steps: Int) {
    for cosine in [-0.999, -0.5, 0, 0.3, 0.9, 0.999_999] {
      let angle = acos(cosine)
      for step in 0...steps {
        let (first, second) = SphericalPath.weights(cosine: cosine, step: step, of: steps)
        let (n, k) = (Double(steps), Double(step))
        #expect(abs(first - sin((n - k) * angle / n) / sin(angle)) < 1e-9, "\(cosine), \(step) of \(steps)")
        #expect(abs(second - sin(k * angle / n) / sin(angle)) < 1e-9, "\(cosine), \(step) of \(steps)")
      }
    }
    // Of one direction, or opposite ones: a straight line.
    #expect(SphericalPath.weights(cosine: 1, step: 1, of: 4) == (0.75, 0.25))
    #expect(SphericalPath.weights(cosine: -1, step: 1, of: 4) == (0.75, 0.25))
  }

  private func trained(_ spec: String = RunScratch.spec) throws -> RunScratch {
    let scratch = try RunScratch(spec: spec)
    let result = try scratch.gan("run", "small.yaml", "--quiet", "--epochs", "3")
    try #require(result.status == 0, Comment(rawValue: result.errors))
    return scratch
  }

  private func lines(_ result: Program.Result) -> [String] {
    result.output.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func `a row goes from one sample of a seed to the next, or from seed to seed`() throws {
    let scratch = try trained()
    let (first, second) = (
      lines(try scratch.gan("sample", "latest", "--seed", "5", "-n", "8", "-o", "-", "--format", "csv")),
      lines(try scratch.gan("sample", "latest", "--seed", "6", "-n", "8", "-o", "-", "--format", "csv"))
    )
    let walk = lines(
      try scratch.gan(
        "interpolate", "latest", "--seed", "5", "--rows", "4", "--columns", "3", "-o", "-", "--format", "csv"))
    #expect(walk.count == 12)
    for row in 0..<4 {
      #expect(walk[3 * row] == first[2 * row] && walk[3 * row + 2] == first[2 * row + 1])
      #expect(walk[3 * row + 1] != walk[3 * row])
    }
    let across = lines(
      try scratch.gan(
        "interpolate", "latest", "--seed", "5", "--to", "6", "--rows", "8", "--columns", "2", "-o", "-", "--format",
        "csv"))
    for row in 0..<8 { #expect(across[2 * row] == first[row] && across[2 * row + 1] == second[row]) }
    let none = try scratch.gan("traverse", "latest", "--code", "0")
    #expect(none.status == 64 && none.errors.contains("has no codes"), "\(none.errors)")
  }

  @Test func `a traversal changes one code and nothing else`() throws {
    let scratch = try trained(
      RunScratch.spec.replacingOccurrences(
        of: "latent: {dim: 8}", with: "latent: {dim: 6, codes: {categorical: [4], continuous: 1}}"
      ).replacingOccurrences(of: "units: 1, activation: sigmoid", with: "units: 6"))
    let place = scratch.folder("walk.npz")
    func latent(_ arguments: String...) throws -> [[Float]] {
      let result = try scratch.gan(arguments + ["-o", place])
      try #require(result.status == 0, Comment(rawValue: result.errors))
      // latent.npy is the last of the archive, stored as it is: its values are the last bytes before the directory.
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: place)))
      let name = try #require(bytes.firstRange(of: [UInt8]("latent.npy".utf8)))
      let head = try #require(bytes[name.upperBound...].firstRange(of: [0x93] + [UInt8]("NUMPY".utf8)))
      let start = head.lowerBound + 10 + Int(bytes[head.lowerBound + 8]) + Int(bytes[head.lowerBound + 9]) << 8
      let text = String(decoding: bytes[(head.lowerBound + 10)..<start], as: UTF8.self)
      let shape = try #require(text.firstMatch(of: #/\((\d+), (\d+)\)/#))
      let (rows, columns) = (try #require(Int(shape.1)), try #require(Int(shape.2)))
      return (0..<rows).map { row in
        (0..<columns).map { column in
          let place = start + 4 * (row * columns + column)
          return Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) })
        }
      }
    }
    let kinds = try latent("traverse", "latest", "--code", "0", "--rows", "3")
    #expect(kinds.count == 12 && kinds[0].count == 11)
    for (number, point) in kinds.enumerated() {
      let same = kinds[number / 4 * 4]
      #expect(point[..<6] == same[..<6] && point[10] == same[10])
      #expect(Array(point[6..<10]) == (0..<4).map { $0 == number % 4 ? 1 : 0 })
    }
    let slopes = try latent("traverse", "latest", "--code", "1", "--rows", "2", "--columns", "5", "--reach", "2")
    for (number, point) in slopes.enumerated() {
      #expect(point[..<10] == slopes[number / 5 * 5][..<10] && point[10] == [-2, -1, 0, 1, 2][number % 5])
    }
    let wrong = try scratch.gan("traverse", "latest", "--code", "2")
    #expect(
      wrong.errors == "gan-exp: error: there is no code 2: Runs/small/001 has 0 of 4 values, 1 from -1 to 1\n"
        + "         give --code one of 0 to 1\n")
  }

  @Test func `an animation has every sheet, or as many as are asked for`() throws {
    let scratch = try trained()
    let all = try scratch.gan("animate", "latest", "-o", "growth.gif")
    #expect(all.status == 0 && all.output == "growth.gif\n", "\(all.errors)")
    #expect(all.errors.hasPrefix("3 sheets of small/001, "))
    let some = try scratch.gan("animate", "latest", "--most", "2", "--plain")
    #expect(some.output == "small-001-growth.png\n", "\(some.errors)")
    #expect(some.errors.hasPrefix("2 of 3 sheets of small/001, "))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.folder("small-001-growth.png")))
    let first = try Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/samples/step-000010.png"))
    #expect(bytes.prefix(33) == first.prefix(33))
    #expect(RunAnimation.thinned(Array(1...10), to: 4) == [1, 4, 7, 10])
    #expect(RunAnimation.thinned([3, 5], to: 4) == [3, 5])
    let mistake = try scratch.gan("animate", "latest", "-o", "growth.mp4")
    #expect(mistake.status == 64 && mistake.errors.contains("an animation is written as .png or .gif"))
  }

  /// A generator of images by class: what `animate` writes at the rows of their sheets, and `sample` where it is asked to.
  @Test func `rows of images that are of one class have its name`() throws {
    let scratch = try RunScratch(
      spec: """
        name: small
        dataset: {mnist: {classes: [3, 7], subset: 32}}
        conditional: {}
        latent: {dim: 4}
        generator: [one_hot, dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
        discriminator: [flatten, one_hot, dense: {units: 1}]
        training: {batch_size: 16, epochs: 2}

        """)
    try #require(try scratch.gan("run", "small.yaml", "--quiet").status == 0)
    let sheet = try PNG(
      decoding: [UInt8](Data(contentsOf: URL(fileURLWithPath: scratch.run() + "/samples/step-000002.png"))))
    func picture(_ arguments: String...) throws -> PNG {
      let result = try scratch.gan(arguments + ["-o", "p.png"])
      try #require(result.status == 0, Comment(rawValue: result.errors))
      return try PNG(decoding: [UInt8](Data(contentsOf: URL(fileURLWithPath: scratch.folder("p.png")))))
    }
    // One letter of 5 x 2 pixels with 8 beside it; the first sheet is what a program without animation shows.
    let growth = try picture("animate", "latest")
    #expect(growth.width == sheet.width + 18)
    /// Pixels that stand out from the ground in a column of the picture's left side, by row of the sheet.
    func written(_ row: Int) -> Int {
      (0..<56).reduce(0) { sum, y in
        sum + (0..<18).count { growth.pixels[(4 + row * 60 + y) * growth.width + $0] != growth.pixels[0] }
      }
    }
    #expect(written(0) > 30 && written(1) > 20 && written(0) != written(1))
    #expect(try picture("animate", "latest", "--plain").width == sheet.width)
    let (named, bare) = (try picture("sample", "latest"), try picture("sample", "latest", "--no-labels"))
    #expect(named.width > bare.width && named.height == bare.height && bare.width == sheet.width)
    // What nobody can read tells neither classes nor epochs.
    try scratch.folder.put("{", into: "Runs/small/001/resolved.yaml")
    let result = try scratch.gan("animate", "latest", "-o", "p.png")
    #expect(result.status == 0)
    #expect(
      result.errors.hasPrefix("note: Runs/small/001/resolved.yaml cannot be read: epochs and classes are left out\n"))
  }

  @Test func `every image is a file of its own`() throws {
    let scratch = try trained()
    let points = try scratch.gan("sample", "latest", "--each", "-o", "points")
    #expect(points.status == 64)
    #expect(
      points.errors == "gan-exp: error: a sample of small/001 is 2, which is no gray or RGB image\n"
        + "         write numbers with --format csv or npz\n")
    #expect(!FileManager.default.fileExists(atPath: scratch.folder("points")))
  }
}
