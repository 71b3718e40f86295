import Specs

// Fields that several layers, optimizers or regularizers read.
extension FieldName {
  static let units = FieldName(
    "units", alsoCalled: ["out_features", "features", "size", "nodes", "neurons", "output_dim"], example: "256")
  static let filters = FieldName("filters", alsoCalled: ["features", "out_channels", "channels"], example: "64")
  static let strides = FieldName("strides", alsoCalled: ["stride"], example: "2")
  static let padding = FieldName("padding", alsoCalled: ["pad"])
  static let usesBias = FieldName("use_bias", alsoCalled: ["bias"])
  static let epsilon = FieldName("epsilon", alsoCalled: ["eps"])
  static let momentum = FieldName("momentum", example: "0.9")
  static let stddev = FieldName("stddev", alsoCalled: ["std", "sigma"], example: "0.02")
  static let weight = FieldName("weight", alsoCalled: ["lambda", "lambda_gp", "coefficient"], example: "10")
  static let weightDecay = FieldName("weight_decay", alsoCalled: ["decay"])
}

// The networks: sections of a spec, and words in fields that choose among them.
extension FieldName {
  package static let generator = FieldName("generator", alsoCalled: ["gen", "g"])
  package static let discriminator = FieldName("discriminator", alsoCalled: ["d", "critic", "disc"])
  package static let network = FieldName("network", alsoCalled: ["model", "classifier", "net"])
}
