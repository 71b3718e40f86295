import CHost
import Glibc

/// The kernels without a system beneath them: the bits of what they make, a line each.
///
/// Compiled for two processors, it must print the same on both. What several widths of vectors make is compared on the spot.
@main
struct ArithmeticCheck {
  /// The 64-bit FNV-1a hash of values' bits.
  private struct Digest {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ values: UnsafePointer<Float>, _ count: Int) {
      for place in 0..<count {
        // What a NaN is made of is not defined.
        let bits = values[place].isNaN ? 0x7fc0_0000 : values[place].bitPattern
        for byte in 0..<4 { hash = (hash ^ UInt64(bits &>> UInt32(8 &* byte) & 255)) &* 0x100_0000_01b3 }
      }
    }
  }

  static func main() {
    host_flush_denormals()
    var isRight = true
    for (name, digest) in [
      ("products", products(&isRight)), ("convolutions", convolutions(&isRight)), ("functions", functions()),
      ("random values", randomValues()), ("sums", sums()), ("updates", updates()),
    ] {
      write("\(name) \(digest)\n")
    }
    write(isRight ? "8 and 16 lanes as the definition\n" : "8 or 16 lanes unlike the definition\n")
  }

  private static func write(_ text: String) {
    for byte in text.utf8 { _ = putchar(Int32(byte)) }
  }

  /// Vectors that a processor does not have are several smaller ones.
  private static let lanes = [Lanes.eight, .sixteen]

  /// Values between -1 and 1 from a stream.
  private static func values(_ count: Int, _ stream: UInt64) -> Memory {
    let memory = Memory(count: count + 64)!
    Philox(seed: 5, stream: stream, step: 1).fillUniform(
      UnsafeMutableBufferPointer(start: memory.buffer.base, count: count), from: 0)
    for place in 0..<count { memory.buffer.base[place] = memory.buffer.base[place] * 2 - 1 }
    return memory
  }

  private static func products(_ isRight: inout Bool) -> UInt64 {
    var digest = Digest()
    for (m, n, k) in [
      (1, 1, 1), (3, 5, 2), (9, 49, 513), (33, 17, 300), (130, 100, 77), (5, 200, 1000), (64, 1, 256), (1, 128, 31),
    ] {
      let (a, b) = (values(m * k, 1), values(k * n, 2))
      for transposed in 0..<4 {
        let left = Factor(a.buffer, rowLength: transposed & 1 == 0 ? k : m, isTransposed: transposed & 1 == 1)
        let right = Factor(b.buffer, rowLength: transposed & 2 == 0 ? n : k, isTransposed: transposed & 2 == 2)
        let scratch = Memory(count: Products.scratch)!
        func product(_ lanes: Lanes, isAdding: Bool) -> Memory {
          let c = values(m * n, 3)
          Products(lanes: lanes).multiply(
            left, right, into: c.buffer.base, stride: n, m: m, n: n, k: k, isAdding: isAdding,
            scratch: scratch.buffer.base)
          return c
        }
        for isAdding in [false, true] {
          let wanted = product(.one, isAdding: isAdding)
          digest.add(wanted.buffer.base, m * n)
          for width in lanes {
            isRight = isRight && isSame(product(width, isAdding: isAdding), wanted, m * n)
          }
        }
      }
    }
    return digest.hash
  }

  private static func isSame(_ a: Memory, _ b: Memory, _ count: Int) -> Bool {
    (0..<count).allSatisfy { a.buffer.base[$0].bitPattern == b.buffer.base[$0].bitPattern }
  }

  private static func convolutions(_ isRight: inout Bool) -> UInt64 {
    var digest = Digest()
    for (size, kernel, stride, padding, channels, filters) in [
      (9, 3, 1, 1, 1, 12), (10, 4, 2, 1, 5, 7), (7, 3, 2, 0, 40, 20), (6, 1, 1, 0, 9, 33),
    ] {
      let side = (size + 2 * padding - kernel) / stride + 1
      func pair(_ value: Int) -> ConvolutionGeometry.Pair { ConvolutionGeometry.Pair(value, value) }
      let geometry = ConvolutionGeometry(
        input: pair(size), output: pair(side), kernel: pair(kernel), strides: pair(stride), dilation: pair(1),
        padding: pair(padding))
      let (images, area) = (3, side * side)
      let x = values(images * size * size * channels, 4)
      let y = values(images * area * filters, 5)
      let weights = values(kernel * kernel * channels * filters, 6)
      let scratch = Memory(count: geometry.patchCount(channels: channels) + 2 * Products.scratch)!
      func results(_ lanes: Lanes) -> (Memory, Memory, Memory) {
        let matrix = PatchMatrix(geometry, channels: channels, filters: filters, products: Products(lanes: lanes))
        let forward = Memory(count: images * area * filters)!
        matrix.convolution(of: x.buffer, with: weights.buffer).run(
          Rectangle(rows: 0..<(images * area), columns: 0..<filters), forward.buffer.base, filters, scratch.buffer.base)
        let back = Memory(count: images * size * size * channels)!
        matrix.transposedConvolution(of: y.buffer, with: weights.buffer).run(
          Rectangle(rows: 0..<(images * size * size), columns: 0..<channels), back.buffer.base, channels,
          scratch.buffer.base)
        let gradient = Memory(count: kernel * kernel * channels * filters)!
        for stage in matrix.kernelGradient(
          of: x.buffer, y.buffer, parts: [0..<(images * area)], into: gradient.buffer, partials: gradient.buffer,
          workers: Scratch(buffer: scratch.buffer, perWorker: scratch.buffer.count))
        {
          for tile in 0..<stage.tiles { stage.run(tile, 0) }
        }
        return (forward, back, gradient)
      }
      let wanted = results(.one)
      let counts = (images * area * filters, images * size * size * channels, kernel * kernel * channels * filters)
      digest.add(wanted.0.buffer.base, counts.0)
      digest.add(wanted.1.buffer.base, counts.1)
      digest.add(wanted.2.buffer.base, counts.2)
      for width in lanes {
        let found = results(width)
        isRight =
          isRight && isSame(found.0, wanted.0, counts.0) && isSame(found.1, wanted.1, counts.1)
          && isSame(found.2, wanted.2, counts.2)
      }
    }
    return digest.hash
  }

  /// Pointwise functions at 4096 places of several magnitudes, tiny ones, infinities and a NaN among them.
  private static func functions() -> UInt64 {
    var digest = Digest()
    let count = 4096 + 3
    let x = values(count, 7)
    for place in 0..<count {
      let scale: [Float] = [1, 20, 1e3, 1e-3, 1e-20, 1e-37, 2e-38, 1e30]
      x.buffer.base[place] *= scale[place % scale.count]
    }
    (x.buffer.base[0], x.buffer.base[1], x.buffer.base[2]) = (.infinity, -.infinity, .nan)
    let out = Memory(count: count)!
    for function in [
      Elementwise.exponential, Elementwise.logarithm, Elementwise.tanh, Elementwise.sigmoid, Elementwise.softplus,
      Elementwise.errorFunction, Elementwise.square, Elementwise.squareRoot, Elementwise.leakyRelu(0.3),
      Elementwise.elu(0.7), Elementwise.isPositive, Elementwise.clamp(-0.5, 0.25), Elementwise.scale(0.37),
    ] {
      function.run(Chunk(out: out.buffer.base, a: x.buffer.base, b: x.buffer.base, count: count, index: 0))
      digest.add(out.buffer.base, count)
    }
    return digest.hash
  }

  private static func randomValues() -> UInt64 {
    var digest = Digest()
    let out = Memory(count: 1000)!
    for step in UInt32(0)..<4 {
      let philox = Philox(seed: 42, stream: 9, step: step)
      philox.fillNormal(UnsafeMutableBufferPointer(start: out.buffer.base, count: 1000 - Int(step)), from: Int(step))
      digest.add(out.buffer.base, 1000)
    }
    return digest.hash
  }

  private static func sums() -> UInt64 {
    var digest = Digest()
    for count in [1, 7, 8, 31, 32, 33, 100, 1000, 4099] {
      let x = values(count, 8)
      var sum = Reductions.sum(x.buffer.base, count)
      digest.add(&sum, 1)
    }
    return digest.hash
  }

  private static func updates() -> UInt64 {
    var digest = Digest()
    let count = 1003
    let (gradient, parameter) = (values(count, 10), values(count, 11))
    let (first, second, settings) = (Memory(count: count)!, Memory(count: count)!, Memory(count: 16)!)
    settings.buffer.write(1e-3, 1e-4)
    let step = OptimizerSteps.adam(
      parameters: parameter.buffer, first: first.buffer, second: second.buffer, settings: settings.buffer, beta1: 0.9,
      beta2: 0.999, epsilon: 1e-7)
    for _ in 0..<3 {
      step.run(
        Chunk(out: gradient.buffer.base, a: gradient.buffer.base, b: gradient.buffer.base, count: count, index: 0))
    }
    for memory in [parameter, first, second] { digest.add(memory.buffer.base, count) }
    return digest.hash
  }
}
