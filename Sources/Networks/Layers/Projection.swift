import Compute
import Specs

/// The score of a projection discriminator: h v + b + <h, e[c]> for features h [N, features], v `kernel` [features, 1], b `bias`
/// and e `embeddings` [classes, features], the row of the sample's class (Miyato and Koyama, "cGANs with Projection
/// Discriminator", 2018).
///
/// It needs `conditional` in the spec.
package struct Projection: AffineLayer {
  package static let name = "projection"
  package static let summary = "projection discriminator: h v + b + <h, e[c]>, the score of features h of the class c"
  package static let example = Example("projection", input: [6])

  package var affine: AffineFields
  let embeddingsInitializer: any Initializer

  package init(from fields: inout Fields) {
    affine = AffineFields(from: &fields, kernel: "product")
    embeddingsInitializer =
      fields.item(
        "embeddings_initializer", of: InitializerCatalog.all, default: "random_uniform", "the first values of e")
      ?? Zeros()
  }

  /// The row of e is the class's.
  package static var seesClasses: Bool { true }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let classes = try site.classes(for: Projection.name)
    let input = x.sampleShape
    guard input.rank == 1 else {
      throw Misfit("projection takes a vector a sample, but receives \(input)", remedy: "put - flatten before it")
    }
    let kernel = site.parameter(
      "kernel", as: .kernel, [input[0], 1], affine.kernelInitializer, fans: Fans(in: input[0], out: 1))
    let table = site.parameter(
      "embeddings", as: .embeddings, [classes, input[0]], embeddingsInitializer, fans: Fans(in: classes, out: input[0]))
    let met = (x * site.rows(of: table)).sum(over: 1..<2)
    let own = x.product(with: kernel)
    return affine.finish(own + met.reshaped(to: own.shape), units: 1, at: &site)
  }
}
