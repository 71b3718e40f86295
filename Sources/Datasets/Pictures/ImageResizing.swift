extension Image {
  /// The picture in another size.
  ///
  /// Each pixel of the result is the mean of the area that it covers (a box filter as wide as the pixel), a source
  /// pixel counted by the part of it that lies within: where s source pixels become t, source pixel j covers
  /// [j t, (j + 1) t) and result i covers [i s, (i + 1) s) of the same line. The sums are exact integers, and the mean
  /// is rounded once, halves upwards; so no two machines differ.
  func resized(height newHeight: Int, width newWidth: Int, _ fitting: Fitting) -> Image {
    switch fitting {
    case .stretch: return area(0, 0, width, height, to: newWidth, newHeight)
    case .crop:
      // The largest part with the new shape, rounded down to whole pixels, and its corner too.
      let isTooWide = width * newHeight > height * newWidth
      let cutWidth = isTooWide ? max(1, height * newWidth / newHeight) : width
      let cutHeight = isTooWide ? height : max(1, width * newHeight / newWidth)
      return area((width - cutWidth) / 2, (height - cutHeight) / 2, cutWidth, cutHeight, to: newWidth, newHeight)
    case .fit:
      let isWide = width * newHeight >= height * newWidth
      let innerWidth = isWide ? newWidth : max(1, width * newHeight / height)
      let innerHeight = isWide ? max(1, height * newWidth / width) : newHeight
      let inner = area(0, 0, width, height, to: innerWidth, innerHeight)
      var result = [UInt8](repeating: 0, count: newWidth * newHeight * channels)
      let (left, top) = ((newWidth - innerWidth) / 2, (newHeight - innerHeight) / 2)
      for y in 0..<innerHeight {
        let (source, target) = (y * innerWidth * channels, ((top + y) * newWidth + left) * channels)
        for index in 0..<(innerWidth * channels) { result[target + index] = inner.pixels[source + index] }
      }
      return Image(width: newWidth, height: newHeight, channels: channels, pixels: result)
    }
  }

  /// A part of the picture in another size.
  private func area(
    _ left: Int, _ top: Int, _ oldWidth: Int, _ oldHeight: Int, to newWidth: Int, _ newHeight: Int
  ) -> Image {
    var sums = [Int](repeating: 0, count: newWidth * newHeight * channels)
    var row = [Int](repeating: 0, count: newWidth * channels)
    for y in 0..<oldHeight {
      for index in row.indices { row[index] = 0 }
      var source = ((top + y) * width + left) * channels
      for x in 0..<oldWidth {
        Image.forEachShare(of: x, oldWidth, newWidth) { target, share in
          for channel in 0..<channels { row[target * channels + channel] += share * Int(pixels[source + channel]) }
        }
        source += channels
      }
      Image.forEachShare(of: y, oldHeight, newHeight) { target, share in
        let first = target * row.count
        for index in row.indices { sums[first + index] += share * row[index] }
      }
    }
    let whole = oldWidth * oldHeight
    let mean = sums.map { UInt8((2 * $0 + whole) / (2 * whole)) }
    return Image(width: newWidth, height: newHeight, channels: channels, pixels: mean)
  }

  /// Which of `count` new pixels an old one of `oldCount` lies in, and with how many `count`ths of it.
  private static func forEachShare(
    of index: Int, _ oldCount: Int, _ count: Int, _ body: (_ target: Int, _ share: Int) -> Void
  ) {
    let (start, end) = (index * count, (index + 1) * count)
    var target = start / oldCount
    while target * oldCount < end {
      body(target, min(end, (target + 1) * oldCount) - max(start, target * oldCount))
      target += 1
    }
  }
}
