import Compute
import Specs

/// How much the samples of a group differ, as one more feature (Karras et al., "Progressive Growing of GANs", 2018).
///
/// The batch of N samples is cut into M = N / G groups, sample g M + m being the g-th of group m. The standard
/// deviation sqrt(variance + 1e-8) of every value of a sample over its group, averaged over all of them, is appended to
/// each sample of the group at every place: [N, ..., C] -> [N, ..., C + 1]. The batch size should be a multiple of
/// `group_size`, which G is then; else it is the largest divisor of the batch size below, or where there is none but 1
/// the smallest above.
package struct MinibatchStd: Layer {
  package static let name = "minibatch_std"
  package static let summary =
    "minibatch standard deviation: over a group of samples, averaged over all features, appended as one feature"
  package static let alsoCalled = ["minibatch_stddev", "minibatch_standard_deviation"]
  package static let example = Example("minibatch_std: {group_size: 5}", input: [2, 3, 2])

  /// The samples of a group, from 2 to 65 536.
  package let groupSize: Int

  package init(from fields: inout Fields) {
    groupSize = fields.integer(
      "group_size", in: 2...65536, default: 4, "the samples of a group; the batch size should be a multiple of it")
  }

  /// The size of the groups of a batch.
  static func size(batch: Int, wanted: Int) -> Int {
    guard batch > 1 else { return 1 }
    let divisors = (2...batch).filter { batch % $0 == 0 }
    return divisors.last { $0 <= wanted } ?? divisors[0]
  }

  /// A batch that has no groups of this size has others.
  package func caution(at place: LayerPlace) -> Caution? {
    let size = MinibatchStd.size(batch: place.batch, wanted: groupSize)
    guard size != groupSize else { return nil }
    guard size > 1 else {
      return Caution(
        text: "a sample that passes alone has no group to differ from: the feature is always 1e-4",
        remedy: "use a larger batch_size, or a smaller gradient_accumulation")
    }
    return Caution(
      text: "batches of \(place.batch) have no groups of \(groupSize), so groups have \(size)",
      remedy: "use group_size: \(size), or a batch_size that is a multiple of \(groupSize)")
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let shape = x.shape
    let size = MinibatchStd.size(batch: shape[0], wanted: groupSize)
    let (groups, values) = (shape[0] / size, shape.count / shape[0])
    let grouped = x.reshaped(to: [size, groups * values])
    let mean = Normalization.mean(grouped, over: 0..<1)
    let centered = grouped - mean
    let variance = Normalization.mean(centered.square(), over: 0..<1)
    let deviation = (variance + 1e-8).squareRoot()
    let average = Normalization.mean(
      deviation.reshaped(to: [groups, values]), over: 1..<2)
    // Of each group to its places, then to its samples.
    let places = shape.axes.dropFirst().dropLast().reduce(1, *)
    let spread = average.broadcast(to: [groups, places])
    let feature = spread.broadcast(to: [size, groups, places])
    return site.graph.concatenate([x, feature.reshaped(to: Shape(shape.axes.dropLast() + [1]))])
  }
}
