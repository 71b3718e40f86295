import Compute

extension Nearest {
  /// Whether each point is authentic: its nearest training point has another training point nearer to it (Alaa et al., "How
  /// Faithful is your Synthetic Data?", 2022).
  ///
  /// Training points are looked through in parts, and only for points of which none that is nearer was met before.
  /// - Parameter training: the points that the nearest are of.
  package func isAuthentic(among training: Matrix, on pool: ThreadPool) -> [Bool] {
    var limits: [Int: Double] = [:]
    let nearest = (0..<count).map { Int(numbers[$0 * k]) }
    for (number, squared) in zip(nearest, self.nearest) { limits[number] = min(limits[number] ?? squared, squared) }
    var others = limits.mapValues { _ in Double.infinity }
    for first in stride(from: 0, to: training.rows, by: Nearest.part) {
      let open = limits.filter { number, limit in others[number, default: .infinity] >= limit }.keys.sorted()
      guard !open.isEmpty else { break }
      let part = training.taking(first..<min(first + Nearest.part, training.rows))
      // Of the two nearest one may be the point itself.
      let found = Nearest(of: training.taking(open), among: part, k: 2, on: pool)
      for (place, number) in open.enumerated() {
        let isItself = Int(found.numbers[2 * place]) + first == number
        others[number] = min(
          others[number, default: .infinity], found.squared[2 * place + (isItself ? 1 : 0)])
      }
    }
    return zip(nearest, self.nearest).map { number, squared in others[number, default: .infinity] < squared }
  }

  /// How many training points are looked through at once.
  private static let part = 2048
}
