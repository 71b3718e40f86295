import Specs

/// The layers that a spec can name.
package enum LayerCatalog {
  /// Every layer, one line each.
  package static let all = Catalog<any Layer>(
    noun: "layer", types.map { $0.entry }, papers: [ActivationCatalog.softmax],
    needless: [
      NeedlessNames(
        ["input", "input_layer", "inputlayer"], "leave it out: the first layer receives the network's input")
    ])

  /// Fields that layers have elsewhere to know their input.
  static let needlessFields = NeedlessNames(
    ["in_features", "in_channels", "input_shape", "input_dim", "num_features", "batch_input_shape"],
    "leave it out: it follows from the layer before")

  /// The layers' types, for tests that put each through the same checks.
  package static let types: [any Layer.Type] = [
    Dense.self,
    Conv2D.self,
    Conv2DTranspose.self,
    SeparableConv2D.self,
    Maxout.self,
    Flatten.self,
    Reshape.self,
    Dropout.self,
    GaussianNoise.self,
    BatchNorm.self,
    ConditionalBatchNorm.self,
    Embedding.self,
    OneHotMaps.self,
    Projection.self,
    LayerNorm.self,
    InstanceNorm.self,
    GroupNorm.self,
    PixelNorm.self,
    GlobalAveragePooling2D.self,
    GlobalSumPooling2D.self,
    AveragePooling2D.self,
    MaxPooling2D.self,
    UpSampling2D.self,
    Resizing.self,
    Rescaling.self,
    GrayscaleToRGB.self,
    MinibatchDiscrimination.self,
    MinibatchStd.self,
    SelfAttention.self,
    SpectralNorm.self,
    Residual.self,
    Concat.self,
    PRelu.self,
    Linear.self,
    Relu.self,
    LeakyRelu.self,
    Elu.self,
    Selu.self,
    Gelu.self,
    Softplus.self,
    Sigmoid.self,
    Tanh.self,
  ]

  /// The names of those whose output depends on the sample's class.
  package static var seeingClasses: [String] { types.filter { $0.seesClasses }.map { $0.name } }

  /// A list entry of the layer with this name; nil where there is none.
  package static func example(of name: String) -> Example? { types.first { $0.name == name }?.example }
}
