import Compute
import Networks
import TestSupport
import Testing

/// What layers do differently in training and at inference.
@Suite struct TrainingModeTests {
  @Test func `dropout has a mask for each pass, layer and step, and none at inference`() throws {
    var small = try SmallNetwork(["dropout: {rate: 0.5}"], input: [200])
    let first = try small.output(.training(pass: "real/1", updatesStatistics: true)).values
    #expect(try small.output(.training(pass: "real/1", updatesStatistics: false)).values == first)
    #expect(try small.output(.training(pass: "generated/1", updatesStatistics: true)).values != first)
    #expect(try small.output(.inference).values == small.trial.inputs["x"])
    small.trial.step += 1
    #expect(try small.output(.training(pass: "real/1", updatesStatistics: true)).values != first)
    let zeros = first.count { $0 == 0 }
    #expect((400...600).contains(zeros))

    let second = try SmallNetwork(["linear", "dropout: {rate: 0.5}"], input: [200])
    #expect(try second.output(.training(pass: "real/1", updatesStatistics: true)).values != first)
  }

  @Test func `dropout at rate 0 is the identity`() throws {
    let small = try SmallNetwork(["dropout: {rate: 0}"], input: [20])
    let values = try small.output(.training(pass: "real/1", updatesStatistics: true)).values
    #expect(values == small.trial.inputs["x"])
  }

  @Test(arguments: [Shape([6]), [3, 4, 6]])
  func `batch normalization moves its statistics in its own network's updates alone`(input: Shape) throws {
    let small = try SmallNetwork(["batch_norm: {momentum: 0.8}"], input: input)
    let still = try small.output(.training(pass: "generator/1", updatesStatistics: false))
    #expect(still.variables == small.trial.variables)
    let moved = try small.output(.training(pass: "real/1", updatesStatistics: true))
    #expect(moved.values == still.values)

    let x = (small.trial.inputs["x"] ?? []).map(Double.init)
    let rows = x.count / 6
    var means: [Double] = []
    var variances: [Double] = []
    for feature in 0..<6 {
      let values = (0..<rows).map { x[$0 * 6 + feature] }
      let mean = values.reduce(0, +) / Double(rows)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      means.append(0.8 * small.values("moving_mean")[feature] + 0.2 * mean)
      variances.append(0.8 * small.values("moving_variance")[feature] + 0.2 * variance)
    }
    for (variable, values) in moved.variables {
      switch variable.name {
      case "generator.0.moving_mean": #expect(Comparison.largestError(of: values, from: means) < 1e-6)
      case "generator.0.moving_variance": #expect(Comparison.largestError(of: values, from: variances) < 1e-6)
      default: #expect(values == small.trial.variables[variable])
      }
    }
  }

  @Test(arguments: [
    ("center: false", ["gamma"]), ("scale: false", ["beta"]), ("center: false, scale: false", []),
  ])
  func `batch normalization has the parameters asked for`(fields: String, parameters: [String]) throws {
    let small = try SmallNetwork(["batch_norm: {\(fields)}"], input: [4])
    #expect(small.network.parameters.map(\.variable.name) == parameters.map { "generator.0.\($0)" })
    let values = try small.output(.training(pass: "real/1", updatesStatistics: false)).values
    if parameters.isEmpty {
      let sum = values.reduce(0, +)
      #expect(abs(sum) < 1e-5)
    }
  }
}
