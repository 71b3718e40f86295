/// The loops over windows of images: where the largest key of each lies, eight channels at a time.
struct Windows: Sendable {
  private let geometry: ConvolutionGeometry
  private let channels: Int

  init(_ geometry: ConvolutionGeometry, channels: Int) {
    self.geometry = geometry
    self.channels = channels
  }

  /// out[n, a, b, c] = x at the first place of the window where the key is largest: a tile is an image.
  func pick(from x: Buffer, by keys: Buffer, images: Int, into out: Buffer) -> Stage {
    Stage(tiles: images) { image, _ in
      let start = image &* geometry.input.area &* channels
      let target = out.base + image &* geometry.output.area &* channels
      forEachWindow { window, places in
        Vector.forEachBlock(of: channels) { c, count in
          var best = Vector.zero
          var picked = Vector.zero
          var isFirst = true
          forEachPlace(places) { place in
            let offset = start &+ place &* channels &+ c
            let key = Vector(at: keys.base + offset, first: count)
            let value = Vector(at: x.base + offset, first: count)
            let isBetter = Windows.isBetter(key, best)
            best = isFirst ? key : best.replacing(with: key, where: isBetter)
            picked = isFirst ? value : picked.replacing(with: value, where: isBetter)
            isFirst = false
          }
          picked.store(at: target + (window &* channels &+ c), first: count)
        }
      }
    }
  }

  /// out[n, place, c] = sum of y over the windows whose largest key is first there: a tile is an image.
  func put(_ y: Buffer, by keys: Buffer, images: Int, into out: Buffer) -> Stage {
    Stage(tiles: images) { image, _ in
      let start = image &* geometry.input.area &* channels
      let source = y.base + image &* geometry.output.area &* channels
      (out.base + start).update(repeating: 0, count: geometry.input.area &* channels)
      forEachWindow { window, places in
        Vector.forEachBlock(of: channels) { c, count in
          var best = Vector.zero
          var winner = Vector(repeating: -1)
          var number: Float = 0
          forEachPlace(places) { place in
            let key = Vector(at: keys.base + (start &+ place &* channels &+ c), first: count)
            let isBetter = Windows.isBetter(key, best)
            best = number == 0 ? key : best.replacing(with: key, where: isBetter)
            winner = number == 0 ? .zero : winner.replacing(with: number, where: isBetter)
            number += 1
          }
          let value = Vector(at: source + (window &* channels &+ c), first: count)
          number = 0
          forEachPlace(places) { place in
            let pointer = out.base + (start &+ place &* channels &+ c)
            let share = Vector.zero.replacing(with: value, where: winner .== number)
            (Vector(at: pointer, first: count) + share).store(at: pointer, first: count)
            number += 1
          }
        }
      }
    }
  }

  /// The places of a window that lie in the image.
  private struct Places {
    var rows: Range<Int>
    var columns: Range<Int>
  }

  /// Whether a key takes the place of the best so far; what is not a number is kept, so that it is noticed.
  @inline(__always)
  private static func isBetter(_ key: Vector, _ best: Vector) -> SIMDMask<SIMD8<Int32>> {
    (key .> best) .| ((key .!= key) .& (best .== best))
  }

  @inline(__always)
  private func forEachWindow(_ body: (_ window: Int, _ places: Places) -> Void) {
    let (input, kernel) = (geometry.input, geometry.kernel)
    for a in 0..<geometry.output.height {
      let top = a &* geometry.strides.height &- geometry.padding.height
      for b in 0..<geometry.output.width {
        let left = b &* geometry.strides.width &- geometry.padding.width
        body(
          a &* geometry.output.width &+ b,
          Places(
            rows: max(top, 0)..<min(top &+ kernel.height, input.height),
            columns: max(left, 0)..<min(left &+ kernel.width, input.width)))
      }
    }
  }

  @inline(__always)
  private func forEachPlace(_ places: Places, _ body: (Int) -> Void) {
    for row in places.rows {
      for column in places.columns { body(row &* geometry.input.width &+ column) }
    }
  }
}
