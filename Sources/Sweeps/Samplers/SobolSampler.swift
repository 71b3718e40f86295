import Compute
import Specs

/// Points of Sobol's sequence with a random digital shift of each dimension; of more than 16 parameters a latin hypercube.
///
/// Coordinate j of trial i is (x_ij ^ w_j) 2^-32, w_j word 0 of the stream `sweep/sobol/KEY`. A shift keeps what the sequence
/// promises: of 2^k trials from a multiple of 2^k on, each interval of the length 2^-k has one in every dimension. So numbers of
/// trials are best powers of 2. (Sobol', "On the Distribution of Points in a Cube and the Approximate Evaluation of Integrals",
/// 1967; L'Ecuyer and Lemieux, "Recent Advances in Randomized Quasi-Monte Carlo Methods", 2002.)
package struct SobolSampler: Sampler {
  package static let name = "sobol"
  package static let summary =
    "points of Sobol's sequence with a random shift, which fill the space evenly; best a power of 2 of them, of at most 16 "
    + "parameters, else as latin"
  package static let alsoCalled = ["quasi_random", "qmc", "quasi_monte_carlo"]

  package init(from fields: inout Fields) {}

  /// The sampler, which has no settings.
  package init() {}

  package func assignment(of trial: Int, in search: Search, after observations: [Observation]) -> Assignment {
    let parameters = search.space.parameters
    guard parameters.count <= SobolSequence.limit else {
      return LatinSampler().assignment(of: trial, in: search, after: observations)
    }
    let random = Random(seed: search.seed)
    let point = SobolSequence(dimensions: parameters.count).point(trial)
    return search.space.assignment(
      at: zip(parameters, point).map { parameter, coordinate in
        let shift = random.bits(stream: "sweep/sobol/\(parameter.key)", step: 0, count: 1)[0]
        return Double(coordinate ^ shift) * 0x1p-32
      })
  }
}
