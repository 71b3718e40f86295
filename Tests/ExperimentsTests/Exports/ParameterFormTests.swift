import Testing
import Training

/// The names and orders of axes of PyTorch.
@Suite struct ParameterFormTests {
  private static let names = [
    ("generator.0.kernel", "generator.0.weight"), ("generator.3.body.0.bias", "generator.3.body.0.bias"),
    ("generator.1.gamma", "generator.1.weight"), ("generator.1.beta", "generator.1.bias"),
    ("generator.1.moving_mean", "generator.1.running_mean"), ("generator.1.moving_variance", "generator.1.running_var"),
    ("discriminator.0.u", "discriminator.0.u"), ("generator.2.alpha", "generator.2.weight"),
    ("discriminator.4.depthwise_kernel", "discriminator.4.depthwise_weight"),
    ("discriminator.6.query_kernel", "discriminator.6.query_weight"),
    ("generator.0.embeddings", "generator.0.embeddings"),
  ]

  @Test func `a parameter has the name that PyTorch's module gives it`() {
    for (own, other) in ParameterFormTests.names {
      #expect(ParameterForm.torch.name(own) == other)
      #expect(ParameterForm.own.name(own) == own)
    }
  }

  /// A shape, that in PyTorch, and where the value at a place of it comes from.
  private static let orders: [(name: String, shape: [Int], torch: [Int])] = [
    ("a.kernel", [3, 2], [2, 3]), ("a.kernel", [2, 3, 4, 5], [5, 4, 2, 3]),
    ("a.depthwise_kernel", [2, 3, 4, 5], [20, 1, 2, 3]), ("a.gamma", [4], [4]), ("a.embeddings", [3, 2], [3, 2]),
  ]

  @Test func `kernels turn their axes, and back`() {
    for (name, shape, torch) in ParameterFormTests.orders {
      let values = (0..<shape.reduce(1, *)).map { Float($0) }
      #expect(ParameterForm.torch.shape(shape, of: name) == torch)
      let arranged = ParameterForm.torch.arranged(values, shape: shape, of: name)
      #expect(ParameterForm.torch.restored(arranged, shape: shape, of: name) == values)
      #expect((arranged == values) == (torch == shape), "\(name)")
    }
    // Filter 1, channel 2, row 0, column 1 of [rows 2, columns 3, channels 4, filters 5].
    let kernel = ParameterForm.torch.arranged((0..<120).map { Float($0) }, shape: [2, 3, 4, 5], of: "a.kernel")
    #expect(kernel[((1 * 4 + 2) * 2 + 0) * 3 + 1] == Float(((0 * 3 + 1) * 4 + 2) * 5 + 1))
    // Multiple 3 of channel 2 is group 2 * 5 + 3.
    let depthwise = ParameterForm.torch.arranged(
      (0..<120).map { Float($0) }, shape: [2, 3, 4, 5], of: "a.depthwise_kernel")
    #expect(depthwise[((2 * 5 + 3) * 2 + 1) * 3 + 2] == Float(((1 * 3 + 2) * 4 + 2) * 5 + 3))
  }
}
