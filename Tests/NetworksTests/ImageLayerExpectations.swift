import Foundation
import Networks

extension LayerTests {
  /// What layers of images give.
  static let images: [String: Expectation] = [
    "up_sampling2d": Expectation([6, 6, 2]) { x, _, _ in
      // The value of x at a position between the places of an image, which go on beyond the border.
      func value(_ n: Int, _ row: Double, _ column: Double, _ c: Int) -> Double {
        let (r, q) = (min(max(row, 0), 2), min(max(column, 0), 1))
        var sum = 0.0
        for i in 0..<3 {
          for j in 0..<2 {
            let weight: Double = max(0, 1 - abs(r - Double(i))) * max(0, 1 - abs(q - Double(j)))
            sum += weight * x[n * 12 + i * 4 + j * 2 + c]
          }
        }
        return sum
      }
      return (0..<x.count / 12 * 72).map { place in
        let (n, a, b, c) = (place / 72, place / 12 % 6, place / 2 % 6, place % 2)
        return value(n, (Double(a) + 0.5) / 2 - 0.5, (Double(b) + 0.5) / 3 - 0.5, c)
      }
    },
    "resizing": Expectation([5, 3, 2]) { x, _, _ in
      (0..<x.count / 24 * 30).map { place in
        let (n, a, b, c) = (place / 30, place / 6 % 5, place / 2 % 3, place % 2)
        let (row, column) = ((Double(a) + 0.5) * 3 / 5 - 0.5, (Double(b) + 0.5) * 4 / 3 - 0.5)
        let (r, q) = (min(max(row, 0), 2), min(max(column, 0), 3))
        var sum = 0.0
        for (i, j, _) in indices(3, 4, 1) {
          let weight: Double = max(0, 1 - abs(r - Double(i))) * max(0, 1 - abs(q - Double(j)))
          sum += weight * x[n * 24 + i * 8 + j * 2 + c]
        }
        return sum
      }
    },
    "rescaling": .each { 0.5 * $0 + 1 },
    "grayscale_to_rgb": Expectation([3, 2, 3]) { x, _, _ in x.flatMap { [$0, $0, $0] } },
    "average_pooling2d": Expectation([3, 2, 2]) { x, _, _ in
      windows(x, rows: -1..<2, columns: 0..<2).map { values in values.reduce(0, +) / Double(values.count) }
    },
    "max_pooling2d": Expectation([3, 2, 2]) { x, _, _ in
      windows(x, rows: -1..<2, columns: 0..<3).map { values in values.reduce(-Double.infinity) { max($0, $1) } }
    },
    "separable_conv2d": Expectation(
      [3, 2, 3], parameters: ["depthwise_kernel": [3, 3, 2, 2], "pointwise_kernel": [1, 1, 4, 3], "bias": [3]]
    ) { x, network, _ in
      let (depthwise, pointwise) = (network.values("depthwise_kernel"), network.values("pointwise_kernel"))
      let bias = network.values("bias")
      return (0..<x.count / 40 * 18).map { place in
        let (n, a, b, f) = (place / 18, place / 6 % 3, place / 3 % 2, place % 3)
        var sum: Double = bias[f]
        for (i, j, c) in indices(3, 3, 2) {
          let (row, column) = (2 * a + i - 1, 2 * b + j)
          guard (0..<5).contains(row), column < 4 else { continue }
          let value: Double = x[n * 40 + row * 8 + column * 2 + c]
          for m in 0..<2 {
            let tap: Double = depthwise[i * 12 + j * 4 + c * 2 + m]
            sum += value * tap * pointwise[(c * 2 + m) * 3 + f]
          }
        }
        return sum
      }
    },
    "minibatch_std": Expectation([2, 3, 3]) { x, _, _ in
      let batch = x.count / 12
      let size = [5, 4, 3, 2, 1].first { batch % $0 == 0 } ?? 1
      let groups = batch / size
      let means: [Double] = (0..<groups).map { group in
        let deviations: [Double] = (0..<12).map { value in
          let members: [Double] = (0..<size).map { x[($0 * groups + group) * 12 + value] }
          let mean = members.reduce(0, +) / Double(size)
          let variance = members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
          return (variance + 1e-8).squareRoot()
        }
        return deviations.reduce(0, +) / 12
      }
      return (0..<batch * 18).map { place in
        let (n, spot, c) = (place / 18, place / 3 % 6, place % 3)
        return c < 2 ? x[n * 12 + spot * 2 + c] : means[n % groups]
      }
    },
    "self_attention": Expectation(
      [2, 3, 16],
      parameters: [
        "query_kernel": [1, 1, 16, 2], "key_kernel": [1, 1, 16, 2], "value_kernel": [1, 1, 16, 8],
        "output_kernel": [1, 1, 8, 16], "gamma": [1],
      ]
    ) { x, network, _ in
      let gamma = network.values("gamma")[0]
      func product(_ rows: [[Double]], _ name: String) -> [[Double]] {
        let kernel = network.values(name)
        let width = kernel.count / rows[0].count
        return rows.map { row in
          (0..<width).map { column in row.indices.reduce(0) { $0 + row[$1] * kernel[$1 * width + column] } }
        }
      }
      return stride(from: 0, to: x.count, by: 96).flatMap { start -> [Double] in
        let places: [[Double]] = (0..<6).map { Array(x[(start + $0 * 16)..<(start + $0 * 16 + 16)]) }
        let (queries, keys) = (product(places, "query_kernel"), product(places, "key_kernel"))
        let values = product(places, "value_kernel")
        let seen: [[Double]] = queries.map { query in
          let powers: [Double] = keys.map { exp(query[0] * $0[0] + query[1] * $0[1]) }
          let sum = powers.reduce(0, +)
          return (0..<8).map { c in (0..<6).reduce(0) { $0 + powers[$1] / sum * values[$1][c] } }
        }
        let added = product(seen, "output_kernel")
        return (0..<6).flatMap { place in zip(places[place], added[place]).map { $0 + gamma * $1 } }
      }
    },
  ]

  /// The values of each window of images [5, 4, 2] that lie in the image; windows begin at every second place.
  private static func windows(_ x: [Double], rows: Range<Int>, columns: Range<Int>) -> [[Double]] {
    (0..<x.count / 40 * 12).map { place in
      let (n, a, b, c) = (place / 12, place / 4 % 3, place / 2 % 2, place % 2)
      var values: [Double] = []
      for row in rows where (0..<5).contains(2 * a + row) {
        for column in columns where (0..<4).contains(2 * b + column) {
          values.append(x[n * 40 + (2 * a + row) * 8 + (2 * b + column) * 2 + c])
        }
      }
      return values
    }
  }
}
