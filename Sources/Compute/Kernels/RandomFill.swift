/// The step that random draws of a session belong to; written by the session before it runs.
public final class StepClock: @unchecked Sendable {
  /// The number of the step.
  public internal(set) var step: UInt32 = 0
}

/// The loops behind random draws: a chunk holds values `index ..< index + count` of its stream.
enum RandomFill {
  static func normal(seed: UInt64, stream: String, clock: StepClock) -> Instruction {
    let philox = Philox(seed: seed, stream: Random.hash(of: stream), step: 0)
    return Instruction { chunk in
      var draw = philox
      draw.step = clock.step
      draw.fillNormal(UnsafeMutableBufferPointer(start: chunk.out, count: chunk.count), from: chunk.index)
    }
  }

  static func uniform(seed: UInt64, stream: String, clock: StepClock) -> Instruction {
    let philox = Philox(seed: seed, stream: Random.hash(of: stream), step: 0)
    return Instruction { chunk in
      var draw = philox
      draw.step = clock.step
      draw.fillUniform(UnsafeMutableBufferPointer(start: chunk.out, count: chunk.count), from: chunk.index)
    }
  }

  static func mask(keep: Float, factor: Float, seed: UInt64, stream: String, clock: StepClock) -> Instruction {
    let philox = Philox(seed: seed, stream: Random.hash(of: stream), step: 0)
    return Instruction { chunk in
      var draw = philox
      draw.step = clock.step
      draw.fillUniform(UnsafeMutableBufferPointer(start: chunk.out, count: chunk.count), from: chunk.index)
      let drawn = Chunk(
        out: chunk.out, a: UnsafePointer(chunk.out), b: chunk.b, c: chunk.c, count: chunk.count, index: chunk.index)
      drawn.map { Vector.zero.replacing(with: factor, where: $0 .< keep) }
    }
  }
}

extension Philox {
  /// Calls `body` with the first `count` words in order.
  func forEachWord(count: Int, _ body: (UInt32) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { words in
      var drawn = 0
      while drawn < count {
        let some = UnsafeMutableBufferPointer(rebasing: words[..<min(words.count, count - drawn)])
        fillBits(some, from: drawn)
        for word in some { body(word) }
        drawn += some.count
      }
    }
  }
}

extension Random {
  /// Fills a buffer with indices below `count`, as 32-bit integers: that of word `i` at place `i`.
  public func writeIndices(stream: String, step: UInt32, below count: Int, to buffer: Buffer) {
    let philox = Philox(seed: seed, stream: Random.hash(of: stream), step: step)
    buffer.base.withMemoryRebound(to: UInt32.self, capacity: buffer.count) { words in
      philox.fillBits(UnsafeMutableBufferPointer(start: words, count: buffer.count), from: 0)
      for i in 0..<buffer.count { words[i] = UInt32(Random.index(of: words[i], below: count)) }
    }
  }
}
