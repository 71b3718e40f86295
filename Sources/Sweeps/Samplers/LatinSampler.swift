import Compute
import Specs

/// A latin hypercube: of n trials each has another one of n equal intervals of every parameter.
///
/// Coordinate j of trial i is (pi_j(i mod n) + u_ij) / n: pi_j the permutation of the stream `sweep/latin/KEY` at step i div n, u_ij
/// the uniform number of `sweep/parameter/KEY` at step i. (McKay, Beckman and Conover, "A Comparison of Three Methods for Selecting
/// Values of Input Variables in the Analysis of Output from a Computer Code", 1979.)
package struct LatinSampler: Sampler {
  package static let name = "latin"
  package static let summary = "a latin hypercube: each trial has another one of as many intervals of every parameter"
  package static let alsoCalled = ["lhs", "latin_hypercube"]

  package init(from fields: inout Fields) {}

  /// The sampler, which has no settings.
  package init() {}

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    let count = search.trials
    let random = Random(seed: search.seed)
    let point = zip(search.space.parameters, search.point(of: trial)).map { parameter, u in
      let order = random.permutation(
        stream: "sweep/latin/\(parameter.key)", step: UInt32(truncatingIfNeeded: trial / count), count: count)
      return min((Double(order[trial % count]) + u) / Double(count), 1 - 0x1p-53)
    }
    return search.space.assignment(at: point)
  }
}
