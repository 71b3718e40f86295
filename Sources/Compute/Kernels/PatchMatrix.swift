/// The loops of convolutions: patches of some places and some taps at a time, between calls of the product.
struct PatchMatrix: Sendable {
  private let geometry: ConvolutionGeometry
  private let channels: Int
  private let filters: Int
  private let blocks: [Range<Int>]
  private let atOnce: Int

  init(_ geometry: ConvolutionGeometry, channels: Int, filters: Int) {
    self.geometry = geometry
    self.channels = channels
    self.filters = filters
    blocks = geometry.tapBlocks(channels: channels)
    atOnce = geometry.placesAtOnce(channels: channels)
  }

  /// Rows of the result are output places: [places, taps x channels] [taps x channels, filters].
  func convolution(of x: Buffer, with kernel: Buffer) -> Producer {
    Producer { tile, out, stride, patches in
      var start = tile.rows.lowerBound
      while start < tile.rows.upperBound {
        let places = start..<min(start &+ atOnce, tile.rows.upperBound)
        let target = out + (start &- tile.rows.lowerBound) &* stride
        for (number, taps) in blocks.enumerated() {
          let width = taps.count &* channels
          BLAS.product(
            gathered(x.base, places, taps, into: patches), width, transposed: false,
            kernel.base + taps.lowerBound &* channels &* filters, filters,
            transposed: false, target, stride, m: places.count, n: filters, k: width, isAdding: number > 0)
        }
        start = places.upperBound
      }
    }
  }

  /// Rows of the result are input places, in tiles of whole images: [places, filters] [filters, taps x channels], added
  /// where each tap reads.
  func transposedConvolution(of y: Buffer, with kernel: Buffer) -> Producer {
    Producer { tile, out, _, patches in
      let (images, area) = (geometry.input.area, geometry.output.area)
      // Tiles are as wide as the result.
      out.update(repeating: 0, count: tile.rows.count &* channels)
      let first = tile.rows.lowerBound / images
      let end = tile.rows.upperBound / images &* area
      var start = first &* area
      while start < end {
        let places = start..<min(start &+ atOnce, end)
        for taps in blocks {
          let width = taps.count &* channels
          BLAS.product(
            y.base + start &* filters, filters, transposed: false,
            kernel.base + taps.lowerBound &* channels &* filters, filters, transposed: true, patches, width,
            m: places.count, n: width, k: filters)
          scatter(patches, places, taps, into: out - first &* images &* channels)
        }
        start = places.upperBound
      }
    }
  }

  /// [taps x channels, places] [places, filters], summed over the places: parts of them side by side, then the parts in
  /// order.
  func kernelGradient(
    of x: Buffer, _ y: Buffer, parts: [Range<Int>], into out: Buffer, partials: Buffer, workers: Scratch
  ) -> [Stage] {
    let count = geometry.kernel.area &* channels &* filters
    let sums = parts.count > 1 ? partials : out
    let made = Stage(tiles: parts.count * blocks.count) { tile, worker in
      let (part, block) = (tile / blocks.count, tile % blocks.count)
      let taps = blocks[block]
      let width = taps.count &* channels
      let target = sums.base + (part &* count &+ taps.lowerBound &* channels &* filters)
      let patches = workers.base(worker)
      var start = parts[part].lowerBound
      while start < parts[part].upperBound {
        let places = start..<min(start &+ atOnce, parts[part].upperBound)
        BLAS.product(
          gathered(x.base, places, taps, into: patches), width, transposed: true, y.base + start &* filters, filters,
          transposed: false, target, filters,
          m: width, n: filters, k: places.count, isAdding: start > parts[part].lowerBound)
        start = places.upperBound
      }
    }
    guard parts.count > 1 else { return [made] }
    let strips = Tiling.split(count, into: (count + 4095) / 4096, unit: 16)
    return [
      made,
      Stage(tiles: strips.count) { strip, _ in
        Reductions.columnSums(
          partials.base, stride: count, rows: 0..<parts.count, columns: strips[strip], into: out.base)
      },
    ]
  }

  // MARK: Patches

  /// patches[place, tap, channel] = x where the tap reads, or 0 outside; x itself where that is the same.
  @inline(__always)
  private func gathered(
    _ x: UnsafeMutablePointer<Float>, _ places: Range<Int>, _ taps: Range<Int>,
    into patches: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    if geometry.isPlaceByPlace { return UnsafePointer(x + places.lowerBound &* channels) }
    let width = taps.count &* channels
    forEachRun(places, taps) { place, tap, length, source in
      let target = patches + (place &* width &+ tap &* channels)
      if let source {
        PatchMatrix.copy(x + source &* channels, to: target, count: length &* channels)
      } else {
        target.update(repeating: 0, count: length &* channels)
      }
    }
    return UnsafePointer(patches)
  }

  /// Copies values; a few of them without a call.
  @inline(__always)
  private static func copy(_ x: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>, count: Int) {
    if count <= 8 {
      Vector(at: x, first: count).store(at: out, first: count)
    } else {
      out.update(from: x, count: count)
    }
  }

  /// Adds patches[place, tap, channel] to `out` where the tap reads.
  @inline(__always)
  private func scatter(
    _ patches: UnsafeMutablePointer<Float>, _ places: Range<Int>, _ taps: Range<Int>,
    into out: UnsafeMutablePointer<Float>
  ) {
    let width = taps.count &* channels
    forEachRun(places, taps) { place, tap, length, target in
      guard let target else { return }
      Reductions.add(
        patches + (place &* width &+ tap &* channels), to: out + target &* channels, count: length &* channels)
    }
  }

  /// Calls `body` for runs of taps that read neighbouring input places: with the place's and the first tap's number from
  /// the start of their ranges, the number of taps, and the first input place, nil where all of them read outside.
  @inline(__always)
  private func forEachRun(
    _ places: Range<Int>, _ taps: Range<Int>, _ body: (_ place: Int, _ tap: Int, _ length: Int, _ source: Int?) -> Void
  ) {
    let (input, output, kernel) = (geometry.input, geometry.output, geometry.kernel)
    let isDense = geometry.dilation.width == 1
    for place in places {
      let (image, within) = place.quotientAndRemainder(dividingBy: output.area)
      let (a, b) = within.quotientAndRemainder(dividingBy: output.width)
      let top = a &* geometry.strides.height &- geometry.padding.height
      let left = b &* geometry.strides.width &- geometry.padding.width
      var tap = taps.lowerBound
      while tap < taps.upperBound {
        let (i, j) = tap.quotientAndRemainder(dividingBy: kernel.width)
        let length = isDense ? min(kernel.width &- j, taps.upperBound &- tap) : 1
        let row = top &+ i &* geometry.dilation.height
        let column = left &+ j &* geometry.dilation.width
        let number = tap &- taps.lowerBound
        if row < 0 || row >= input.height || column >= input.width || column &+ length <= 0 {
          body(place &- places.lowerBound, number, length, nil)
        } else {
          let before = max(0, -column)
          let inside = min(length, input.width &- column) &- before
          let first = (image &* input.height &+ row) &* input.width &+ column &+ before
          if before > 0 { body(place &- places.lowerBound, number, before, nil) }
          body(place &- places.lowerBound, number &+ before, inside, first)
          if before &+ inside < length {
            body(place &- places.lowerBound, number &+ before &+ inside, length &- before &- inside, nil)
          }
        }
        tap &+= length
      }
    }
  }
}
