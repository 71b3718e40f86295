import Compute
import Foundation
import TestSupport
import Testing

/// The largest errors of the elementary functions, in units of the last place, against Double.
@Suite struct TranscendentalTests {
  struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    /// The bound that the function's documentation states, and where.
    let bound: Double
    let range: ClosedRange<Float>
    let exact: @Sendable (Double) -> Double
    let apply: @Sendable (Tensor) -> Tensor
    var testDescription: String { name }
  }

  static let everything = -Float.infinity...Float.infinity
  static let functions = [
    Function(name: "exp", bound: 2, range: -87...88, exact: { exp($0) }, apply: { $0.exponential() }),
    Function(name: "log", bound: 2, range: everything, exact: { log($0) }, apply: { $0.logarithm() }),
    Function(name: "tanh", bound: 3, range: everything, exact: { tanh($0) }, apply: { $0.tanh() }),
    Function(
      name: "sigmoid", bound: 3, range: -87...(.infinity), exact: { 1 / (1 + exp(-$0)) },
      apply: { $0.sigmoid() }),
    Function(
      name: "softplus", bound: 3, range: -87...(.infinity), exact: { max($0, 0) + log1p(exp(-abs($0))) },
      apply: { $0.softplus() }),
    Function(name: "erf", bound: 4, range: everything, exact: { erf($0) }, apply: { $0.errorFunction() }),
    Function(
      name: "square root", bound: 0.5, range: everything, exact: { $0.squareRoot() },
      apply: { $0.squareRoot() }),
  ]

  /// Floats of every exponent and sign with evenly spread bits, and those where things change.
  static let samples: [Float] = {
    let bits = stride(from: UInt64(0), through: 0xffff_ffff, by: 1021).map { Float(bitPattern: UInt32($0)) }
    let edges: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNormalMagnitude, -.leastNormalMagnitude,
      .leastNonzeroMagnitude,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1, Float(1).nextUp, Float(1).nextDown, 0.625,
      -0.625,
    ]
    // The range that matters in training, densely.
    return bits + edges + stride(from: Float(-20), through: 20, by: 3.1e-5)
  }()

  private func results(_ function: Function, _ inputs: [Float]) throws -> [Float] {
    let graph = GraphBuilder()
    var trial = Trial()
    let x = graph.input("x", [inputs.count])
    trial.inputs["x"] = inputs
    let y = function.apply(x)
    return try trial.run(graph, outputs: [y]).outputs[0]
  }

  @Test(arguments: functions) func `errors stay within the documented bound`(function: Function) throws {
    let inputs = TranscendentalTests.samples
    let values = try results(function, inputs)
    var worst = (error: 0.0, input: Float(0), value: Float(0))
    for (input, value) in zip(inputs, values)
    where !(input < function.range.lowerBound) && !(input > function.range.upperBound) {
      // Denormal operands count as zero.
      let flushed = abs(input) < .leastNormalMagnitude ? 0 : input
      let error = Comparison.unitsInLastPlace(value, function.exact(Double(flushed)))
      if error > worst.error { worst = (error, input, value) }
    }
    #expect(worst.error <= function.bound, "at \(worst.input), which gives \(worst.value)")
  }

  @Test func `what lies beyond a range has its limit`() throws {
    let nan = Float.nan
    let inf = Float.infinity
    let cases: [(String, [(Float, Float)])] = [
      ("exp", [(-inf, 0), (-1000, 0), (89, inf), (1000, inf), (inf, inf), (nan, nan), (0, 1), (-0.0, 1)]),
      ("log", [(0, -inf), (-0.0, -inf), (-1, nan), (-inf, nan), (inf, inf), (1, 0), (nan, nan)]),
      ("tanh", [(inf, 1), (-inf, -1), (0, 0), (-0.0, -0.0), (100, 1), (nan, nan)]),
      ("sigmoid", [(inf, 1), (-inf, 0), (0, 0.5), (1e30, 1), (-1e30, 0), (nan, nan)]),
      ("softplus", [(inf, inf), (-inf, 0), (1e4, 1e4), (-1e4, 0), (nan, nan)]),
      ("erf", [(inf, 1), (-inf, -1), (0, 0), (-0.0, -0.0), (nan, nan)]),
    ]
    for (name, expected) in cases {
      let function = try #require(TranscendentalTests.functions.first { $0.name == name })
      for ((input, limit), value) in zip(expected, try results(function, expected.map(\.0))) {
        let isSame = value.isNaN && limit.isNaN || value == limit
        #expect(isSame, "\(name) of \(input) is \(value), not \(limit)")
      }
    }
  }

  @Test func `sine and cosine of a turn are within 2^-23`() {
    var worst = 0.0
    for step in stride(from: 0, to: 1 << 23, by: 8) {
      let turns = SIMD8<Float>((0..<8).map { Float(step + $0) * 0x1p-23 + 0x1p-24 })
      let (sine, cosine) = Transcendental.sineCosineOfTurn(turns)
      for lane in 0..<8 where (step + lane) % 3 == 0 {
        let angle = 2 * Double.pi * Double(turns[lane])
        worst = max(worst, abs(Double(sine[lane]) - sin(angle)), abs(Double(cosine[lane]) - cos(angle)))
      }
    }
    #expect(worst <= 0x1p-23)
  }
}
