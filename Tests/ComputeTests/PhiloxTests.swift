import Compute
import TestSupport
import Testing

/// Random words against the known answers of Random123 (Salmon et al., 2011) and the definition.
@Suite struct PhiloxTests {
  struct Answer: Sendable {
    let counter: SIMD4<UInt32>
    let key: SIMD2<UInt32>
    let words: [UInt32]
  }

  static let answers = [
    Answer(
      counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0),
      words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    Answer(
      counter: SIMD4(repeating: 0xffff_ffff), key: SIMD2(repeating: 0xffff_ffff),
      words: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    Answer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0),
      words: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
  ]

  @Test(arguments: answers) func `one block`(answer: Answer) {
    let block = Philox.block(counter: answer.counter, key: answer.key)
    #expect((0..<4).map { block[$0] } == answer.words)
    let reference = ReferencePhilox.block(
      (0..<4).map { answer.counter[$0] }, (answer.key[0], answer.key[1]))
    #expect(reference == answer.words)
  }

  @Test(arguments: answers) func `many blocks at once`(answer: Answer) {
    let philox = Philox(
      seed: UInt64(answer.key[0]) | UInt64(answer.key[1]) << 32,
      stream: UInt64(answer.counter[2]) | UInt64(answer.counter[3]) << 32, step: answer.counter[1])
    var words = [UInt32](repeating: 0, count: 67)
    words.withUnsafeMutableBufferPointer { philox.fillBits($0, from: 4 * Int(answer.counter[0])) }
    #expect(Array(words[..<4]) == answer.words)
    for place in 4..<words.count {
      // Behind the last counter comes the first.
      var counter = answer.counter
      counter[0] &+= UInt32(place / 4)
      #expect(words[place] == Philox.block(counter: counter, key: answer.key)[place % 4])
    }
  }

  @Test func `a draw that starts anywhere is a slice of the whole draw`() {
    let philox = Philox(seed: 42, stream: Random.hash(of: "latent/generator/1"), step: 3)
    let count = 200
    var bits = [UInt32](repeating: 0, count: count)
    var uniform = [Float](repeating: 0, count: count)
    var normal = uniform
    bits.withUnsafeMutableBufferPointer { philox.fillBits($0, from: 0) }
    uniform.withUnsafeMutableBufferPointer { philox.fillUniform($0, from: 0) }
    normal.withUnsafeMutableBufferPointer { philox.fillNormal($0, from: 0) }
    for start in 0..<40 {
      for length in 0...(count - 40) {
        var someBits = [UInt32](repeating: 0, count: length)
        var some = [Float](repeating: 0, count: length)
        someBits.withUnsafeMutableBufferPointer { philox.fillBits($0, from: start) }
        let areBitsSame = someBits == Array(bits[start..<start + length])
        some.withUnsafeMutableBufferPointer { philox.fillUniform($0, from: start) }
        let areUniformSame = some == Array(uniform[start..<start + length])
        some.withUnsafeMutableBufferPointer { philox.fillNormal($0, from: start) }
        let areNormalSame = some == Array(normal[start..<start + length])
        #expect(areBitsSame && areUniformSame && areNormalSame, "from \(start), \(length) values")
      }
    }
  }
}
