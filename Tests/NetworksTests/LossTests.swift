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
  private static func crossEntropy(_ s: Double, _ t: Double) -> Double { t * softplus(-s) + (1 - t) * softplus(s) }
  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The three parts of a loss, as functions of the scores of both batches.
  typealias Formula = @Sendable (_ r: [Double], _ g: [Double]) -> (real: Double, generated: Double?, generator: Double)

  /// A loss as a spec gives it, with its parts.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let formula: Formula
    var testDescription: String { text }

    init(_ text: String, _ formula: @escaping Formula) {
      self.text = text
      self.formula = formula
    }
  }

  private static func relativistic(_ on: String, _ cost: @escaping @Sendable (Double) -> Double) -> [Case] {
    [
      Case("relativistic: {cost: \(on)}") { r, g in
        let pairs = Array(zip(r, g))
        return (mean(pairs.map { cost($0 - $1) }), nil, mean(pairs.map { cost($1 - $0) }))
      },
      Case("relativistic_average: {cost: \(on)}") { r, g in
        let (ofReal, ofGenerated) = (mean(r), mean(g))
        return (
          mean(r.map { cost($0 - ofGenerated) }), mean(g.map { cost(-($0 - ofReal)) }),
          mean(g.map { cost($0 - ofReal) }) + mean(r.map { cost(-($0 - ofGenerated)) })
        )
      },
    ]
  }

  static let cases: [Case] =
    [0, 0.1, 0.25].flatMap { smoothing in
      [
        Case("non_saturating: {label_smoothing: \(smoothing)}") { r, g in
          (
            mean(r.map { crossEntropy($0, 1 - smoothing) }), mean(g.map { crossEntropy($0, 0) }),
            mean(g.map { crossEntropy($0, 1) })
          )
        },
        Case("minimax: {label_smoothing: \(smoothing)}") { r, g in
          (
            mean(r.map { crossEntropy($0, 1 - smoothing) }), mean(g.map { crossEntropy($0, 0) }),
            -mean(g.map(softplus))
          )
        },
      ]
    }
    + [
      Case("least_squares: {}") { r, g in
        (mean(r.map { ($0 - 1) * ($0 - 1) / 2 }), mean(g.map { $0 * $0 / 2 }), mean(g.map { ($0 - 1) * ($0 - 1) / 2 }))
      },
      Case("least_squares: {real_label: 1, generated_label: -1, generator_label: 0}") { r, g in
        (mean(r.map { ($0 - 1) * ($0 - 1) / 2 }), mean(g.map { ($0 + 1) * ($0 + 1) / 2 }), mean(g.map { $0 * $0 / 2 }))
      },
      Case("wasserstein: {}") { r, g in (-mean(r), mean(g), -mean(g)) },
      Case("hinge: {}") { r, g in (mean(r.map { max(0, 1 - $0) }), mean(g.map { max(0, 1 + $0) }), -mean(g)) },
      Case("energy_based: {margin: 2}") { r, g in (-mean(r), mean(g.map { max(0, 2 + $0) }), -mean(g)) },
    ] + relativistic("non_saturating") { softplus(-$0) } + relativistic("least_squares") { ($0 - 1) * ($0 - 1) }
    + relativistic("hinge") { max(0, 1 - $0) }

  private enum MicroBatch: CaseIterable {
    case real, generated, generator
  }

  /// A part of a loss with its gradients by the scores of both batches; nil where it has none.
  private func run(
    _ loss: any Loss, _ part: MicroBatch, _ r: [Float], _ g: [Float], isAlone: Bool = false
  ) throws -> (value: Float, gradients: [[Float]])? {
    var trial = Trial()
    trial.inputs = ["r": r, "g": g]
    var site = LossSite(graph: GraphBuilder(), pass: "test")
    let real = site.graph.input("r", [r.count, 1])
    let generated = site.graph.input("g", [g.count, 1])
    let term: Tensor? =
      switch part {
      case .real: loss.real(real, beside: isAlone ? nil : generated, at: &site)
      case .generated: loss.generated(generated, beside: isAlone ? nil : real, at: &site)
      case .generator: loss.generator(generated, beside: real, at: &site)
      }
    guard let term else { return nil }
    let gradients = term.gradients(withRespectTo: [real, generated])
    let outcome = try trial.run(site.graph, outputs: [term] + gradients.compactMap { $0 })
    var values = outcome.outputs.dropFirst()
    return (outcome.outputs[0][0], zip(gradients, [r, g]).map { $0 == nil ? $1.map { _ in 0 } : values.removeFirst() })
  }

  private func value(_ formula: Formula, _ part: MicroBatch, _ r: [Double], _ g: [Double]) -> Double? {
    let parts = formula(r, g)
    return switch part {
    case .real: parts.real
    case .generated: parts.generated
    case .generator: parts.generator
    }
  }

  /// What it says about scores is a balance that moves: the golden runs hold it against its definition.
  private static let goldenOnly = ["boundary_equilibrium"]

  @Test(arguments: LossCatalog.all.names.filter { !goldenOnly.contains($0) })
  func `every loss of scores has its formula here`(name: String) {
    #expect(
      LossTests.cases.contains { $0.text.hasPrefix("\(name):") },
      "add a Case of \(name), with its formulas in Double, to LossTests.cases")
  }

  @Test(arguments: cases) func `what compares no batches gives each batch the same term alone`(test: Case) throws {
    let loss = try SpecItem.read(test.text, of: LossCatalog.all)
    guard !loss.comparesBatches else { return }
    for part in [MicroBatch.real, .generated] {
      let together = try run(loss, part, [0.5, -2], [1, -0.25])
      let alone = try run(loss, part, [0.5, -2], [1, -0.25], isAlone: true)
      #expect(together?.value == alone?.value && together?.gradients == alone?.gradients)
    }
  }

  @Test(arguments: cases) func `a loss and its gradients follow their formulas`(test: Case) throws {
    let loss = try SpecItem.read(test.text, of: LossCatalog.all)
    var generator = SeededGenerator(9)
    for count in [1, 3, 130] {
      // Away from the corners of hinges, where a slope has two values.
      let r = generator.floats(count, in: -3...3).map { abs(abs($0) - 1) < 0.01 ? $0 + 0.05 : $0 }
      let g = generator.floats(count, in: -3...3).map { abs(abs($0) - 1) < 0.01 ? $0 + 0.05 : $0 }
      let (real, generated) = (r.map(Double.init), g.map(Double.init))
      for part in MicroBatch.allCases {
        guard let found = try run(loss, part, r, g) else {
          #expect(value(test.formula, part, real, generated) == nil)
          continue
        }
        let exact = try #require(value(test.formula, part, real, generated))
        #expect(abs(Double(found.value) - exact) <= 1e-6 * max(abs(exact), 0.1))
        for (batch, scores) in [real, generated].enumerated() {
          let slopes = scores.indices.map { place in
            func shifted(_ step: Double) -> Double {
              var both = [real, generated]
              both[batch][place] += step
              return value(test.formula, part, both[0], both[1]) ?? 0
            }
            return (shifted(1e-5) - shifted(-1e-5)) / 2e-5
          }
          let largest = slopes.map(abs).max() ?? 0
          for (slope, gradient) in zip(slopes, found.gradients[batch]) {
            #expect(abs(Double(gradient) - slope) <= 2e-6 * max(largest, 1e-2), "\(part), \(count)")
          }
        }
      }
    }
  }

  @Test(arguments: ["non_saturating", "minimax"], [0, 0.1, 0.25])
  func `a cross-entropy is right at any score`(name: String, smoothing: Double) throws {
    let test = try #require(LossTests.cases.first { $0.text == "\(name): {label_smoothing: \(smoothing)}" })
    let loss = try SpecItem.read(test.text, of: LossCatalog.all)
    let scores: [Float] = [
      0, 0.5, -0.5, 3, -3, 17, -17, 20, -20, 88, -88, 104, -104, 1e4, -1e4, 1e30, -1e30,
    ]
    for score in scores {
      for part in MicroBatch.allCases {
        let found = try #require(try run(loss, part, [score], [score]))
        let exact = try #require(value(test.formula, part, [Double(score)], [Double(score)]))
        #expect(found.value.isFinite && found.gradients.allSatisfy { $0.allSatisfy(\.isFinite) }, "score \(score)")
        // Rounding of the label counts with the score.
        let scale = abs(exact) + 0.1 * abs(Double(score))
        #expect(abs(Double(found.value) - exact) <= 1e-6 * scale + 1e-30, "score \(score)")
      }
    }
  }

  @Test(arguments: ["non_saturating: {label_flipping: 0.3}", "least_squares: {label_flipping: 0.3}"])
  func `labels are flipped for about as many samples as asked`(text: String) throws {
    let loss = try SpecItem.read(text, of: LossCatalog.all)
    let scores = [Float](repeating: 0, count: 1000)
    // At score 0 the slope's sign is the label's.
    let real = try #require(try run(loss, .real, scores, scores)).gradients[0]
    #expect((220...380).contains(real.count { $0 >= 0 }))
    let generated = try #require(try run(loss, .generated, scores, scores)).gradients[1]
    #expect((220...380).contains(generated.count { $0 < 0 }))
    let generator = try #require(try run(loss, .generator, scores, scores)).gradients[1]
    #expect(generator.allSatisfy { $0 < 0 })
  }
}
