import Compute
import Foundation
import Networks
import TestSupport
import Testing

/// Losses of classifiers against their formulas in Double.
@Suite struct ClassificationLossTests {
  /// A loss as a spec gives it, with its value for the logits of a sample and its class.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let formula: @Sendable (_ x: [Double], _ y: Int) -> Double
    var testDescription: String { text }

    init(_ text: String, _ formula: @escaping @Sendable (_ x: [Double], _ y: Int) -> Double) {
      self.text = text
      self.formula = formula
    }
  }

  static let cases = [0, 0.2].map { smoothing in
    // -sum t ln softmax(x) with t = (1 - e) one-hot(y) + e / C.
    Case("cross_entropy: {label_smoothing: \(smoothing)}") { x, y in
      let total = x.reduce(0) { $0 + exp($1) }
      return x.indices.reduce(0) { sum, k in
        sum - ((k == y ? 1 - smoothing : 0) + smoothing / Double(x.count)) * log(exp(x[k]) / total)
      }
    }
  }

  @Test(arguments: ClassificationLossCatalog.all.names)
  func `every loss of classifiers has its formula here`(name: String) {
    #expect(
      ClassificationLossTests.cases.contains { $0.text.hasPrefix("\(name):") },
      "add a Case of \(name), with its formula in Double, to ClassificationLossTests.cases")
  }

  @Test(arguments: cases) func `a loss of classifiers and its gradients follow its formula`(test: Case) throws {
    let loss = try SpecItem.read(test.text, of: ClassificationLossCatalog.all)
    var (trial, generator) = (Trial(), SeededGenerator(2))
    let (count, classes) = (7, 4)
    let logits = generator.floats(count * classes, in: -3...3)
    let labels = (0..<count).map { $0 % classes }
    trial.inputs = ["x": logits, "labels": labels.map { Float($0) }]
    let graph = GraphBuilder()
    let x = graph.input("x", [count, classes])
    let mean = loss.mean(x, labels: graph.input("labels", [count, 1]))
    let gradient = try #require(mean.gradients(withRespectTo: [x])[0])
    let outputs = try trial.run(graph, outputs: [mean, gradient]).outputs
    func value(_ x: [Double]) -> Double {
      labels.indices.reduce(0) { sum, n in
        sum + test.formula(Array(x[n * classes..<(n + 1) * classes]), labels[n]) / Double(count)
      }
    }
    let exact = logits.map(Double.init)
    #expect(Comparison.largestError(of: outputs[0], from: [value(exact)]) < 1e-6)
    let slopes = exact.indices.map { place in
      func shifted(_ step: Double) -> Double {
        var x = exact
        x[place] += step
        return value(x)
      }
      return (shifted(1e-5) - shifted(-1e-5)) / 2e-5
    }
    #expect(Comparison.largestError(of: outputs[1], from: slopes) < 2e-6)
  }
}
