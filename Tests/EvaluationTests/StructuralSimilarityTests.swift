import Compute
import Evaluation
import Testing

/// MS-SSIM beside a program in NumPy that has windows of two dimensions; its test values are also among `ReferenceCases`.
struct StructuralSimilarityTests {
  @Test(
    arguments: [
      (16, 16, 0.9650427011205448), (28, 28, 0.8049199401070609), (45, 80, 0.836547105163867),
      (64, 64, 0.8445870145793736),
    ])
  func `images of any side from 16 on have the value of another program`(height: Int, width: Int, expected: Double) {
    let (a, b) = ([Pictures.plane(height, width)], [Pictures.plane(height, width, 1)])
    #expect(abs(StructuralSimilarity.value(a, b) - expected) < 1e-12)
    #expect(StructuralSimilarity.value(b, a) == StructuralSimilarity.value(a, b))
    #expect(StructuralSimilarity.value(a, a) == 1)
  }

  @Test func `channels are averaged at each level`() {
    let a = [0, 1, 2].map { Pictures.plane(32, 32, $0) }
    let b = [1, 3, 2].map { Pictures.plane(32, 32, $0) }
    #expect(abs(StructuralSimilarity.value(a, b) - 0.7589098435802156) < 1e-12)
  }

  @Test func `a negative has no similarity, and no power of a negative number`() {
    let a = Pictures.plane(32, 32)
    let negative = Matrix(rows: 32, columns: 32, values: a.values.map { 255 - $0 })
    #expect(StructuralSimilarity.levels([a], [negative])[0].contrast < 0)
    #expect(StructuralSimilarity.value([a], [negative]) == 0)
  }

  @Test func `a set has the mean of its pairs, with any number of threads`() throws {
    let planes = [0, 1, 2, 3, 4].map { [Pictures.plane(28, 28, $0), Pictures.plane(28, 28, $0 + 5)] }
    let images = Pictures.images(of: planes).padded(height: 32, width: 32, with: 0)
    let means = try [1, 2, 3].map { threads in
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      return try #require(StructuralSimilarity.mean(ofPairsIn: images, on: pool))
    }
    #expect(Set(means.map(\.value.bitPattern)).count == 1)
    let values = [0, 2].map { StructuralSimilarity.value(images.planes(of: $0), images.planes(of: $0 + 1)) }
    #expect(means[0].value == (values[0] + values[1]) / 2)
    #expect(abs(means[0].standardError - abs(values[0] - values[1]) / 8.0.squareRoot()) < 1e-15)
  }

  @Test func `one image is no pair`() {
    let pool = ThreadPool(threads: 1)
    let single = Pictures.images(of: [[Pictures.plane(32, 32)]])
    #expect(StructuralSimilarity.mean(ofPairsIn: single, on: pool) == nil)
  }

  @Test func `digits are padded by their background`() {
    let planes = [0, 1].map { k in [Pictures.plane(28, 28, k), Pictures.plane(28, 28, k + 1)] }
    let padded = Pictures.images(of: planes).padded(height: 32, width: 32, with: 0)
    #expect(padded.height == 32 && padded.width == 32)
    for image in 0..<2 {
      for (channel, plane) in padded.planes(of: image).enumerated() {
        var expected = Matrix(rows: 32, columns: 32)
        for y in 0..<28 {
          for x in 0..<28 { expected[y + 2, x + 2] = planes[image][channel][y, x] }
        }
        #expect(plane == expected)
      }
    }
    let (a, b) = ([padded.planes(of: 0)[0]], [padded.planes(of: 1)[0]])
    #expect(abs(StructuralSimilarity.value(a, b) - 0.8298058632003851) < 1e-12)
  }
}
