import Compute
import Statistics

/// The kernels of a Parzen estimator on one axis: one around each observation, and a last one, the prior, that knows nothing.
package enum Kernels: Sendable {
  /// Probabilities of the categories, and their logarithms, a row a kernel.
  case categories(probabilities: [[Double]], logarithms: [[Double]])
  /// Normal distributions truncated to the line.
  case normals(Axis.Line, [TruncatedNormal])

  /// A normal distribution within the ends of a line.
  package struct TruncatedNormal: Sendable {
    package let mean: Double
    package let deviation: Double
    /// The logarithm of the mass that the untruncated one has on the line.
    let logMass: Double
    let logDeviation: Double

    init(mean: Double, deviation: Double, _ line: Axis.Line) {
      (self.mean, self.deviation) = (mean, deviation)
      logMass = NormalDistribution.logMass((line.lower - mean) / deviation, (line.upper - mean) / deviation)
      logDeviation = CorrectlyRounded.logarithm(deviation)
    }
  }

  /// Kernels around observed positions.
  package init(_ axis: Axis, around positions: [Double]) {
    switch axis {
    case .categories(let count):
      let rows = Kernels.probabilities(of: count, around: positions.map { Int($0) })
      self = .categories(
        probabilities: rows, logarithms: rows.map { row in row.map { CorrectlyRounded.logarithm($0) } })
    case .line(let line):
      let means = positions.map(line.scaled)
      let deviations = Kernels.deviations(of: means, from: line.lower, to: line.upper)
      let prior = (0.5 * (line.lower + line.upper), line.priorDeviation)
      self = .normals(
        line, (zip(means, deviations) + [prior]).map { TruncatedNormal(mean: $0, deviation: $1, line) })
    }
  }

  /// Of n kernels with the prior: ([chosen] + 1/n) / (1 + k/n) of k categories, and 1/k of the prior.
  package static func probabilities(of count: Int, around chosen: [Int]) -> [[Double]] {
    let least = 1 / Double(chosen.count + 1)
    return (chosen + [-1]).map { place in
      let row = (0..<count).map { $0 == place ? least + 1 : least }
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
  }

  /// The bandwidth of each kernel: the larger distance to its two neighbours among the sorted means, between a least one and the
  /// length of the line.
  ///
  /// The ends of the line are neighbours too; without `endsCount` the first and the last of several means only have their inner
  /// neighbour. The least bandwidth is length / min(100, 2 + number of means), Bergstra's "magic clip", or 1e-12 without it.
  package static func deviations(
    of means: [Double], from lower: Double, to upper: Double, endsCount: Bool = false, isClipped: Bool = true
  ) -> [Double] {
    let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    let sorted = [lower] + order.map { means[$0] } + [upper]
    let least = isClipped ? (upper - lower) / min(100, Double(2 + means.count)) : 1e-12
    var deviations = [Double](repeating: 0, count: means.count)
    for (rank, place) in order.enumerated() {
      let (before, after) = (sorted[rank + 1] - sorted[rank], sorted[rank + 2] - sorted[rank + 1])
      var distance = max(before, after)
      if !endsCount, means.count > 1 {
        if rank == 0 { distance = after }
        if rank == means.count - 1 { distance = before }
      }
      deviations[place] = min(max(distance, least), upper - lower)
    }
    return deviations
  }

  /// Adds the logarithm of each kernel's density, or probability where positions are discrete, at a position.
  package func addLogDensities(at position: Double, to sums: inout [Double]) {
    switch self {
    case .categories(_, let logarithms):
      for (kernel, row) in logarithms.enumerated() { sums[kernel] += row[Int(position)] }
    case .normals(let line, let normals):
      let place = line.scaled(position)
      guard let step = line.step else {
        let isOutside = place < line.lower || place > line.upper
        for (kernel, normal) in normals.enumerated() {
          let z = (place - normal.mean) / normal.deviation
          sums[kernel] +=
            isOutside ? -.infinity : NormalDistribution.logDensity(z) - normal.logMass - normal.logDeviation
        }
        return
      }
      let (left, right) = (line.scaled(position - step / 2), line.scaled(position + step / 2))
      for (kernel, normal) in normals.enumerated() {
        let (a, b) = ((left - normal.mean) / normal.deviation, (right - normal.mean) / normal.deviation)
        sums[kernel] += NormalDistribution.logMass(a, b) - normal.logMass
      }
    }
  }

  /// The position of a kernel at u in [0, 1): the first category whose sum of probabilities reaches u, or the quantile of the
  /// truncated normal distribution.
  package func position(of kernel: Int, at u: Double) -> Double {
    switch self {
    case .categories(let probabilities, _):
      var sum = 0.0
      for (place, probability) in probabilities[kernel].enumerated() {
        sum += probability
        if sum >= u { return Double(place) }
      }
      return Double(probabilities[kernel].count - 1)
    case .normals(let line, let normals):
      let normal = normals[kernel]
      let a = (line.lower - normal.mean) / normal.deviation
      let b = (line.upper - normal.mean) / normal.deviation
      let z = Kernels.quantile(u, from: a, to: b, logMass: normal.logMass)
      return line.position(of: min(max(normal.mean + normal.deviation * z, line.lower), line.upper))
    }
  }

  /// The z with Phi(z) = Phi(a) + u (Phi(b) - Phi(a)), by logarithms in the tail that is nearer.
  package static func quantile(_ u: Double, from a: Double, to b: Double, logMass: Double) -> Double {
    guard u > 0 else { return a }
    if a < 0 {
      let share = CorrectlyRounded.logarithm(u) + logMass
      return NormalDistribution.quantile(
        logarithm: Logarithms.sum(NormalDistribution.logCumulative(a), share))
    }
    let share = Logarithms.onePlus(-u) + logMass
    return -NormalDistribution.quantile(
      logarithm: Logarithms.sum(NormalDistribution.logCumulative(-b), share))
  }
}
