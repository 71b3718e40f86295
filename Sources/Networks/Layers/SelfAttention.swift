import Compute
import Specs

/// Self-attention over the places of an image: y = x + gamma o (Zhang et al., "Self-Attention Generative Adversarial
/// Networks", 2019).
///
/// With x as [N, L, C] for L places: g = x G (`query_kernel` [1, 1, C, C / 8]), f = x F (`key_kernel`, likewise) and
/// h = x H (`value_kernel` [1, 1, C, C / 2]); b[i, j] = softmax over j of g[i] f[j] is the attention of place i to place
/// j, and o = (b h) V (`output_kernel` [1, 1, C / 2, C]). gamma is a trained number, at first 0. b has N L L values.
package struct SelfAttention: Layer {
  package static let name = "self_attention"
  package static let summary = "self-attention over the places of an image: x + gamma * attention(x), gamma at first 0"
  package static let alsoCalled = ["attention"]
  package static let example = Example("self_attention", input: [2, 3, 16])

  let initializer: any Initializer

  package init(from fields: inout Fields) {
    initializer =
      fields.item(
        "kernel_initializer", of: InitializerCatalog.all, default: "glorot_uniform", "the first values of all kernels")
      ?? Zeros()
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let image = try ConvolutionFields.image(SelfAttention.name, x)
    let (places, channels) = (image[0] * image[1], image[2])
    guard channels >= 8 else {
      throw Misfit(
        "self_attention compares an eighth of the channels, but receives \(image)",
        remedy: "use it where there are 8 channels or more")
    }
    guard places <= 1 << 14 else {
      throw Misfit(
        "self_attention compares all \(places) places of \(image) with each other; the most are 16384",
        remedy: "use it where images are smaller")
    }
    func flat(_ x: Tensor) -> Tensor { x.reshaped(to: [x.batch, places, x.shape[3]]) }
    let g = product(x, "query_kernel", channels / 8, at: &site)
    let f = product(x, "key_kernel", channels / 8, at: &site)
    let h = product(x, "value_kernel", channels / 2, at: &site)
    let b = flat(g).batchedProduct(with: flat(f), transposeB: true).softmax()
    let seen = b.batchedProduct(with: flat(h)).reshaped(to: h.shape)
    let o = product(seen, "output_kernel", channels, at: &site)
    let gamma = site.parameter("gamma", as: .scale, [1], Zeros(), fans: .vector(1))
    return x + o * gamma
  }

  /// x with a product over its channels at every place.
  private func product(_ x: Tensor, _ name: String, _ filters: Int, at site: inout LayerSite) -> Tensor {
    let kernel = site.parameter(
      name, as: .kernel, [1, 1, x.shape[3], filters], initializer, fans: Fans(in: x.shape[3], out: filters))
    return x.convolution(with: kernel, ConvolutionFields.pointwise(.init(x.shape[1], x.shape[2])))
  }
}
