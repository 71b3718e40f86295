/// The loops behind random draws: `count` values of each stream, one stream after another.
struct RandomFill: Sendable {
  let streams: [Philox]
  let count: Int
  let clock: StepClock

  var normal: Instruction { Instruction { chunk in draw(chunk) { $0.fillNormal($1, from: $2) } } }

  var uniform: Instruction { Instruction { chunk in draw(chunk) { $0.fillUniform($1, from: $2) } } }

  func index(below count: Int) -> Instruction {
    Instruction { chunk in
      draw(chunk) { philox, out, first in
        philox.withWords(from: first, count: out.count) { place, word in
          out[place] = Float(Random.index(of: word, below: count))
        }
      }
    }
  }

  func mask(keep: Float, factor: Float) -> Instruction {
    Instruction { chunk in
      draw(chunk) { $0.fillUniform($1, from: $2) }
      let drawn = Chunk(
        out: chunk.out, a: UnsafePointer(chunk.out), b: chunk.b, count: chunk.count, index: chunk.index)
      drawn.map { Vector.zero.replacing(with: factor, where: $0 .< keep) }
    }
  }

  /// Calls `fill` for every stretch of a chunk that is of one stream, with the place in the stream where it begins.
  @inline(__always)
  private func draw(_ chunk: Chunk, _ fill: (Philox, UnsafeMutableBufferPointer<Float>, Int) -> Void) {
    var filled = 0
    while filled < chunk.count {
      let (number, place) = (chunk.index &+ filled).quotientAndRemainder(dividingBy: count)
      let length = min(chunk.count &- filled, count &- place)
      var stream = streams[number]
      stream.step = clock.step
      fill(stream, UnsafeMutableBufferPointer(start: chunk.out + filled, count: length), place)
      filled &+= length
    }
  }
}

extension Philox {
  /// Calls `body` with the first `count` words in order.
  func forEachWord(count: Int, _ body: (UInt32) -> Void) { withWords(from: 0, count: count) { body($1) } }

  /// Calls `body` with `count` words from `first` on, each with its place among them.
  func withWords(from first: Int, count: Int, _ body: (Int, UInt32) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { words in
      var drawn = 0
      while drawn < count {
        let some = UnsafeMutableBufferPointer(rebasing: words[..<min(words.count, count - drawn)])
        fillBits(some, from: first + drawn)
        for (place, word) in some.enumerated() { body(drawn + place, word) }
        drawn += some.count
      }
    }
  }
}

extension Random {
  /// Fills a buffer with indices below `count`, as 32-bit integers: that of word `i` at place `i`.
  package func writeIndices(stream: String, step: UInt32, below count: Int, to buffer: Buffer) {
    let philox = Philox(seed: seed, stream: Random.hash(of: stream), step: step)
    buffer.base.withMemoryRebound(to: UInt32.self, capacity: buffer.count) { words in
      philox.fillBits(UnsafeMutableBufferPointer(start: words, count: buffer.count), from: 0)
      for i in 0..<buffer.count { words[i] = UInt32(Random.index(of: words[i], below: count)) }
    }
  }
}
