import Compute
import Foundation
import Networks
import TestSupport
import Testing

/// Losses against their formulas in Double, for ordinary and for extreme scores.
@Suite struct LossTests {
  /// ln(1 + e^s).
  private static func softplus(_ s: Double) -> Double { max(s, 0) + log1p(exp(-abs(s))) }
  /// -t ln p - (1 - t) ln(1 - p) for p = 1 / (1 + e^-s).
  private static func crossEntropy(_ s: Double, _ t: Double) -> Double {
    t * softplus(-s) + (1 - t) * softplus(s)
  }
  private static func sigmoid(_ s: Double) -> Double { 1 / (1 + exp(-s)) }

  /// A loss of one score, and its slope.
  struct Formula: Sendable {
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double

    static func crossEntropy(_ target: Double) -> Formula {
      Formula(value: { LossTests.crossEntropy($0, target) }, slope: { LossTests.sigmoid($0) - target })
    }
  }

  /// What the parts of a loss are: real, generated, generator.
  static let formulas: [String: @Sendable (_ smoothing: Double) -> [Formula]] = [
    "non_saturating": { [.crossEntropy(1 - $0), .crossEntropy(0), .crossEntropy(1)] },
    "minimax": {
      [
        .crossEntropy(1 - $0), .crossEntropy(0),
        Formula(value: { -LossTests.softplus($0) }, slope: { -LossTests.sigmoid($0) }),
      ]
    },
  ]

  static let scores: [Float] = [
    0, 0.5, -0.5, 3, -3, 17, -17, 20, -20, 88, -88, 104, -104, 1e4, -1e4, 1e30, -1e30,
  ]

  /// The values and gradients of the three parts.
  private func parts(_ loss: any Loss, _ scores: [Float]) throws -> [(value: Float, gradient: [Float])] {
    try (0..<3).map { part in
      var graph = Graph()
      var trial = Trial()
      trial.inputs["scores"] = scores
      let score = graph.input("scores", [scores.count, 1])
      let value =
        switch part {
        case 0: loss.real(score, in: &graph)
        case 1: loss.generated(score, in: &graph)
        default: loss.generator(score, in: &graph)
        }
      let gradient = try #require(graph.gradients(of: value, withRespectTo: [score])[0])
      let outcome = try trial.run(graph, outputs: [value, gradient])
      return (outcome.outputs[0][0], outcome.outputs[1])
    }
  }

  @Test(arguments: LossCatalog.all.names, [0, 0.1, 0.25])
  func `a loss and its gradient follow their formulas at any score`(name: String, smoothing: Double) throws {
    let makeFormulas = try #require(LossTests.formulas[name], "add the formulas of \(name) to LossTests")
    let formulas = makeFormulas(smoothing)
    let text = smoothing == 0 ? "\(name): {}" : "\(name): {label_smoothing: \(smoothing)}"
    let loss = try SpecItem.read(text, of: LossCatalog.all)
    for score in LossTests.scores {
      for (formula, part) in zip(formulas, try parts(loss, [score])) {
        let (value, slope) = (formula.value(Double(score)), formula.slope(Double(score)))
        #expect(part.value.isFinite && part.gradient[0].isFinite, "score \(score)")
        // Rounding of the label counts with the score.
        let scale = abs(value) + 0.1 * abs(Double(score))
        #expect(abs(Double(part.value) - value) <= 1e-6 * scale + 1e-30, "score \(score)")
        #expect(abs(Double(part.gradient[0]) - slope) <= 2e-7, "score \(score)")
      }
    }
  }

  @Test(arguments: LossCatalog.all.names) func `a loss is the mean over the batch`(name: String) throws {
    let makeFormulas = try #require(LossTests.formulas[name], "add the formulas of \(name) to LossTests")
    let formulas = makeFormulas(0)
    let loss = try SpecItem.read("\(name): {}", of: LossCatalog.all)
    var generator = SeededGenerator(9)
    let scores = generator.floats(129, in: -6...6)
    for (formula, part) in zip(formulas, try parts(loss, scores)) {
      let exact = scores.reduce(0.0) { $0 + formula.value(Double($1)) } / 129
      #expect(abs(Double(part.value) - exact) < 1e-6 * abs(exact))
      let slopes = scores.map { formula.slope(Double($0)) / 129 }
      #expect(Comparison.largestError(of: part.gradient, from: slopes) < 1e-6)
    }
  }
}
