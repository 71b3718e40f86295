import Compute
import YAML

/// A fully connected layer: y = f(x W + b), x [N, inputs], W [inputs, units], b [units], y [N, units].
public struct Dense: Layer {
  /// Its name in a spec.
  public static let name = "dense"
  /// What it computes.
  public static let summary = "y = activation(x W + b): every output value depends on every input value"
  /// A list entry that builds.
  public static let example = Example("dense: {units: 4, activation: tanh}", input: [6])

  /// The number of output values, from 1 to 1 000 000.
  public let units: Int
  /// What is applied to the sum.
  public let activation: any Activation
  let usesBias: Bool
  let kernelInitializer: any Initializer
  let biasInitializer: any Initializer

  /// Reads its fields.
  public init(from fields: inout Fields) {
    units = fields.integer("units", in: 1...1_000_000, "the number of output values")
    activation =
      fields.item("activation", of: ActivationCatalog.all, default: Linear.name, "what is applied to the sum")
      ?? Linear()
    usesBias = fields.boolean("use_bias", default: true, "add a bias to the product")
    kernelInitializer =
      fields.item(
        "kernel_initializer", of: InitializerCatalog.all, default: "glorot_uniform", "the first values of W") ?? Zeros()
    biasInitializer =
      fields.item("bias_initializer", of: InitializerCatalog.all, default: "zeros", "the first values of b") ?? Zeros()
  }

  private init(_ layer: Dense, activation: any Activation) {
    units = layer.units
    self.activation = activation
    usesBias = layer.usesBias
    kernelInitializer = layer.kernelInitializer
    biasInitializer = layer.biasInitializer
  }

  /// The same layer, with the same parameters, whose last function is the identity.
  public var withoutActivation: Dense { Dense(self, activation: Linear()) }

  /// The activation's.
  public var outputBounds: ClosedRange<Float>? { activation.outputBounds }

  /// Adds product, bias and activation.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = site.sampleShape(x)
    guard input.rank == 1 else {
      throw Misfit("dense takes a vector a sample, but receives \(input)", remedy: "put - flatten before it")
    }
    let fans = Fans(in: input[0], out: units)
    let kernel = site.parameter("kernel", [input[0], units], kernelInitializer, fans: fans)
    var y = site.graph.product(x, kernel)
    if usesBias { y = site.graph.add(y, site.parameter("bias", [units], biasInitializer, fans: .vector(units))) }
    return activation.apply(y, in: &site.graph)
  }
}
