import Compute
import Specs

/// What layers with a kernel, a bias and an activation have in common.
package struct AffineFields: Sendable {
  let activation: any Activation
  let usesBias: Bool
  let kernelInitializer: any Initializer
  let biasInitializer: any Initializer

  /// Reads the fields that come after the layer's own; `initializer` is the key of W's.
  init(from fields: inout Fields, kernel: String, initializer: String = "kernel_initializer") {
    activation =
      fields.item(
        FieldName("activation", alsoCalled: ["nonlinearity", "act"]), of: ActivationCatalog.all, default: Linear.name,
        "what is applied to the sum")
      ?? Linear()
    usesBias = fields.boolean(.usesBias, default: true, "add a bias to the \(kernel)")
    kernelInitializer =
      fields.item(
        FieldName(initializer), of: InitializerCatalog.all, default: "glorot_uniform", "the first values of W")
      ?? Zeros()
    biasInitializer =
      fields.item("bias_initializer", of: InitializerCatalog.all, default: "zeros", "the first values of b") ?? Zeros()
  }

  private init(_ fields: AffineFields, activation: any Activation) {
    self.activation = activation
    usesBias = fields.usesBias
    kernelInitializer = fields.kernelInitializer
    biasInitializer = fields.biasInitializer
  }

  /// The same fields with the identity as the activation.
  var withoutActivation: AffineFields { AffineFields(self, activation: Linear()) }

  /// f(y + b), b a vector of `units` values, one for each place of y's last axis.
  func finish(_ y: Tensor, units: Int, at site: inout LayerSite) -> Tensor {
    guard usesBias else { return activation.apply(y) }
    let bias = site.parameter("bias", as: .bias, [units], biasInitializer, fans: .vector(units))
    return activation.apply(y + bias)
  }
}

/// A layer with a kernel, a bias and an activation: y = f(K x + b), K x a product or a convolution.
package protocol AffineLayer: Layer {
  /// Activation, bias and first values.
  var affine: AffineFields { get set }
}

extension AffineLayer {
  /// The activation's, whatever goes in: K and b have no bounds.
  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    affine.activation.outputBounds(of: nil)
  }

  /// The activation's: of a sigmoid the logits are the same layer with the identity in its place.
  package var ending: Ending {
    guard case .sigmoid = affine.activation.ending else { return .own }
    var logits = self
    logits.affine = affine.withoutActivation
    return .sigmoid(logits: logits)
  }

  package var activationName: String? { type(of: affine.activation).name }
}
