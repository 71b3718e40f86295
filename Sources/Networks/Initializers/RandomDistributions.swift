import Compute
import Specs

/// Uniform values between two limits.
package struct RandomUniform: Initializer {
  package static let name = "random_uniform"
  package static let summary = "uniform values between minval and maxval"
  let lower: Float
  let upper: Float
  package init(from fields: inout Fields) {
    let lowest = fields.number("minval", in: .any, default: -0.05, "the lower limit")
    let highest = fields.number("maxval", in: .any, default: 0.05, "the upper limit")
    if lowest > highest {
      fields.error("minval \(lowest) is above maxval \(highest)", at: "minval", remedy: "exchange them")
    }
    if !Float(highest - lowest).isFinite {
      fields.error(
        "minval \(lowest) and maxval \(highest) are too far apart for 32-bit numbers", at: "maxval",
        remedy: "bring them nearer to 0")
    }
    lower = Float(lowest)
    upper = Float(highest)
  }
  /// `minval + (maxval - minval) u` for uniform u in (0, 1).
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    random.uniform(stream: stream, step: 0, places: places).map { lower + (upper - lower) * $0 }
  }
}

/// Normal values with a mean and a standard deviation.
package struct RandomNormal: Initializer {
  package static let name = "random_normal"
  package static let summary = "normal values with this mean and standard deviation"
  let mean: Float
  let deviation: Float
  package init(from fields: inout Fields) {
    mean = Float(fields.number("mean", in: .any, default: 0, "the mean"))
    deviation = Float(fields.number(.stddev, in: .atLeast(0), default: 0.05, "the standard deviation"))
  }
  /// `mean + stddev n` for standard normal n.
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    random.normal(stream: stream, step: 0, places: places).map { mean + deviation * $0 }
  }
}

/// Normal values of which those beyond two standard deviations are drawn again.
package struct TruncatedNormal: Initializer {
  package static let name = "truncated_normal"
  package static let summary = "normal values within two standard deviations"
  let mean: Float
  let deviation: Float
  package init(from fields: inout Fields) {
    mean = Float(fields.number("mean", in: .any, default: 0, "the mean"))
    deviation = Float(fields.number(.stddev, in: .atLeast(0), default: 0.05, "the standard deviation"))
  }
  /// `mean + stddev n` for n of `draw`.
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    TruncatedNormal.draw(places, stream: stream, random).map { mean + deviation * $0 }
  }

  /// Standard normal values; where |n| > 2 the value of the same place at the stream's next step is taken instead, and
  /// so on.
  static func draw(_ places: Range<Int>, stream: String, _ random: Random) -> [Float] {
    var values = random.normal(stream: stream, step: 0, places: places)
    var step: UInt32 = 1
    while values.contains(where: { abs($0) > 2 }) {
      let again = random.normal(stream: stream, step: step, places: places)
      for place in values.indices where abs(values[place]) > 2 { values[place] = again[place] }
      step += 1
    }
    return values
  }
}
