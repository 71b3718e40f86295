// Images that are moved or partly covered, a tile an image.
extension Stage {
  /// out[n, i, j, :] = x[n, i - d0, j - d1, :], or 0 where that lies outside; d0 and d1 are the factors times u[n], rounded.
  static func translation(
    of x: Buffer, shape: Shape, by u: Buffer, height down: Float, width right: Float, into out: Buffer
  ) -> Stage {
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let row = width &* channels
    return Stage(tiles: shape[0]) { n, _ in
      // Beyond the image all is zero, however far: so no offset is too large for an integer.
      let down = shift(down * u.base[2 &* n], within: height)
      let right = shift(right * u.base[2 &* n &+ 1], within: width)
      let (source, target) = (x.base + n &* height &* row, out.base + n &* height &* row)
      let columns = max(0, right)..<max(max(0, right), min(width, width &+ right))
      for i in 0..<height {
        let line = target + i &* row
        line.update(repeating: 0, count: row)
        guard (0..<height).contains(i &- down), !columns.isEmpty else { continue }
        (line + columns.lowerBound &* channels).update(
          from: source + ((i &- down) &* row &+ (columns.lowerBound &- right) &* channels),
          count: columns.count &* channels)
      }
    }
  }

  /// The integer nearest to an offset, at most the extent in magnitude.
  @inline(__always)
  private static func shift(_ offset: Float, within extent: Int) -> Int {
    let limit = Float(extent)
    return Int(min(max(offset.isNaN ? 0 : offset, -limit), limit).rounded())
  }

  /// out[n, i, j] = 0 within the square, else 1.
  static func cutout(
    at places: Buffer, count: Int, height: Int, width: Int, size: Int, into out: Buffer
  ) -> Stage {
    Stage(tiles: count) { n, _ in
      let target = out.base + n &* height &* width
      target.update(repeating: 1, count: height &* width)
      let rows = square(places.base[2 &* n], size: size, within: height)
      let columns = square(places.base[2 &* n &+ 1], size: size, within: width)
      for i in rows { (target + (i &* width &+ columns.lowerBound)).update(repeating: 0, count: columns.count) }
    }
  }

  /// Where a square lies along an axis, as far as it is within it.
  @inline(__always)
  private static func square(_ place: Float, size: Int, within extent: Int) -> Range<Int> {
    let middle = Int((place * Float(extent &+ 1 &- size % 2)).rounded(.down))
    let first = min(max(0, middle &- size / 2), extent)
    return first..<max(first, min(extent, middle &- size / 2 &+ size))
  }
}
