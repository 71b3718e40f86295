import Compute
import Foundation

/// The randomness of an experiment, word by word, from its definition.
package struct ReferencePhilox {
  private let key: (UInt32, UInt32)
  private let upper: [UInt32]

  /// The words of a stream at a step.
  package init(seed: UInt64, stream: String, step: UInt32) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in stream.utf8 {
      hash ^= UInt64(byte)
      hash = hash.multipliedReportingOverflow(by: 0x100_0000_01b3).partialValue
    }
    upper = [step, UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32)]
  }

  /// The word with this index.
  package func word(_ index: Int) -> UInt32 {
    ReferencePhilox.block([UInt32(truncatingIfNeeded: index / 4)] + upper, key)[index % 4]
  }

  /// The uniform value with this index.
  package func uniform(_ index: Int) -> Double { (Double(word(index) >> 9) + 0.5) / 8_388_608 }

  /// The index below a count with this index.
  package func index(_ index: Int, below count: Int) -> Int { Int((UInt64(word(index)) * UInt64(count)) >> 32) }

  /// The normal value with this index.
  package func normal(_ index: Int) -> Double {
    let pair = index / 2 * 2
    let radius = (-2 * log(uniform(pair))).squareRoot()
    let angle = 2 * Double.pi * uniform(pair + 1)
    return radius * (index == pair ? cos(angle) : sin(angle))
  }

  /// Philox 4x32-10 of a counter.
  package static func block(_ counter: [UInt32], _ key: (UInt32, UInt32)) -> [UInt32] {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85) }
      let p = UInt64(0xD251_1F53) * UInt64(c[0])
      let q = UInt64(0xCD9E_8D57) * UInt64(c[2])
      c = [
        UInt32(q >> 32) ^ c[1] ^ k.0, UInt32(truncatingIfNeeded: q),
        UInt32(p >> 32) ^ c[3] ^ k.1, UInt32(truncatingIfNeeded: p),
      ]
    }
    return c
  }
}

extension Rule {
  /// Random values of a stream.
  static let draws: [Rule] = [
    Rule(RandomDraw.self) { operation, site in
      let surroundings = site.memory.surroundings
      return operation.streams.flatMap { stream in
        let philox = ReferencePhilox(seed: surroundings.seed, stream: stream, step: surroundings.step)
        return (0..<operation.shape.count / operation.streams.count).map { index in
          switch operation.kind {
          case .normal: philox.normal(index)
          case .uniform: philox.uniform(index)
          case .mask(let keep, let factor): philox.uniform(index) < Double(keep) ? Double(factor) : 0
          case .index(let count): Double(philox.index(index, below: count))
          }
        }
      }
    },
    Rule(StepNumber.self) { _, site in [Double(site.memory.surroundings.step)] },
  ]
}
