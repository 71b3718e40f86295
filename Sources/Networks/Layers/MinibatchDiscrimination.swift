import Compute
import Specs

/// How near each sample is to the others of its batch, as further features (Salimans et al., "Improved Techniques for
/// Training GANs", 2016).
///
/// M = x T, seen as [N, B, C], and o[i, b] = sum over j != i of exp(-sum over c of |M[i, b, c] - M[j, b, c]|), appended
/// to x: [N, features] -> [N, features + B], with T [features, B C] (`kernel`), B `kernels` and C `kernel_dimension`.
package struct MinibatchDiscrimination: Layer {
  package static let name = "minibatch_discrimination"
  package static let summary = "minibatch discrimination: the similarity of a sample to the rest of its batch, appended"
  package static let example = Example("minibatch_discrimination: {kernels: 3, kernel_dimension: 2}", input: [6])

  /// The number of appended features, from 1 to 4096.
  package let kernels: Int
  /// The length of the vectors whose distances they tell, from 1 to 1024.
  package let dimension: Int
  let initializer: any Initializer

  package init(from fields: inout Fields) {
    kernels = fields.integer(
      FieldName("kernels", alsoCalled: ["num_kernels"]), in: 1...4096, "the number of appended features")
    dimension = fields.integer(
      FieldName("kernel_dimension", alsoCalled: ["kernel_dim"]), in: 1...1024,
      "the length of the vectors that are compared")
    initializer =
      fields.item(
        "kernel_initializer", of: InitializerCatalog.all, default: "glorot_uniform", "the first values of T") ?? Zeros()
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = x.sampleShape
    guard input.rank == 1 else {
      throw Misfit(
        "minibatch_discrimination takes a vector a sample, but receives \(input)", remedy: "put - flatten before it")
    }
    let wide = kernels * dimension
    let batch = x.batch
    let kernel = site.parameter(
      "kernel", as: .kernel, [input[0], wide], initializer, fans: Fans(in: input[0], out: wide))
    let vectors = x.product(with: kernel).reshaped(to: [batch, kernels, dimension])
    let distance = vectors.pairDistance()
    let nearness = (-distance).exponential()
    // Each sample is at the distance 0 of itself.
    let others = nearness.sum(over: 1..<2) - 1
    return site.graph.concatenate([x, others])
  }
}
