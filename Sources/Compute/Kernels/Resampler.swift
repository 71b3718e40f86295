/// The loops of linear maps along the axes of images: first some rows are summed to one, then its places to those of
/// the output.
struct Resampler: Sendable {
  /// The taps of all output places, one after another.
  private struct Sums: Sendable {
    /// Where the taps of each output place begin; one more entry for the end.
    var starts = [0]
    var places: [Int] = []
    var weights: [Float] = []

    init(_ map: AxisMap) {
      for taps in map.taps {
        places += taps.map(\.place)
        weights += taps.map(\.weight)
        starts.append(places.count)
      }
    }

    /// out[0 ..< count] = sum over the taps of an output place of weight x[place count ...].
    @inline(__always)
    func sum(
      _ output: Int, of x: UnsafePointer<Float>, count: Int, into out: UnsafeMutablePointer<Float>
    ) {
      let (first, end) = (starts[output], starts[output &+ 1])
      if first == end {
        out.update(repeating: 0, count: count)
        return
      }
      Reductions.scale(x + places[first] &* count, by: weights[first], into: out, count: count)
      for tap in (first &+ 1)..<end {
        Reductions.add(x + places[tap] &* count, times: weights[tap], to: out, count: count)
      }
    }
  }

  private let rows: Sums
  private let columns: Sums
  private let input: (height: Int, width: Int)
  private let output: (height: Int, width: Int)
  private let channels: Int

  init(rows: AxisMap, columns: AxisMap, channels: Int) {
    self.rows = Sums(rows)
    self.columns = Sums(columns)
    input = (rows.inputs, columns.inputs)
    output = (rows.outputs, columns.outputs)
    self.channels = channels
  }

  /// [N, height, width, channels] -> tiles of whole rows of images of the output.
  func producer(of x: Buffer) -> Producer {
    Producer { tile, out, _, line in
      let length = input.width &* channels
      var target = out
      for row in (tile.rows.lowerBound / output.width)..<(tile.rows.upperBound / output.width) {
        let (image, a) = row.quotientAndRemainder(dividingBy: output.height)
        rows.sum(a, of: x.base + image &* input.height &* length, count: length, into: line)
        for b in 0..<output.width {
          columns.sum(b, of: line, count: channels, into: target)
          target += channels
        }
      }
    }
  }
}
