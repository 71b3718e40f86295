import Compute
import Evaluation
import Testing

/// The distance of Laplacian pyramids beside SciPy's filters and beside its rules written out.
struct LaplacianDistanceTests {
  /// A size with what a program in SciPy finds at each level of `Pictures.plane`: three values and the sum of magnitudes.
  struct Pyramid: Sendable, CustomTestStringConvertible {
    let height: Int
    let width: Int
    let levels: [[Double]]
    var testDescription: String { "\(height) x \(width)" }
  }

  private static let pyramids = [
    Pyramid(height: 16, width: 16, levels: [[0, 137, 148, 30253]]),
    Pyramid(
      height: 32, width: 32,
      levels: [
        [-19.08203125, 14.099609375, -7.28125, 61357.010009765625], [11.0625, 125.08984375, 131.28125, 31761.59375],
      ]),
    Pyramid(
      height: 33, width: 40,
      levels: [
        [-19.08203125, 14.099609375, -55.12109375, 79424.81005859375],
        [11.0625, 125.08984375, 101.625, 42148.92578125],
      ]),
    Pyramid(
      height: 64, width: 35,
      levels: [
        [-19.08203125, 14.099609375, -122.0625, 133230.73474121094], [11.0625, 125.08984375, 146.6875, 71707.375],
      ]),
  ]

  @Test(arguments: pyramids) private func `a pyramid has the levels that SciPy's filters give`(_ known: Pyramid) {
    let plane = Pictures.plane(known.height, known.width)
    let sides = LaplacianPyramid.sides(height: known.height, width: known.width)
    let naive = NaiveLaplacianDistance.pyramid(plane)
    #expect(sides.count == known.levels.count && naive.count == known.levels.count)
    for (number, expected) in known.levels.enumerated() {
      let level = LaplacianPyramid.level(number, of: sides.count, plane)
      #expect(level.rows == sides[number].height && level.columns == sides[number].width)
      let size = level.values.reduce(0) { $0 + abs($1) }
      for (value, wanted) in zip([level[0, 0], level[3, 5], level.values.last ?? .nan], expected) {
        #expect(abs(value - wanted) < 1e-11)
      }
      #expect(abs(size - expected[3]) < 1e-12 * size)
      #expect(zip(level.values, naive[number].values).allSatisfy { abs($0 - $1) < 1e-12 * 251 })
    }
  }

  /// Sizes of sets: height, width, channels, real and generated images.
  private static let sets = [(16, 16, 1, 3, 3), (33, 20, 3, 2, 2), (32, 40, 3, 3, 2), (64, 64, 1, 1, 2)]

  @Test(arguments: sets) private func `a distance is that of its rules written out`(
    height: Int, width: Int, channels: Int, real: Int, generated: Int
  ) {
    let x = Pictures.images(real, height, width, channels: channels, seed: 8)
    let y = Pictures.images(generated, height, width, channels: channels, seed: 9)
    let values = [1, 2, 3].map { threads in
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      return LaplacianDistance(x, y, directions: 40, seed: 5, on: pool)
    }
    #expect(values[1].levels == values[0].levels && values[2].levels == values[0].levels)
    let count = min(real, generated)
    let naive = NaiveLaplacianDistance.values(
      (0..<count).map { x.planes(of: $0) }, (0..<count).map { y.planes(of: $0) }, patches: 128,
      directions: SlicedDistance.directions(40, dimensions: 49 * channels, seed: 5), seed: 5)
    #expect(values[0].levels.count == naive.count)
    for (value, expected) in zip(values[0].levels, naive) {
      #expect(expected > 1 && abs(value - expected) < 1e-12 * expected, "\(value), \(expected)")
    }
    #expect(values[0].mean == values[0].levels.reduce(0, +) / Double(naive.count))
  }

  @Test func `equal sets have no distance, whatever there is in the larger one besides`() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let y = Pictures.images(4, 32, 32, channels: 3, seed: 2)
    let x = Images(y.pixels.taking(0..<3), height: 32, width: 32, channels: 3)
    #expect(LaplacianDistance(x, y, seed: 1, on: pool).levels == [0, 0])
  }

  @Test func `brightness and contrast of a set are normalised away`() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let x = Pictures.images(3, 16, 16, channels: 1, seed: 2)
    let y = Images(
      Matrix(rows: 3, columns: 256, values: x.pixels.values.map { 8 * $0 + 3 }), height: 16, width: 16, channels: 1)
    #expect(LaplacianDistance(x, y, seed: 1, on: pool).mean < 1e-10)
  }

  @Test func `images of one value are zeros and no rounding errors`() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    func constant(_ value: Double) -> Images {
      Images(
        Matrix(rows: 2, columns: 1024, values: [Double](repeating: value, count: 2048)), height: 32, width: 32,
        channels: 1)
    }
    #expect(LaplacianDistance(constant(0.1), constant(0.7), seed: 1, on: pool).levels == [0, 0])
  }

  @Test func `of many images fewer patches are held`() {
    let known = [(1, 128), (1024, 128), (1025, 127), (10000, 13), (1 << 17, 1), (1 << 20, 1)]
    for (images, patches) in known { #expect(LaplacianDistance.patches(ofImages: images) == patches) }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let x = Pictures.images(1100, 16, 16, channels: 1, seed: 2)
    #expect(LaplacianDistance(x, x, directions: 3, seed: 1, on: pool).levels == [0])
  }
}
