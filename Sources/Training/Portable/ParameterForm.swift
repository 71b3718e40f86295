import Specs

/// How a program calls a network's parameters, and in which order of axes it has them.
package enum ParameterForm: String, Choice {
  /// As in checkpoints and in Keras: kernels of dense layers [inputs, units], of convolutions [rows, columns, channels, filters], of
  /// transposed ones [rows, columns, filters, channels].
  case own
  /// As in PyTorch: [units, inputs], [filters, channels, rows, columns] and, of transposed convolutions, [channels, filters, rows,
  /// columns].
  case torch

  package var alsoCalled: [String] { self == .own ? ["keras", "gan_exp", "tensorflow"] : ["pytorch"] }

  /// Names of PyTorch's modules for the same.
  private static let torchNames = [
    "kernel": "weight", "gamma": "weight", "alpha": "weight", "beta": "bias", "moving_mean": "running_mean",
    "moving_variance": "running_var",
  ]

  /// What a parameter of a name is called: `generator.0.kernel` is `generator.0.weight` in PyTorch.
  package func name(_ name: String) -> String {
    guard self == .torch, let dot = name.lastIndex(of: ".") else { return name }
    let leaf = String(name[name.index(after: dot)...])
    return String(name[...dot]) + (ParameterForm.torchNames[leaf] ?? leaf.replacing("_kernel", with: "_weight"))
  }

  /// The order of its axes; nil where it is that of gan-exp.
  private func order(_ name: String, rank: Int) -> Permutation? {
    guard self == .torch, name.hasSuffix("kernel") else { return nil }
    if ParameterForm.isDepthwise(name) { return Permutation([2, 3, 0, 1]) }
    return Permutation(rank == 2 ? [1, 0] : [3, 2, 0, 1])
  }

  /// Whether there is a kernel for each channel and multiple of it, as groups of PyTorch's convolution are: [channels multiples, 1,
  /// rows, columns].
  private static func isDepthwise(_ name: String) -> Bool { name.hasSuffix("depthwise_kernel") }

  /// The shape in its order of a parameter with a shape and a name of gan-exp.
  package func shape(_ shape: [Int], of name: String) -> [Int] {
    guard let axes = order(name, rank: shape.count)?.applied(to: shape) else { return shape }
    return ParameterForm.isDepthwise(name) ? [axes[0] * axes[1], 1, axes[2], axes[3]] : axes
  }

  /// Values in its order of a parameter of gan-exp.
  package func arranged(_ values: [Float], shape: [Int], of name: String) -> [Float] {
    order(name, rank: shape.count)?.applied(to: values, shape: shape).values ?? values
  }

  /// Values in gan-exp's order, for which the parameter has a shape, of those in its own.
  package func restored(_ values: [Float], shape: [Int], of name: String) -> [Float] {
    guard let order = order(name, rank: shape.count) else { return values }
    return order.inverse.applied(to: values, shape: order.applied(to: shape)).values
  }
}
