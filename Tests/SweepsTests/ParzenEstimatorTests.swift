import Foundation
import Specs
import Sweeps
import Testing

/// Parzen estimators beside those of Optuna 5.0, whose numbers `Fixtures/parzen.json` has.
///
/// Of equal observations it gives neighbours by numpy's sort, whose order of equals depends on the processor: it is made stable.
///
/// ```python
/// sort = np.argsort; np.argsort = lambda a: sort(a, kind="stable")
/// from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
/// from optuna.samplers._tpe.sampler import default_weights
/// space = {"rate": FloatDistribution(1e-5, 1e-2, log=True), "momentum": FloatDistribution(0, 1),
///          "beta": FloatDistribution(0, 0.9, step=0.3), "units": IntDistribution(16, 1024, log=True),
///          "layers": IntDistribution(1, 8), "width": IntDistribution(10, 50, step=20),
///          "loss": CategoricalDistribution(["a", "b", "c"])}
/// def estimator(observations):  # {name: array}
///     return _ParzenEstimator(observations, space, _ParzenEstimatorParameters(1.0, True, False, default_weights, True))
/// estimator(observations).log_pdf(points)
/// gains = estimator(good).log_pdf(candidates) - estimator(others).log_pdf(candidates); chosen = gains.argmax()
/// ```
@Suite struct ParzenEstimatorTests {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      let observations: [[Double]]
      let logDensities: [Double]
    }
    let points: [[Double]]
    let cases: [Case]
    let good: [[Double]]
    let others: [[Double]]
    let candidates: [[Double]]
    let gains: [Double]
    let chosen: Int
  }

  private static let fixture = Result {
    let file = try #require(Bundle.module.url(forResource: "parzen", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private static let space = """
    rate: {log_uniform: [1e-5, 1e-2]}
    momentum: {uniform: [0, 1]}
    beta: {uniform: [0, 0.9], step: 0.3}
    units: {int_log_uniform: [16, 1024]}
    layers: {int_uniform: [1, 8]}
    width: {int_uniform: [10, 50], step: 20}
    loss: {choice: [a, b, c]}
    """

  /// A row of the fixture as an assignment: of choices it has the number.
  private func assignment(_ space: Space, _ row: [Double]) -> Assignment {
    Assignment(zip(space.parameters, row).map { ($0.key, $0.distribution.value(atPosition: $1)) })
  }

  @Test func `log densities agree with another program to nine digits`() throws {
    let fixture = try ParzenEstimatorTests.fixture.get()
    let axes = try Reading.space(ParzenEstimatorTests.space).parameters.map { Axis($0.distribution) }
    #expect(fixture.cases.map(\.observations.count) == [0, 1, 2, 5, 30, 40])
    for example in fixture.cases {
      let estimator = ParzenEstimator(of: example.observations, on: axes)
      for (point, expected) in zip(fixture.points, example.logDensities) {
        let value = estimator.logDensity(at: point)
        #expect(abs(value - expected) <= 1e-9 * abs(expected), "\(value) \(expected)")
      }
    }
  }

  @Test func `the candidate that another program takes is chosen`() throws {
    let fixture = try ParzenEstimatorTests.fixture.get()
    let space = try Reading.space(ParzenEstimatorTests.space)
    // 20 trials, of which the first two would be good: here three are, as the fixture says.
    let split = TrialSplit(
      good: fixture.good.map { assignment(space, $0) }, others: fixture.others.map { assignment(space, $0) })
    let densities = Densities(of: space.parameters, split)
    for (candidate, gain) in zip(fixture.candidates, fixture.gains) {
      #expect(abs(densities.gain(at: candidate) - gain) <= 1e-9 * max(1, abs(gain)))
    }
    #expect(densities.best(of: fixture.candidates) == fixture.candidates[fixture.chosen])
  }

  /// Means on a line from -1 to 1, whether its ends count as neighbours of several, whether the least bandwidth holds.
  @Test(
    arguments: [
      ([], false, true, []), ([0.4], true, true, [1.4]), ([0.4], false, true, [1.4]),
      ([-0.3, 0.3], true, true, [0.7, 0.7]),
      ([-0.3, 0.3], false, true, [0.6, 0.6]), ([-0.4, 0.4, 0.41, 0.42], true, false, [0.8, 0.8, 0.01, 0.58]),
      ([-0.4, 0.4, 0.41, 0.42], true, true, [0.8, 0.8, 1 / 3.0, 0.58]),
      ([0.42, -0.4, 0.41, 0.4], true, true, [0.58, 0.8, 1 / 3.0, 0.8]),
    ] as [([Double], Bool, Bool, [Double])])
  func `bandwidths are distances to the farther neighbour`(
    _ means: [Double], _ endsCount: Bool, _ isClipped: Bool, _ expected: [Double]
  ) {
    let deviations = Kernels.deviations(of: means, from: -1, to: 1, endsCount: endsCount, isClipped: isClipped)
    #expect(deviations.count == expected.count)
    #expect(zip(deviations, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(deviations)")
  }

  @Test func `the prior stands in the middle and is as wide as the line`() {
    guard case .normals(_, let normals) = Kernels(.line(Axis.Line(-1, 1)), around: [0.4]) else {
      Issue.record("no normals")
      return
    }
    #expect(normals.map(\.mean) == [0.4, 0])
    #expect(normals.map(\.deviation) == [1.4, 2])
  }

  @Test func `categories have the share of the prior beside what was chosen`() {
    #expect(Kernels.probabilities(of: 2, around: []) == [[0.5, 0.5]])
    let rows = Kernels.probabilities(of: 3, around: [2])
    #expect(rows == [[0.5 / 2.5, 0.5 / 2.5, 1.5 / 2.5], [0.5 / 1.5, 0.5 / 1.5, 0.5 / 1.5]])
  }

  @Test func `old observations weigh less from 25 on`() {
    #expect(ParzenEstimator.weights(of: 24) == Array(repeating: 1, count: 24))
    #expect(ParzenEstimator.weights(of: 25) == Array(repeating: 1, count: 25))
    #expect(ParzenEstimator.weights(of: 26) == [1 / 26.0] + Array(repeating: 1, count: 25))
    let weights = ParzenEstimator.weights(of: 29)
    let ramp: [Double] = [3, 31, 59, 87].map { $0 / 87 }
    let expected = ramp + Array(repeating: 1, count: 25)
    #expect(zip(weights, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func `drawn positions follow the density`() throws {
    // The share of draws below a place is the sum of the mass there: midpoints of u in a fine grid.
    let axis = Axis.line(Axis.Line(1e-3, 1, isLogarithmic: true))
    let kernels = Kernels(axis, around: [0.01, 0.5])
    for kernel in 0..<3 {
      let positions = (0..<200).map { kernels.position(of: kernel, at: (Double($0) + 0.5) / 200) }
      #expect(positions == positions.sorted())
      #expect(positions.allSatisfy { (1e-3...1).contains($0) })
      let estimate = zip(positions, positions.dropFirst()).map { low, high in
        var sums = [0.0, 0, 0]
        kernels.addLogDensities(at: (low * high).squareRoot(), to: &sums)
        return exp(sums[kernel]) * (log(high) - log(low))
      }
      #expect(estimate.allSatisfy { abs($0 - 1 / 200.0) < 1e-4 }, "\(kernel)")
    }
  }
}
