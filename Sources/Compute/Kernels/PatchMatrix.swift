/// The loops of convolutions: patches of some places and some taps at a time, between calls of the product.
struct PatchMatrix: Sendable {
  private let geometry: ConvolutionGeometry
  private let channels: Int
  private let filters: Int
  private let blocks: [Block]
  private let atOnce: Int
  /// Values of patches in a worker's memory; behind them is what the product needs.
  private let patchCount: Int
  private let products: Products

  /// Neighbouring taps whose patches are made at once.
  private struct Block {
    var taps: Range<Int>
    var runs: [Run]
  }

  /// Taps of a kernel's row that read neighbouring input places.
  private struct Run {
    /// The first of them, counted from the start of its block.
    var tap: Int
    var count: Int
    /// The input place it reads, seen from the first tap of the kernel.
    var row: Int
    var column: Int
    /// The same as a number of places.
    var offset: Int
  }

  init(_ geometry: ConvolutionGeometry, channels: Int, filters: Int, products: Products) {
    self.geometry = geometry
    self.products = products
    self.channels = channels
    self.filters = filters
    blocks = geometry.tapBlocks(channels: channels).map { Block(taps: $0, runs: PatchMatrix.runs($0, geometry)) }
    atOnce = geometry.placesAtOnce(channels: channels)
    patchCount = geometry.patchCount(channels: channels)
  }

  /// Rows of the result are output places: [places, taps x channels] [taps x channels, filters].
  func convolution(of x: Buffer, with kernel: Buffer) -> Producer {
    Producer { tile, out, stride, patches in
      var start = tile.rows.lowerBound
      while start < tile.rows.upperBound {
        let places = start..<min(start &+ atOnce, tile.rows.upperBound)
        let target = out + (start &- tile.rows.lowerBound) &* stride
        for (number, block) in blocks.enumerated() {
          let width = block.taps.count &* channels
          products.multiply(
            Factor(gathered(x, places, block, into: patches), rowLength: width),
            Factor(kernel.base + block.taps.lowerBound &* channels &* filters, rowLength: filters), into: target,
            stride: stride, m: places.count, n: filters, k: width, isAdding: number > 0,
            scratch: patches + patchCount)
        }
        start = places.upperBound
      }
    }
  }

