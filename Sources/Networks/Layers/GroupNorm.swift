import Compute
import Specs

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over the places and the neighbouring channels of
/// each group of each sample (Wu and He, "Group Normalization", 2018).
package struct GroupNorm: Layer {
  package static let name = "group_norm"
  package static let summary =
    "group normalization: groups of channels of each sample with mean 0 and variance 1, then scaled and shifted"
  package static let example = Example("group_norm: {groups: 2}", input: [3, 2, 4])

  /// Into how many groups the channels are divided, from 1 to 65 536.
  package let groups: Int
  let normalization: Normalization

  package init(from fields: inout Fields) {
    groups = fields.integer("groups", in: 1...65536, default: 32, "into how many groups the channels are divided")
    normalization = Normalization(from: &fields)
  }

  /// The largest number below `limit` that divides `count`.
  private static func divisor(of count: Int, below limit: Int) -> Int {
    (1...min(limit, count)).last { count % $0 == 0 } ?? 1
  }

  /// One value is its own mean.
  package func caution(at place: LayerPlace) -> Caution? {
    Caution.normalizing(GroupNorm.name, "the values of a group", values: place.input.count / groups)
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let shape = x.shape
    let channels = shape.axes[shape.rank - 1]
    guard channels % groups == 0 else {
      throw Misfit(
        "\(channels) channels cannot be divided into \(groups) groups",
        remedy: "use groups: \(GroupNorm.divisor(of: channels, below: groups))")
    }
    let places = shape.count / shape[0] / channels
    let grouped = x.reshaped(to: [shape[0], places, groups, channels / groups])
    let mean = spread(grouped)
    let centered = grouped - mean
    let variance = spread(centered.square())
    let normal = centered / normalization.deviation(variance)
    return normalization.finish(normal.reshaped(to: shape), at: &site)
  }

  /// The mean of each group at all of its places: [N, places, groups, channels] -> [N, places, groups, 1].
  private func spread(_ x: Tensor) -> Tensor {
    let shape = x.shape
    let channels = Normalization.mean(x, over: 3..<4)
    let places = channels.reshaped(to: [shape[0], shape[1], shape[2]])
    let mean = Normalization.mean(places, over: 1..<2).broadcast(to: places.shape)
    return mean.reshaped(to: [shape[0], shape[1], shape[2], 1])
  }
}
