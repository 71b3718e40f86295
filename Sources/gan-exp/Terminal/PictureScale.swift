import Datasets

/// A picture in another size: each pixel is the mean of the ones that it covers.
struct PictureScale {
  let width: Int
  let height: Int
  /// Red, green, blue [height, width, 3].
  private let pixels: [UInt8]

  /// The colour of a pixel.
  func color(_ x: Int, _ y: Int) -> (Int, Int, Int) {
    let place = (y * width + x) * 3
    return (Int(pixels[place]), Int(pixels[place + 1]), Int(pixels[place + 2]))
  }

  static func scaled(_ picture: PNG, width: Int, height: Int) -> PictureScale {
    let channels = picture.color.rawValue
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
      let top = y * picture.height / height
      let bottom = max(top + 1, (y + 1) * picture.height / height)
      for x in 0..<width {
        let left = x * picture.width / width
        let right = max(left + 1, (x + 1) * picture.width / width)
        var sums = (0, 0, 0)
        for row in top..<bottom {
          for column in left..<right {
            let place = (row * picture.width + column) * channels
            sums.0 += Int(picture.pixels[place])
            sums.1 += Int(picture.pixels[place + (channels == 3 ? 1 : 0)])
            sums.2 += Int(picture.pixels[place + (channels == 3 ? 2 : 0)])
          }
        }
        let count = (bottom - top) * (right - left)
        for sum in [sums.0, sums.1, sums.2] { pixels.append(UInt8((sum + count / 2) / count)) }
      }
    }
    return PictureScale(width: width, height: height, pixels: pixels)
  }
}
