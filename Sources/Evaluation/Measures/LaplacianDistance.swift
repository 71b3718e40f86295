import Compute

/// The sliced distance of Wasserstein between patches of two sets' images, level by level of their Laplacian pyramids, times 1000
/// (Karras et al., "Progressive Growing of GANs for Improved Quality, Stability, and Variation", 2018).
///
/// A descriptor is a patch of 7 x 7 pixels with all channels, [channel, row, column]. Over all descriptors of a set each channel's
/// mean is taken off and the rest divided by its standard deviation, n in its divisor; one of a deviation below 2^-40 times the
/// set's largest value, which is rounding, is 0. A level's value is 1000 mean_ij |sort(u_i X)_j - sort(u_i Y)_j| over 512 directions u_i. An image has 128 patches at each level, fewer where
/// there are more than 1024 images, so that a set has at most 2^17 descriptors at a time: 49 MiB of them a channel. Of the larger
/// set as many images as the smaller one has are taken, the first ones.
///
/// The places of image i's patches are the same in both sets, so that equal sets lie at exactly 0: for n patches an image, words
/// 2 (n i + j) and 2 (n i + j) + 1 of the stream `evaluation/patches` at step l are the indices of patch j's first row and column
/// at level l. Directions are `SlicedDistance.directions`.
package struct LaplacianDistance: Sendable {
  /// The distance at each level, the finest first.
  ///
  /// There are as many as the sides can be halved, rounded up, without the smaller one falling below 16.
  package let levels: [Double]

  /// The mean of the levels.
  package var mean: Double { levels.reduce(0, +) / Double(levels.count) }

  private static let side = 7
  private static let mostDescriptors = 1 << 17

  /// Of two sets of images of one size, with sides of at least 16.
  package init(_ real: Images, _ generated: Images, directions: Int = 512, seed: UInt64, on pool: ThreadPool) {
    precondition(
      real.height == generated.height && real.width == generated.width && real.channels == generated.channels,
      "images of one size")
    let sides = LaplacianPyramid.sides(height: real.height, width: real.width)
    precondition(!sides.isEmpty, "sides of at least 16")
    let count = min(real.count, generated.count, LaplacianDistance.mostDescriptors)
    let dimensions = real.channels * LaplacianDistance.side * LaplacianDistance.side
    let directions = SlicedDistance.directions(directions, dimensions: dimensions, seed: seed)
    levels = sides.indices.map { number in
      let patches = Patches(level: number, of: sides.count, images: count, sides: sides[number], seed: seed)
      let (x, y) = (patches.descriptors(of: real, on: pool), patches.descriptors(of: generated, on: pool))
      let sums = SlicedDistance.map(x, y, along: directions, on: pool) { left, right in
        zip(left, right).reduce(0.0) { $0 + abs($1.0 - $1.1) }
      }
      return 1000 * (sums.reduce(0, +) / (Double(x.rows) * Double(directions.rows)))
    }
  }

  /// Bytes of the descriptors of two sets of so many images at most, and of parts of them while they are gathered.
  static func bytes(images: Int, channels: Int) -> Int {
    let count = min(images, mostDescriptors)
    return Shape.count([3, count, patches(ofImages: count), side * side, channels, MemoryLayout<Double>.stride])
  }

  /// Patches of an image where a set has so many.
  package static func patches(ofImages count: Int) -> Int { min(128, max(1, mostDescriptors / max(count, 1))) }

  /// Where a level's patches lie.
  private struct Patches: Sendable {
    let level: Int
    let levels: Int
    let images: Int
    let perImage: Int
    /// The first row and column of each patch, those of an image after those of the one before.
    let places: [(row: Int, column: Int)]

    init(level: Int, of levels: Int, images: Int, sides: (height: Int, width: Int), seed: UInt64) {
      (self.level, self.levels, self.images) = (level, levels, images)
      perImage = LaplacianDistance.patches(ofImages: images)
      let words = Random(seed: seed).bits(
        stream: "evaluation/patches", step: UInt32(level), count: 2 * images * perImage)
      places = (0..<(images * perImage)).map { patch in
        (
          row: Random.index(of: words[2 * patch], below: sides.height - LaplacianDistance.side + 1),
          column: Random.index(of: words[2 * patch + 1], below: sides.width - LaplacianDistance.side + 1)
        )
      }
    }

    /// The descriptors of a set, normalised.
    func descriptors(of set: Images, on pool: ThreadPool) -> Matrix {
      let side = LaplacianDistance.side
      var parts = pool.map(images) { image in
        let planes = set.planes(of: image).map { LaplacianPyramid.level(level, of: levels, $0) }
        var values: [Double] = []
        values.reserveCapacity(perImage * planes.count * side * side)
        for place in places[(image * perImage)..<((image + 1) * perImage)] {
          for plane in planes {
            for row in place.row..<(place.row + side) {
              let first = row * plane.columns + place.column
              values += plane.values[first..<(first + side)]
            }
          }
        }
        return values
      }
      let least = 0x1p-40 * set.pixels.values.reduce(0) { max($0, abs($1)) }
      for channel in 0..<set.channels {
        parts = normalised(parts, Runs(channel: channel, channels: set.channels), least: least, on: pool)
      }
      var values: [Double] = []
      values.reserveCapacity(images * perImage * set.channels * side * side)
      for part in parts { values += part }
      return Matrix(rows: images * perImage, columns: set.channels * side * side, values: values)
    }

    /// Where a channel's values lie in descriptors one after another.
    private struct Runs: Sendable {
      let channel: Int
      let channels: Int
      var count: Int { LaplacianDistance.side * LaplacianDistance.side }

      /// The values of each descriptor.
      func of(_ values: [Double]) -> [ArraySlice<Double>] {
        stride(from: channel * count, to: values.count, by: channels * count).map { values[$0..<($0 + count)] }
      }
    }

    /// Takes a channel's mean off and divides by its standard deviation, if that is above the least; sums are those of each
    /// descriptor, then of the descriptors.
    private func normalised(_ parts: [[Double]], _ runs: Runs, least: Double, on pool: ThreadPool) -> [[Double]] {
      let count = Double(images * perImage * runs.count)
      let sums = pool.map(images) { image in runs.of(parts[image]).map { $0.reduce(0, +) } }
      let mean = sums.joined().reduce(0, +) / count
      let squares = pool.map(images) { image in
        runs.of(parts[image]).map { run in
          run.reduce(0.0) { sum, value in
            let difference = value - mean
            return sum.addingProduct(difference, difference)
          }
        }
      }
      let deviation = (squares.joined().reduce(0, +) / count).squareRoot()
      return pool.map(images) { image in
        var values = parts[image]
        for place in runs.of(parts[image]).flatMap(\.indices) {
          values[place] = deviation > least ? (values[place] - mean) / deviation : 0
        }
        return values
      }
    }
  }
}
