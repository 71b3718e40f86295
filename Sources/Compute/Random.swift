/// Random numbers as a function: the value with index `i` of a stream at a step depends on nothing but the
/// seed, the stream's name, the step and `i`.
///
/// The generator is Philox 4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011).
/// Its key is the seed, low word first; its counter is
///
///     (i / 4, step, low word of h, high word of h),   h = FNV-1a-64 of the stream's name in UTF-8
///
/// and word `i mod 4` of its result is the `i`-th word of the draw.
package struct Random: Sendable {
  /// The seed of the experiment.
  package let seed: UInt64

  /// The generator of an experiment with this seed.
  package init(seed: UInt64) { self.seed = seed }

  /// `count` words of 32 random bits.
  package func bits(stream: String, step: UInt32, count: Int) -> [UInt32] {
    draw(count) { values in philox(stream, step).fillBits(values, from: 0) }
  }

  /// Uniform values in the open interval (0, 1): `((w >> 9) + 0.5) * 2^-23` for the word `w`, exact in
  /// a Float.
  package func uniform(stream: String, step: UInt32, places: Range<Int>) -> [Float] {
    draw(places.count) { values in philox(stream, step).fillUniform(values, from: places.lowerBound) }
  }

  /// Standard normal values by Box and Muller's transform of neighbouring uniform values u, v:
  /// `sqrt(-2 ln u) cos(2 pi v)` at even places, `sqrt(-2 ln u) sin(2 pi v)` at odd ones.
  package func normal(stream: String, step: UInt32, places: Range<Int>) -> [Float] {
    draw(places.count) { values in philox(stream, step).fillNormal(values, from: places.lowerBound) }
  }

  /// The first `count` uniform values of a stream.
  package func uniform(stream: String, step: UInt32, count: Int) -> [Float] {
    uniform(stream: stream, step: step, places: 0..<count)
  }

  /// The first `count` standard normal values of a stream.
  package func normal(stream: String, step: UInt32, count: Int) -> [Float] {
    normal(stream: stream, step: step, places: 0..<count)
  }

  /// A permutation of `0 ..< count` by Fisher and Yates: for `i` from `count - 1` down to 1 the entries `i` and
  /// `(w * (i + 1)) >> 32` change places, `w` being the word with index `count - 1 - i` of the draw.
  package func permutation(stream: String, step: UInt32, count: Int) -> [Int32] {
    var order = [Int32](repeating: 0, count: count)
    shuffle(&order, stream: stream, step: step)
    return order
  }

  /// Writes the permutation into an array of its length, without allocation.
  package func shuffle(_ order: inout [Int32], stream: String, step: UInt32) {
    for place in order.indices { order[place] = Int32(truncatingIfNeeded: place) }
    var last = order.count - 1
    philox(stream, step).forEachWord(count: last) { word in
      order.swapAt(last, Random.index(of: word, below: last + 1))
      last -= 1
    }
  }

  /// The index that a word stands for among `count`: `(w * count) >> 32`.
  package static func index(of word: UInt32, below count: Int) -> Int {
    Int((UInt64(word) &* UInt64(count)) >> 32)
  }

  /// FNV-1a with 64 bits of a stream's name (Fowler, Noll, Vo).
  package static func hash(of stream: String) -> UInt64 {
    stream.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  private func philox(_ stream: String, _ step: UInt32) -> Philox {
    Philox(seed: seed, stream: Random.hash(of: stream), step: step)
  }
}
