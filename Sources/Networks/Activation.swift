import Compute
import Specs

/// A function applied value by value: a layer of its own, or the `activation` of another.
package protocol Activation: Layer {
  /// Adds the function to the graph.
  func apply(_ x: Tensor) -> Tensor
}

extension Activation {
  /// Applies the function; every shape fits.
  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    apply(x)
  }

  /// The name alone.
  package static var example: Example { Example(name, input: [6]) }

  static var activationEntry: Catalog<any Activation>.Entry {
    Catalog<any Activation>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// The activations that a spec can name.
package enum ActivationCatalog {
  /// Every activation, one line each.
  package static let all = Catalog<any Activation>(
    noun: "activation",
    [
      Linear.activationEntry,
      Relu.activationEntry,
      LeakyRelu.activationEntry,
      Elu.activationEntry,
      Selu.activationEntry,
      Gelu.activationEntry,
      Softplus.activationEntry,
      Sigmoid.activationEntry,
      Tanh.activationEntry,
    ], papers: [softmax])

  /// What other programs put at the end of a classifier, and of no other network.
  static let softmax = PaperName(
    ["softmax", "log_softmax"], "a part of the loss", needless: "cross_entropy, as every loss here, takes logits")
}
