import Compute
import Foundation
import TestSupport
import Testing

/// Draws of named streams: their definition and their distribution.
@Suite struct RandomTests {
  @Test(arguments: ["", "data/order", "initial/generator.0.kernel", "größe"], [UInt32(0), 1, 0xffff_ffff])
  func `draws follow from seed, stream, step and index alone`(stream: String, step: UInt32) {
    let seed: UInt64 = 0xfeed_face_cafe_beef
    let random = Random(seed: seed)
    let reference = ReferencePhilox(seed: seed, stream: stream, step: step)
    #expect(random.bits(stream: stream, step: step, count: 101) == (0..<101).map { reference.word($0) })
    #expect(
      random.uniform(stream: stream, step: step, count: 101) == (0..<101).map { Float(reference.uniform($0)) }
    )
    for (index, value) in random.normal(stream: stream, step: step, count: 101).enumerated() {
      #expect(abs(Double(value) - reference.normal(index)) < 2e-6)
    }
  }

  @Test func `normal values have the moments of the normal distribution`() {
    let count = 1 << 20
    let values = Random(seed: 1).normal(stream: "moments", step: 0, count: count).map(Double.init)
    // Five standard errors of each moment.
    let moments: [(power: Int, expected: Double, variance: Double)] = [
      (1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96),
    ]
    for (power, expected, variance) in moments {
      var sum = 0.0
      for value in values { sum += pow(value, Double(power)) }
      let error = abs(sum / Double(count) - expected)
      #expect(error < 5 * (variance / Double(count)).squareRoot(), "moment \(power)")
    }
    // Neighbours are the sine and cosine of one angle, yet independent.
    let pairs = stride(from: 0, to: count, by: 2).reduce(0.0) { $0 + values[$1] * values[$1 + 1] }
    #expect(abs(pairs / Double(count / 2)) < 5 / Double(count / 2).squareRoot())
    #expect(values.allSatisfy { abs($0) < 6 })
  }

  @Test func `uniform values lie evenly between 0 and 1`() {
    let count = 1 << 20
    let values = Random(seed: 2).uniform(stream: "moments", step: 0, count: count)
    #expect(values.allSatisfy { $0 > 0 && $0 < 1 })
    var bins = [Int](repeating: 0, count: 64)
    for value in values { bins[Int(value * 64)] += 1 }
    let expected = Double(count) / 64
    let chiSquare = bins.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    #expect(chiSquare < 63 + 5 * 126.0.squareRoot())
  }

  @Test(arguments: [0, 1, 2, 3, 100, 1001]) func `a permutation has every number once`(count: Int) {
    let random = Random(seed: 3)
    let order = random.permutation(stream: "data/order", step: 5, count: count)
    #expect(order.sorted() == (0..<Int32(count)).map { $0 })
    // Fisher and Yates, from the definition.
    let words = ReferencePhilox(seed: 3, stream: "data/order", step: 5)
    var expected = (0..<Int32(count)).map { $0 }
    for (index, place) in (0..<count).dropFirst().reversed().enumerated() {
      expected.swapAt(place, Int((UInt64(words.word(index)) * UInt64(place + 1)) >> 32))
    }
    #expect(order == expected)
  }

  @Test func `an index lies below its bound`() {
    #expect(Random.index(of: 0, below: 60000) == 0)
    #expect(Random.index(of: .max, below: 60000) == 59999)
    #expect(Random.index(of: .max, below: 1) == 0)
    #expect(Random.index(of: 0x8000_0000, below: 10) == 5)
  }
}
