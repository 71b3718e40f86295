import Compute
import Networks
import TestSupport
import Testing

/// Layers that networks of other programs need before their first kernel, and at the border of images.
@Suite struct ResizingTests {
  /// Rows of four places, place (i, j) with (7 i² + 3 i j + 5 j) mod 23.
  private static func output(_ layer: String, rows: Int) throws -> [Float] {
    var small = try SmallNetwork([layer], input: [rows, 4, 1], batch: 1)
    small.trial.inputs["x"] = (0..<rows * 4).map { place in
      let (i, j) = (place / 4, place % 4)
      return Float((7 * i * i + 3 * i * j + 5 * j) % 23)
    }
    return try small.output(.inference).values
  }

  /// tf.raw_ops.ResizeBilinear and ResizeNearestNeighbor with half_pixel_centers=False of TensorFlow 2.21; keras.layers.Resizing of
  /// Keras 3.15; avg_pool2d(3, 1, 1, count_include_pad=False) and max_pool2d(3, 1, 1) of PyTorch 2.13.
  @Test(
    arguments: [
      (
        "resizing: {height: 7, width: 6, half_pixel_centers: false}", 5,
        [
          0, 3.3333333, 6.6666667, 10, 13.3333333, 15, 5, 9.7619057, 9.0476189, 2.8571424, 7.619048, 10, 6.1428571,
          12.3333333, 10.8571434, 1.7142858, 7.9047627, 11, 6.7142856, 12.1428571, 12.0952377, 6.5714276, 12,
          14.7142858,
          15.2857143, 11.1904764, 12.5714293, 19.4285736, 15.333333, 13.2857141, 18.7142868, 13.8571434, 12.2857141,
          13.9999971, 9.1428537, 6.7142835, 20, 16, 12, 8, 4, 2,
        ]
      ),
      ("resizing: {height: 3, width: 2, half_pixel_centers: false}", 5, [0, 10, 5.666667, 2.666667, 18, 17.333334]),
      (
        "resizing: {height: 7, width: 6, interpolation: nearest, half_pixel_centers: false}", 5,
        [
          0, 0, 5, 10, 10, 15, 0, 0, 5, 10, 10, 15, 7, 7, 15, 0, 0, 8, 5, 5, 16, 4, 4, 15, 5, 5, 16, 4, 4, 15, 17, 17,
          8, 22,
          22, 13, 20, 20, 14, 8, 8, 2,
        ]
      ),
      ("resizing: {height: 3, width: 2}", 5, [5.3333333, 9.6666667, 10.5, 9.5, 15.5, 9.1666667]),
      ("resizing: {height: 3, width: 2, interpolation: nearest}", 5, [5, 15, 16, 15, 14, 2]),
      (
        "average_pooling2d: {pool_size: 3, strides: 1, padding: same}", 3,
        [6.75, 6.1666667, 8.8333333, 8.25, 8, 6.8888889, 9.7777778, 8.6666667, 10.75, 7.8333333, 9.6666667, 6.75]
      ),
      (
        "max_pooling2d: {pool_size: 3, strides: 1, padding: same}", 3, [15, 15, 15, 15, 16, 16, 16, 15, 16, 16, 16, 15]
      ),
    ] as [(String, Int, [Float])])
  func `values are those of other programs`(layer: String, rows: Int, expected: [Float]) throws {
    let found = try ResizingTests.output(layer, rows: rows)
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(found)")
  }

  @Test func `an image of its size is left as it is`() throws {
    for centers in [true, false] {
      for interpolation in ["bilinear", "nearest"] {
        let layer = "resizing: {height: 3, width: 4, interpolation: \(interpolation), half_pixel_centers: \(centers)}"
        #expect(try ResizingTests.output(layer, rows: 3) == ResizingTests.output("linear", rows: 3))
      }
    }
  }

  @Test func `images of three channels keep them`() throws {
    let small = try SmallNetwork(["grayscale_to_rgb"], input: [2, 2, 3], batch: 3)
    #expect(try small.output(.inference).values == small.trial.inputs["x"])
  }
}
