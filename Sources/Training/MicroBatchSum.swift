import Compute

/// The sums over the micro-batches of a batch, array by array.
///
/// Within a shard the values are added one after the other. Then the sums of neighbouring shards are added in pairs, an odd last
/// one going on as it is, then the sums of these in pairs, until there is one. Each addition is made as soon as both sides are
/// there, so that of S shards no more than log2 S + 1 sums are held at a time.
package struct MicroBatchSum {
  private let perShard: Int
  private var count = 0
  /// Sums of neighbouring shards, how many being a power of two; the last one is of the shard that is not complete.
  private var sums: [(shards: Int, values: [Tensor])] = []

  /// - Parameter perShard: the micro-batches of a shard.
  package init(perShard: Int) { self.perShard = perShard }

  /// Adds the values of the next micro-batch.
  package mutating func add(_ values: [Tensor]) {
    if count % perShard == 0 {
      sums.append((1, values))
    } else {
      sums[sums.count - 1].values = zip(sums[sums.count - 1].values, values).map(+)
    }
    count += 1
    guard count % perShard == 0 else { return }
    while sums.count > 1, sums[sums.count - 2].shards == sums[sums.count - 1].shards { join() }
  }

  /// The sums of all.
  package var total: [Tensor] {
    var all = self
    while all.sums.count > 1 { all.join() }
    return all.sums.first?.values ?? []
  }

  private mutating func join() {
    let last = sums.removeLast()
    let before = sums.removeLast()
    sums.append((before.shards + last.shards, zip(before.values, last.values).map(+)))
  }
}