  /// Rows of the result are input places, in tiles of whole images: [places, filters] [filters, taps x channels], added
  /// where each tap reads.
  func transposedConvolution(of y: Buffer, with kernel: Buffer) -> Producer {
    Producer { tile, out, _, patches in
      let (inputArea, outputArea) = (geometry.input.area, geometry.output.area)
      // Tiles are as wide as the result.
      out.update(repeating: 0, count: tile.rows.count &* channels)
      let first = tile.rows.lowerBound / inputArea
      let end = tile.rows.upperBound / inputArea &* outputArea
      for block in blocks {
        let width = block.taps.count &* channels
        let taps = Factor(
          kernel.base + block.taps.lowerBound &* channels &* filters, rowLength: filters, isTransposed: true)
        var start = first &* outputArea
        while start < end {
          let places = start..<min(start &+ atOnce, end)
          products.multiply(
            Factor(y.base + start &* filters, rowLength: filters), taps, into: patches, stride: width,
            m: places.count, n: width, k: filters, scratch: patches + patchCount)
          scatter(patches, places, block, into: out - first &* inputArea &* channels)
          start = places.upperBound
        }
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
      let (part, block) = (tile / blocks.count, blocks[tile % blocks.count])
      let width = block.taps.count &* channels
      let target = sums.base + (part &* count &+ block.taps.lowerBound &* channels &* filters)
      let patches = workers.base(worker)
      var start = parts[part].lowerBound
      while start < parts[part].upperBound {
        // Whole pieces, so that the products of some places after another are one product.
        let places = start..<min(start &+ Products.piece, parts[part].upperBound)
        products.multiply(
          Factor(gathered(x, places, block, into: patches), rowLength: width, isTransposed: true),
          Factor(y.base + start &* filters, rowLength: filters), into: target, stride: filters, m: width, n: filters,
          k: places.count, isAdding: start > parts[part].lowerBound, scratch: patches + patchCount)
        start = places.upperBound
      }
    }
    guard parts.count > 1 else { return [made] }
    let strips = Tiling.split(count, into: (count + 4095) / 4096, unit: 16)
    return [
      made,
      Stage(tiles: strips.count) { strip, _ in
        SumTree.addParts(partials, count: parts.count, stride: count, columns: strips[strip], into: out)
      },
    ]
  }

  // MARK: Patches

  /// patches[place, tap, channel] = x where the tap reads, or 0 outside; x itself where that is the same.
  @inline(__always)
  private func gathered(
    _ values: Buffer, _ places: Range<Int>, _ block: Block, into patches: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    let x = UnsafePointer(values.base)
    if geometry.isPlaceByPlace { return x + places.lowerBound &* channels }
    let width = block.taps.count &* channels
    // Whole vectors: what they write too much is overwritten by what follows, and masked stores are slow. So are masked
    // loads, which keep within the array at its end.
    let last = (block.runs.last?.offset ?? 0) &* channels &+ 8
    let end = values.count
    forEachRun(places, block) { source in
      source &* channels &+ last <= end
    } inside: { place, tap, length, source in
      let (target, from, count) = (
        patches + (place &* width &+ tap &* channels), x + source &* channels, length &* channels
      )
      if count > 8 { target.update(from: from, count: count) } else { Vector(at: from).store(at: target) }
    } body: { place, tap, length, source in
      let (target, count) = (patches + (place &* width &+ tap &* channels), length &* channels)
      if count > 8 {
        if let source {
          target.update(from: x + source &* channels, count: count)
        } else {
          target.update(repeating: 0, count: count)
        }
      } else {
        (source.map { Vector(at: x + $0 &* channels, first: count) } ?? .zero).store(at: target)
      }
    }
    return UnsafePointer(patches)
  }

  /// Adds patches[place, tap, channel] to `out` where the tap reads.
  @inline(__always)
  private func scatter(
    _ patches: UnsafeMutablePointer<Float>, _ places: Range<Int>, _ block: Block,
    into out: UnsafeMutablePointer<Float>
  ) {
    let width = block.taps.count &* channels
    @inline(__always) func add(_ place: Int, _ tap: Int, _ length: Int, to target: Int) {
      Reductions.add(
        patches + (place &* width &+ tap &* channels), to: out + target &* channels, count: length &* channels)
    }
    forEachRun(places, block) { _ in
      true
    } inside: { place, tap, length, target in
      add(place, tap, length, to: target)
    } body: { place, tap, length, target in
      if let target { add(place, tap, length, to: target) }
    }
  }

  /// Calls a function for taps of a place that read neighbouring input places: with the place's number from the start of
  /// the range, the first tap's from the start of the block, how many they are, and the first input place.
  ///
  /// `inside` is called for places all of whose taps read inside, if `isPlain` says so of the input place of the kernel's
  /// first tap; `body` for the others, with nil where all of the taps read outside.
  @inline(__always)
  private func forEachRun(
    _ places: Range<Int>, _ block: Block, isPlain: (_ source: Int) -> Bool,
    inside: (_ place: Int, _ tap: Int, _ count: Int, _ source: Int) -> Void,
    body: (_ place: Int, _ tap: Int, _ count: Int, _ source: Int?) -> Void
  ) {
    let (input, output) = (geometry.input, geometry.output)
    let (image, within) = places.lowerBound.quotientAndRemainder(dividingBy: output.area)
    var (a, b) = within.quotientAndRemainder(dividingBy: output.width)
    var first = image &* input.area
    // Where the kernel's first tap reads if all of them read inside.
    let lastTop = input.height &- (geometry.kernel.height &- 1) &* geometry.dilation.height &- 1
    let lastLeft = input.width &- (geometry.kernel.width &- 1) &* geometry.dilation.width &- 1
    block.runs.withUnsafeBufferPointer { runs in
      for place in 0..<places.count {
        let top = a &* geometry.strides.height &- geometry.padding.height
        let left = b &* geometry.strides.width &- geometry.padding.width
        let source = first &+ top &* input.width &+ left
        if top >= 0, top <= lastTop, left >= 0, left <= lastLeft, isPlain(source) {
          for run in runs { inside(place, run.tap, run.count, source &+ run.offset) }
        } else {
          for run in runs {
            let (row, column) = (top &+ run.row, left &+ run.column)
            if row < 0 || row >= input.height || column >= input.width || column &+ run.count <= 0 {
              body(place, run.tap, run.count, nil)
              continue
            }
            let before = max(0, -column)
            let inside = min(run.count, input.width &- column) &- before
            if before > 0 { body(place, run.tap, before, nil) }
            body(place, run.tap &+ before, inside, first &+ row &* input.width &+ column &+ before)
            let after = run.count &- before &- inside
            if after > 0 { body(place, run.tap &+ before &+ inside, after, nil) }
          }
        }
        b &+= 1
        if b < output.width { continue }
        (a, b) = (a &+ 1, 0)
        if a < output.height { continue }
        (a, first) = (0, first &+ input.area)
      }
    }
  }

  private static func runs(_ taps: Range<Int>, _ geometry: ConvolutionGeometry) -> [Run] {
    var runs: [Run] = []
    for tap in taps {
      let (i, j) = tap.quotientAndRemainder(dividingBy: geometry.kernel.width)
      if geometry.dilation.width == 1, j > 0, tap > taps.lowerBound {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(
          Run(
            tap: tap - taps.lowerBound, count: 1, row: i * geometry.dilation.height,
            column: j * geometry.dilation.width,
            offset: i * geometry.dilation.height * geometry.input.width + j * geometry.dilation.width))
      }
    }
    return runs
  }
}
