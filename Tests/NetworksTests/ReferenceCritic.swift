import Compute
import Foundation
import Networks
import TestSupport

/// Samples, images [4, 4, 1], with their classes, as a discriminator in Double takes them.
struct ReferenceBatch {
  /// The values of all samples, one sample behind the other.
  var values: [Double]
  /// The class of each sample.
  let labels: [Int]

  var count: Int { labels.count }

  func sample(_ n: Int) -> [Double] { Array(values[n * ReferenceCritic.inputs..<(n + 1) * ReferenceCritic.inputs]) }
}

/// Everything that a regularizer's term can depend on: parameters, both batches, draws, and a small discriminator in Double, by the
/// definitions of its layers.
///
/// Gradients are central differences, so that no rule of the graph is used.
struct ReferenceCritic {
  static let layers = [
    "flatten", "one_hot", "dense: {units: 4, activation: tanh}", "dropout: {rate: 0.25}", "dense: {units: 1}",
  ]
  static let inputShape: Shape = [4, 4, 1]
  static let inputs = 16
  static let classes = 4
  private static let units = 4
  /// Of central differences.
  static let step = 1e-4

  /// The values of parameters by their names.
  var parameters: [String: [Double]]
  /// The shapes of parameters by their names.
  let shapes: [String: Shape]
  /// The name of the network that has the term.
  let network: String
  var real: ReferenceBatch
  var generated: ReferenceBatch
  let seed: UInt64
  let trainingStep: UInt32

  /// The random values of a stream in this step.
  func draw(_ stream: String) -> ReferencePhilox { ReferencePhilox(seed: seed, stream: stream, step: trainingStep) }

  /// What a dense layer makes before its activation.
  private func dense(_ x: [Double], _ layer: Int) -> [Double] {
    let name = "discriminator.\(layer)"
    guard let kernel = parameters["\(name).kernel"], let bias = parameters["\(name).bias"] else { return [] }
    return bias.indices.map { unit in
      x.indices.reduce(bias[unit]) { $0 + x[$1] * kernel[$1 * bias.count + unit] }
    }
  }

  /// What the layers up to a number make of the n-th sample of a batch in a pass.
  func features(_ x: [Double], label: Int, place n: Int, pass: String, layer last: Int = 4) -> [Double] {
    if last == 0 { return x }
    let joined = x + (0..<ReferenceCritic.classes).map { $0 == label ? 1 : 0 }
    if last == 1 { return joined }
    let hidden = dense(joined, 2).map { tanh($0) }
    if last == 2 { return hidden }
    let mask = draw("dropout/discriminator.3/\(pass)")
    let kept = hidden.indices.map { mask.uniform(n * ReferenceCritic.units + $0) < 0.75 ? hidden[$0] / 0.75 : 0 }
    return last == 3 ? kept : dense(kept, 4)
  }

  /// The scores of a batch in a pass.
  func scores(_ batch: ReferenceBatch, pass: String) -> [Double] {
    (0..<batch.count).map { features(batch.sample($0), label: batch.labels[$0], place: $0, pass: pass)[0] }
  }

  /// The squared norm of each sample's gradient of its score, in a pass.
  func squaredSlopes(_ batch: ReferenceBatch, pass: String) -> [Double] {
    (0..<batch.count).map { n in
      func score(_ x: [Double]) -> Double { features(x, label: batch.labels[n], place: n, pass: pass)[0] }
      let x = batch.sample(n)
      return x.indices.reduce(0) { sum, place in
        var (above, below) = (x, x)
        above[place] += ReferenceCritic.step
        below[place] -= ReferenceCritic.step
        let slope = (score(above) - score(below)) / (2 * ReferenceCritic.step)
        return sum + slope * slope
      }
    }
  }

  /// The mean of what a layer makes of a batch, a value a feature.
  func meanFeatures(_ batch: ReferenceBatch, layer: Int, pass: String) -> [Double] {
    let all = (0..<batch.count).map {
      features(batch.sample($0), label: batch.labels[$0], place: $0, pass: pass, layer: layer)
    }
    return all[0].indices.map { feature in all.reduce(0) { $0 + $1[feature] } / Double(batch.count) }
  }

  /// The parameters of the network that has the term.
  var own: [String: [Double]] { parameters.filter { $0.key.hasPrefix(network + ".") } }

  /// The kernels among them, each as its filters: those of a transposed convolution are along its third axis, else along the last.
  func kernelFilters() -> [[[Double]]] {
    own.filter { $0.key.hasSuffix("kernel") }.map { name, values in
      let axes = (shapes[name] ?? []).axes
      let isTransposed = ReferenceCritic.transposed.contains(name)
      let (filters, behind) = isTransposed ? (axes[2], axes[3]) : (axes[axes.count - 1], 1)
      return (0..<filters).map { filter in values.indices.filter { $0 / behind % filters == filter }.map { values[$0] }
      }
    }
  }

  /// A generator whose parameters have every role; no term passes samples through it.
  static let generatorLayers = [
    "dense: {units: 8}", "reshape: {shape: [2, 2, 2]}", "batch_norm", "prelu",
    "conv2d_transpose: {filters: 3, kernel_size: 2}", "conv2d: {filters: 2, kernel_size: 1}",
    "embedding: {output_dim: 2}",
  ]
  private static let transposed = ["generator.4.kernel"]
}
