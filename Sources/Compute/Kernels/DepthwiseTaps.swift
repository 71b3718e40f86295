/// The loops of depthwise convolutions, along the channels of one tap at a time.
struct DepthwiseTaps: Sendable {
  private let geometry: ConvolutionGeometry
  private let channels: Int

  init(_ geometry: ConvolutionGeometry, channels: Int) {
    self.geometry = geometry
    self.channels = channels
  }

  /// out[n, a, b, c] = sum over the taps of x k: a tile is an image.
  func convolution(of x: Buffer, with kernel: Buffer, images: Int, into out: Buffer) -> Stage {
    products(of: x, geometry.input.area, with: kernel, images, into: out, geometry.output.area, isForward: true)
  }

  /// out[n, place, c] = sum of y k over the taps that read the place: a tile is an image.
  func input(from y: Buffer, with kernel: Buffer, images: Int, into out: Buffer) -> Stage {
    products(of: y, geometry.output.area, with: kernel, images, into: out, geometry.input.area, isForward: false)
  }

  /// The values of images of so many places times the taps, added from input to output or, unless it is forward, back.
  private func products(
    of x: Buffer, _ area: Int, with kernel: Buffer, _ images: Int, into out: Buffer, _ outArea: Int, isForward: Bool
  ) -> Stage {
    Stage(tiles: images) { image, _ in
      let source = x.base + image &* area &* channels
      let target = out.base + image &* outArea &* channels
      target.update(repeating: 0, count: outArea &* channels)
      forEachTap { input, tap, output in
        let (from, to) = isForward ? (input, output) : (output, input)
        Reductions.add(
          source + from &* channels, times: kernel.base + tap &* channels, to: target + to &* channels, count: channels)
      }
    }
  }

  /// out[i, j, c] = sum of x y over images and places: each part of the images, then the parts in order.
  func kernel(
    between x: Buffer, _ y: Buffer, parts: [Range<Int>], into out: Buffer, partials: Buffer
  ) -> [Stage] {
    let count = geometry.kernel.area &* channels
    return [
      Stage(tiles: parts.count) { part, _ in
        let sums = partials.base + part &* count
        sums.update(repeating: 0, count: count)
        for image in parts[part] {
          let input = x.base + image &* geometry.input.area &* channels
          let output = y.base + image &* geometry.output.area &* channels
          forEachTap { place, tap, result in
            Reductions.add(
              input + place &* channels, times: output + result &* channels, to: sums + tap &* channels,
              count: channels)
          }
        }
      },
      Stage(tiles: 1) { _, _ in
        SumTree.addParts(partials, count: parts.count, stride: count, columns: 0..<count, into: out)
      },
    ]
  }

  /// Calls `body` for every place of an image's output and every tap that reads the input there.
  @inline(__always)
  private func forEachTap(_ body: (_ input: Int, _ tap: Int, _ output: Int) -> Void) {
    let (input, output, kernel) = (geometry.input, geometry.output, geometry.kernel)
    for a in 0..<output.height {
      for b in 0..<output.width {
        let left = b &* geometry.strides.width &- geometry.padding.width
        for i in 0..<kernel.height {
          let row = a &* geometry.strides.height &- geometry.padding.height &+ i &* geometry.dilation.height
          if row < 0 || row >= input.height { continue }
          for j in 0..<kernel.width {
            let column = left &+ j &* geometry.dilation.width
            if column < 0 || column >= input.width { continue }
            body(row &* input.width &+ column, i &* kernel.width &+ j, a &* output.width &+ b)
          }
        }
      }
    }
  }
}
