import Datasets
import Testing

/// What is known about a mixture without asking it.
struct Mixture: Sendable {
  let name: String
  let fields: String
  let modes: Int
  let stddev: Double
  let first: SIMD2<Float>
  let last: SIMD2<Float>

  static let all = [
    Mixture(
      name: "gaussian_ring", fields: "samples: 30000", modes: 8, stddev: 0.01, first: [1, 0],
      last: [0.70710677, -0.70710677]),
    Mixture(
      name: "gaussian_ring", fields: "modes: 3, radius: 2, stddev: 0.1, samples: 30000", modes: 3,
      stddev: 0.1,
      first: [2, 0], last: [-1, -1.7320508]),
    Mixture(
      name: "gaussian_grid", fields: "samples: 30000", modes: 25, stddev: 0.05, first: [-4, -4], last: [4, 4]),
    Mixture(
      name: "gaussian_grid", fields: "side: 2, spacing: 3, samples: 20000", modes: 4, stddev: 0.05,
      first: [-1.5, -1.5], last: [1.5, 1.5]),
  ]

  func made() throws -> any GaussianMixture {
    let (dataset, messages) = try dataset(name, fields)
    #expect(messages.isEmpty)
    return try #require(dataset as? any GaussianMixture)
  }
}

private func points(_ table: Table) -> [SIMD2<Float>] {
  guard case .floats(let values) = table.values else { return [] }
  return (0..<table.count).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }
}

private func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
  ((a - b) * (a - b)).sum().squareRoot()
}

@Suite struct GaussianMixtureTests {
  @Test(arguments: Mixture.all)
  func `all modes are distinct and where they should be`(expected: Mixture) throws {
    let mixture = try expected.made()
    #expect(mixture.centres.count == expected.modes)
    #expect(Set(mixture.centres).count == expected.modes)
    for (index, centre) in mixture.centres.enumerated() {
      for other in mixture.centres[..<index] { #expect(distance(centre, other) > 0.5) }
    }
    #expect(distance(mixture.centres[0], expected.first) < 1e-6)
    #expect(distance(mixture.centres[expected.modes - 1], expected.last) < 1e-6)
    #expect(distance(mixture.centres.reduce([0, 0], +), [0, 0]) < 1e-5)
  }

  @Test(arguments: Mixture.all)
  func `points lie around the modes as often and as widely as they should`(expected: Mixture) throws {
    let mixture = try expected.made()
    let table = try mixture.load(from: .standard(), seed: 42)
    #expect(table.count == mixture.samples)
    let labels = try #require(table.labels)
    for (label, point) in zip(labels, points(table)) {
      #expect(distance(point, mixture.centres[Int(label)]) < 10 * Float(expected.stddev))
    }
    #expect(table.sampleShape == [2])
    let offsets = points(table).map { point in
      mixture.centres.enumerated().map { ($0.offset, point - $0.element) }
        .min { ($0.1 * $0.1).sum() < ($1.1 * $1.1).sum() } ?? (0, [0, 0])
    }
    let share = Double(table.count) / Double(expected.modes)
    let counts = offsets.reduce(into: [Int](repeating: 0, count: expected.modes)) { $0[$1.0] += 1 }
    for count in counts { #expect(abs(Double(count) - share) < 5 * share.squareRoot()) }
    let squares = offsets.reduce(into: SIMD2<Double>.zero) { $0 += SIMD2<Double>($1.1) * SIMD2<Double>($1.1) }
    let mean = offsets.reduce(into: SIMD2<Double>.zero) { $0 += SIMD2<Double>($1.1) } / Double(table.count)
    let error = expected.stddev / Double(table.count).squareRoot()
    for axis in 0..<2 {
      #expect(abs(mean[axis]) < 5 * error)
      #expect(abs((squares[axis] / Double(table.count)).squareRoot() - expected.stddev) < 5 * error)
    }
  }

  @Test(arguments: Mixture.all)
  func `the seed decides every point`(expected: Mixture) throws {
    let mixture = try expected.made()
    let (first, again) = (
      try mixture.load(from: .standard(), seed: 1), try mixture.load(from: .standard(), seed: 1)
    )
    let other = try mixture.load(from: .standard(), seed: 2)
    #expect(points(first) == points(again))
    #expect(first.digest == again.digest)
    #expect(first.digest != other.digest)
    #expect(first.origin == "generated")
  }
}
