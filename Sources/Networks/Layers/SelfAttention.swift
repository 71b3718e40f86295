import Compute
import YAML

/// Every place of an image looks at all others: y = x + gamma o (Zhang et al., "Self-Attention Generative Adversarial
/// Networks", 2019).
///
/// With x as [N, L, C] for L places: g = x G (`query_kernel` [1, 1, C, C / 8]), f = x F (`key_kernel`, likewise) and
/// h = x H (`value_kernel` [1, 1, C, C / 2]); b[i, j] = softmax over j of g[i] f[j] is how much place i looks at place
/// j, and o = (b h) V (`output_kernel` [1, 1, C / 2, C]). gamma is a trained number, at first 0. b has N L L values.
public struct SelfAttention: Layer {
  /// Its name in a spec.
  public static let name = "self_attention"
  /// What it computes.
  public static let summary = "adds to each place of an image what all places have for it"
  /// A list entry that builds.
  public static let example = Example("self_attention", input: [2, 3, 16])

  let initializer: any Initializer

  /// Reads its fields.
  public init(from fields: inout Fields) {
    initializer =
      fields.item(
        "kernel_initializer", of: InitializerCatalog.all, default: "glorot_uniform", "the first values of all kernels")
      ?? Zeros()
  }

  /// Adds the attention.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(SelfAttention.name, site, x)
    guard input[2] >= 8 else {
      throw Misfit(
        "self_attention compares an eighth of the channels, but receives \(input)",
        remedy: "use it where there are 8 channels or more")
    }
    guard input[0] * input[1] <= 1 << 14 else {
      throw Misfit(
        "self_attention compares all \(input[0] * input[1]) places of \(input) with each other; the most are 16384",
        remedy: "use it where images are smaller")
    }
    let (narrow, half) = (input[2] / 8, input[2] / 2)
    let size = ConvolutionGeometry.Pair(input[0], input[1])
    let queries = product(x, "query_kernel", narrow, size, at: &site)
    let keys = product(x, "key_kernel", narrow, size, at: &site)
    let values = product(x, "value_kernel", half, size, at: &site)
    let (batch, places) = (site.batch(x), input[0] * input[1])
    let scores = site.graph.batchedProduct(
      site.graph.reshape(queries, to: [batch, places, narrow]), site.graph.reshape(keys, to: [batch, places, narrow]),
      transposeB: true)
    let seen = site.graph.batchedProduct(
      site.graph.softmax(scores), site.graph.reshape(values, to: [batch, places, half]))
    let image = site.graph.reshape(seen, to: [batch, input[0], input[1], half])
    let output = product(image, "output_kernel", input[2], size, at: &site)
    let gamma = site.parameter("gamma", as: .scale, [1], Zeros(), fans: .vector(1))
    return site.graph.add(x, site.graph.multiply(output, gamma))
  }

  /// x with a product over its channels at every place.
  private func product(
    _ x: Tensor, _ name: String, _ filters: Int, _ size: ConvolutionGeometry.Pair, at site: inout LayerSite
  ) -> Tensor {
    let channels = site.graph.shape(x)[3]
    let kernel = site.parameter(
      name, as: .kernel, [1, 1, channels, filters], initializer, fans: Fans(in: channels, out: filters))
    return site.graph.convolution(x, kernel, ConvolutionFields.pointwise(size))
  }
}
