import Compute
import Foundation
import Networks
import Specs
import TestSupport
import Testing

/// The sigmoid that a discriminator ends with, and what layers keep their values within.
@Suite struct EndingTests {
  @Test(arguments: [
    ["dense: {units: 1, activation: sigmoid}"],
    ["dense: {units: 1}", "sigmoid"],
    ["dense: {units: 1, activation: sigmoid}", "linear"],
    ["dense: {units: 1}", "sigmoid", "reshape: {shape: [1]}", "flatten", "linear"],
    ["projection: {activation: sigmoid}"],
    ["projection", "sigmoid", "linear"],
    ["spectral_norm: {layer: {dense: {units: 1, activation: sigmoid}}}", "flatten"],
    ["reshape: {shape: [2, 3, 1]}", "conv2d: {filters: 1, kernel_size: [2, 3], activation: sigmoid}", "flatten"],
    [
      "reshape: {shape: [2, 3, 1]}",
      "spectral_norm: {layer: {conv2d: {filters: 1, kernel_size: [2, 3], activation: sigmoid}}}", "flatten",
    ],
    [
      "reshape: {shape: [2, 3, 1]}", "separable_conv2d: {filters: 1, kernel_size: [2, 3], activation: sigmoid}",
      "flatten",
    ],
    ["reshape: {shape: [1, 1, 6]}", "conv2d_transpose: {filters: 1, kernel_size: 1, activation: sigmoid}", "flatten"],
  ])
  func `a final sigmoid is left to the loss wherever it is the last function`(layers: [String]) throws {
    let whole = try SmallNetwork(layers, input: [6])
    let logits = try SmallNetwork(layers, input: [6], changed: Ending.withoutSigmoid)
    #expect(logits.network.rows.count == whole.network.rows.count)
    #expect(
      logits.network.parameters.map { "\($0.variable.name) \($0.variable.shape)" }
        == whole.network.parameters.map { "\($0.variable.name) \($0.variable.shape)" })
    let made = try whole.output(.inference).values
    let expected = try logits.output(.inference).values.map { 1 / (1 + exp(-Double($0))) }
    #expect(Comparison.largestError(of: made, from: expected) < 1e-6)
    #expect(OutputBounds(try SpecItem.layers(layers))?.range == 0...1)
    #expect(OutputBounds(Ending.withoutSigmoid(try SpecItem.layers(layers))) == nil)
  }

  @Test(arguments: [
    ["dense: {units: 1, activation: sigmoid}", "dropout: {rate: 0.5}"],
    ["sigmoid", "dense: {units: 1}"],
    ["sigmoid", "tanh"],
    ["residual: {body: [dense: {units: 6, activation: sigmoid}]}"],
    ["concat: {branches: [[sigmoid], []]}"],
    ["linear", "flatten"],
  ])
  func `what is not the last function stays`(layers: [String]) throws {
    let kept = Ending.withoutSigmoid(try SpecItem.layers(layers))
    #expect(kept.map { type(of: $0.value).name } == (try SpecItem.layers(layers)).map { type(of: $0.value).name })
    let whole = try SmallNetwork(layers, input: [6]).output(.inference).values
    #expect(try SmallNetwork(layers, input: [6], changed: Ending.withoutSigmoid).output(.inference).values == whole)
  }

  @Test(
    arguments: [
      (["sigmoid", "dropout: {rate: 0.5}"], 0...2, "sigmoid"),
      (["tanh", "dropout: {rate: 0.75}", "flatten"], -4...4, "tanh"),
      (["reshape: {shape: [2, 3, 1]}", "sigmoid", "global_average_pooling2d"], 0...1, "sigmoid"),
      (["reshape: {shape: [2, 3, 1]}", "sigmoid", "global_sum_pooling2d"], 0...Float.infinity, "sigmoid"),
      (["reshape: {shape: [2, 2, 1]}", "tanh", "max_pooling2d", "up_sampling2d"], -1...1, "tanh"),
      (["reshape: {shape: [3, 2, 1]}", "tanh", "resizing: {height: 2, width: 5}", "grayscale_to_rgb"], -1...1, "tanh"),
      (["sigmoid", "rescaling: {scale: -2, offset: 0.5}"], -1.5...0.5, "sigmoid"),
      (["sigmoid", "residual: {body: [tanh]}"], -1...2, "sigmoid"),
      (["residual: {body: [tanh], shortcut: [sigmoid]}"], -1...2, "residual"),
      (["concat: {branches: [[tanh], [relu]]}"], -1...Float.infinity, "concat"),
      (["relu", "sigmoid"], 0...1, "sigmoid"),
    ] as [([String], ClosedRange<Float>, String)])
  func `bounds pass through layers that keep them`(layers: [String], range: ClosedRange<Float>, source: String) throws {
    let found = try #require(OutputBounds(try SpecItem.layers(layers)))
    #expect(found.range == range)
    #expect(type(of: found.source.value).name == source)
  }

  @Test(arguments: [
    ["sigmoid", "dense: {units: 1}"], ["sigmoid", "batch_norm"], ["residual: {body: [sigmoid]}"],
    ["concat: {branches: [[tanh], []]}"], ["reshape: {shape: [2, 3, 1]}", "tanh", "global_sum_pooling2d"],
  ])
  func `nothing is claimed of what has no bounds`(layers: [String]) throws {
    #expect(OutputBounds(try SpecItem.layers(layers)) == nil)
  }

  @Test(arguments: LayerCatalog.all.names) func `a parameter is a kernel by what it is`(name: String) throws {
    let type = try #require(LayerCatalog.types.first { $0.name == name })
    for parameter in try SmallNetwork([type.example.text], input: type.example.input).network.parameters {
      let last = parameter.variable.name.split(separator: ".").last ?? ""
      #expect(parameter.role.isKernel == last.hasSuffix("kernel"), "\(parameter.variable.name)")
    }
  }

  @Test func `a transposed convolution is as large as Keras makes it`() throws {
    for (kernel, dilation) in [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (2, 2), (3, 2), (3, 3), (4, 2)] {
      for length in [1, 4, 5] {
        for stride in 1...(dilation > 1 ? 1 : 3) {
          for padding in ["same", "valid"] {
            for added in [nil, 0, 1] where added ?? 0 < stride {
              let span = (kernel - 1) * dilation + 1
              // keras.src.backend.common.backend_utils, _get_output_shape_given_tf_padding
              let expected =
                switch (padding, added) {
                case ("same", nil): length * stride
                case ("same", let added?): (length - 1) * stride + span % 2 + added
                default: (length - 1) * stride + span + (added ?? (max(span, stride) - span))
                }
              let layer =
                "conv2d_transpose: {filters: 1, kernel_size: \(kernel), dilation_rate: \(dilation), strides: \(stride), "
                + "padding: \(padding), output_padding: \(added.map(String.init) ?? "null")}"
              // TensorFlow takes no other size for an image of this length.
              guard expected > 0, padding == "valid" || (expected + stride - 1) / stride == length else { continue }
              let small = try SmallNetwork([layer], input: [length, length, 1])
              #expect(small.network.outputShape == [expected, expected, 1], "\(layer) of \(length)")
            }
          }
        }
      }
    }
  }
}
