import Foundation
import Networks
import TestSupport

extension LayerTests {
  /// What layers give that hold others, look at the whole batch, or draw at random.
  static let composites: [String: Expectation] = [
    "gaussian_noise": Expectation([6]) { x, network, isTraining in
      guard isTraining else { return x }
      let philox = ReferencePhilox(
        seed: network.trial.seed, stream: "gaussian_noise/generator.0/real/1", step: network.trial.step)
      let deviation = 0.5 * (1 - Double(network.trial.step) / 10)
      return x.enumerated().map { $0.element + deviation * philox.normal($0.offset) }
    },
    "maxout": Expectation([4], parameters: ["kernel": [6, 12], "bias": [12]]) { x, network, _ in
      let sums = affine(x, inputs: 6, network, "kernel", "bias")
      return (0..<x.count / 6 * 4).map { place in
        let row = place / 4 * 12 + place % 4
        return max(sums[row], sums[row + 4], sums[row + 8])
      }
    },
    "minibatch_discrimination": Expectation([9], parameters: ["kernel": [6, 6]]) { x, network, _ in
      let vectors = affine(x, inputs: 6, network, "kernel", nil)
      let batch = x.count / 6
      return (0..<batch).flatMap { i -> [Double] in
        let nearness: [Double] = (0..<3).map { b in
          (0..<batch).filter { $0 != i }.reduce(0) { sum, j in
            let distances: [Double] = (0..<2).map { abs(vectors[i * 6 + b * 2 + $0] - vectors[j * 6 + b * 2 + $0]) }
            return sum + exp(-distances[0] - distances[1])
          }
        }
        return Array(x[(i * 6)..<(i * 6 + 6)]) + nearness
      }
    },
    "spectral_norm": Expectation(
      [4], parameters: ["kernel": [6, 4], "bias": [4]], statistics: ["u": [4]]
    ) { x, network, _ in
      let (kernel, bias, u) = (network.values("kernel"), network.values("bias"), network.values("u"))
      let image: [Double] = (0..<6).map { row in (0..<4).reduce(0) { $0 + kernel[row * 4 + $1] * u[$1] } }
      let sigma = length(image) / length(u)
      return affine(x, inputs: 6, network, "kernel", nil).enumerated().map { place, sum in
        tanh(sum / sigma + bias[place % 4])
      }
    },
    "residual": Expectation(
      [6],
      parameters: ["body.0.kernel": [6, 5], "body.0.bias": [5], "body.1.kernel": [5, 6], "body.1.bias": [6]]
    ) { x, network, _ in
      let hidden = affine(x, inputs: 6, network, "body.0.kernel", "body.0.bias").map { tanh($0) }
      return zip(x, affine(hidden, inputs: 5, network, "body.1.kernel", "body.1.bias")).map { $0 + $1 }
    },
    "concat": Expectation(
      [9], parameters: ["branches.0.0.kernel": [6, 3], "branches.0.0.bias": [3]]
    ) { x, network, _ in
      let made = affine(x, inputs: 6, network, "branches.0.0.kernel", "branches.0.0.bias").map { tanh($0) }
      return (0..<x.count / 6).flatMap { row -> [Double] in
        Array(made[(row * 3)..<(row * 3 + 3)]) + Array(x[(row * 6)..<(row * 6 + 6)])
      }
    },
  ]

  /// The Euclidean length of a vector.
  static func length(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// x W + b.
  private static func affine(
    _ x: [Double], inputs: Int, _ network: SmallNetwork, _ kernel: String, _ bias: String?
  ) -> [Double] {
    let weights = network.values(kernel)
    let units = weights.count / inputs
    let first: [Double] = bias.map { network.values($0) } ?? [Double](repeating: 0, count: units)
    return (0..<x.count / inputs * units).map { place in
      let (row, column) = (place / units, place % units)
      return (0..<inputs).reduce(first[column]) { $0 + x[row * inputs + $1] * weights[$1 * units + column] }
    }
  }
}
