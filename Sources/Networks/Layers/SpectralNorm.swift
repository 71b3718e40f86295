import Compute
import Specs

/// A layer whose kernel W is divided by its largest singular value sigma, so that the layer changes no input by more
/// than its length (Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018).
///
/// W is seen as a matrix [everything else, filters] (of a dense layer [inputs, units]). In the passes of the network's
/// own updates each of `power_iterations` sets v = W u / |W u| and then u = W^T v / |W^T v|, and sigma is v^T W u; its
/// gradient is taken with u and v as constants, v u^T. u is kept as a running statistic `u` [filters], at first normal
/// values of the stream `initial/PATH.u`. In other passes and at inference u stays, and sigma is |W u| / |u|.
package struct SpectralNorm: Layer {
  package static let name = "spectral_norm"
  package static let summary = "spectral normalization: a layer whose kernel is divided by its largest singular value"
  package static let alsoCalled = ["spectral_normalization", "spectralnormalization"]
  package static let example = Example("spectral_norm: {layer: {dense: {units: 4, activation: tanh}}}", input: [6])

  /// The layers that have such a kernel.
  private static let catalog = Catalog<any Layer>(
    noun: "layer with a kernel", [Dense.entry, Conv2D.entry, Conv2DTranspose.entry])

  /// The layer whose kernel is divided.
  package let layer: any Layer
  /// How often u and v are improved in each pass that moves them.
  package let iterations: Int

  package init(from fields: inout Fields) {
    layer =
      fields.item(
        "layer", of: SpectralNorm.catalog, "the layer whose kernel is divided: dense, conv2d or conv2d_transpose")
      ?? Flatten(from: &fields)
    iterations = fields.integer(
      FieldName("power_iterations", alsoCalled: ["n_power_iterations"]), in: 1...100, default: 1,
      "how often the singular vectors are improved in a pass")
  }

  private init(_ norm: SpectralNorm, layer: any Layer) {
    self.layer = layer
    iterations = norm.iterations
  }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { layer.outputBounds(of: input) }
  package var ending: Ending {
    guard case .sigmoid(let logits) = layer.ending else { return layer.ending }
    return .sigmoid(logits: SpectralNorm(self, layer: logits))
  }
  /// Its kernel's largest singular value is 1.
  package var boundsSlope: Bool { true }
  package var inner: [any Layer] { [layer] }
  package var activationName: String? { layer.activationName }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let iterations = iterations
    site.kernelChange = { kernel, role, site in
      let axis = role.filterAxis(rank: kernel.shape.rank)
      return SpectralNorm.divided(kernel, filters: axis, iterations, at: &site)
    }
    defer { site.kernelChange = nil }
    return try layer.build(x, at: &site)
  }

  /// W / sigma; `place` is the axis of the filters.
  private static func divided(_ kernel: Tensor, filters place: Int, _ iterations: Int, at site: inout LayerSite)
    -> Tensor
  {
    let shape = kernel.shape
    let filters = shape[place]
    let variable = site.randomStatistic("u", [filters])
    let matrix = KernelMatrix(
      kernel, [shape.axes[..<place].reduce(1, *), filters, shape.axes[(place + 1)...].reduce(1, *)])
    let stored = site.graph.read(variable)
    let sigma: Tensor
    if case .training(_, updatesStatistics: true) = site.mode {
      var u = stored
      var v = stored
      for _ in 0..<iterations {
        v = matrix.unit(matrix.timesFilters(u))
        u = matrix.unit(matrix.timesOthers(v))
      }
      (u, v) = (u.stopGradient(), v.stopGradient())
      sigma = (matrix.timesOthers(v) * u).sum()
      site.graph.assign(variable, u)
    } else {
      // A value of its own, which gradients may read after another pass has moved u.
      let u = matrix.unit(stored)
      sigma = matrix.timesFilters(u).sumOfSquares().squareRoot()
    }
    return kernel / sigma
  }
}

/// A kernel as a matrix [everything else, filters], whose rows lie in two parts: before the filters and behind them.
private struct KernelMatrix {
  let values: Tensor
  /// [before, filters, behind].
  let shape: Shape

  init(_ kernel: Tensor, _ shape: Shape) {
    values = kernel.reshaped(to: shape)
    self.shape = shape
  }

  /// W u for u [filters], as [before, 1, behind].
  func timesFilters(_ u: Tensor) -> Tensor {
    let spread = u.reshaped(to: [shape[1], 1]).broadcast(to: [shape[1], shape[2]])
    let sum = (values * spread).sum(over: 1..<2)
    return sum.reshaped(to: [shape[0], 1, shape[2]])
  }

  /// W^T v for v [before, 1, behind], as [filters].
  func timesOthers(_ v: Tensor) -> Tensor {
    (values * v).sum(over: 2..<3).sum(over: 0..<1)
  }

  /// A vector of length 1.
  func unit(_ x: Tensor) -> Tensor {
    let length = x.sumOfSquares().squareRoot()
    return x / (length + 1e-12)
  }
}
