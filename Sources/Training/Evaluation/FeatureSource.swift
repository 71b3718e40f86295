import Datasets
import Specs

/// What samples are measured by: their own values, or features that a network makes of them.
package protocol FeatureSource: CatalogItem {
  /// What columns are called for, behind an @; nil where samples are measured as they are.
  var label: String? { get }
  /// Where its network is; nil where there is none.
  var network: FeatureFile? { get }
}

extension FeatureSource {
  static var entry: Catalog<any FeatureSource>.Entry {
    Catalog<any FeatureSource>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// Where the network of features is.
package struct FeatureFile: Sendable, Equatable {
  /// The network that comes with the program; nil for one of the user's.
  let shipped: ShippedNetwork?
  /// The path of the user's weights.
  let weights: String
  /// The path of the user's spec, whose `network` it is; nil where the weights say it.
  let spec: String?
  /// The number of the layer whose output the features are, from 0.
  let layer: Int?

  /// That of a network that comes with the program.
  init(_ shipped: ShippedNetwork) { self.init(shipped: shipped, weights: "", spec: nil, layer: nil) }

  init(shipped: ShippedNetwork?, weights: String, spec: String?, layer: Int?) {
    (self.shipped, self.weights, self.spec, self.layer) = (shipped, weights, spec, layer)
  }
}

/// A network of features that comes with the program: a classifier of gray images.
struct ShippedNetwork: Sendable, Equatable {
  /// What specs and columns call it; its file is `NAME.safetensors`.
  let name: String
  /// The SHA-256 of its file, as `make features` makes it anew.
  let digest: String
  /// The classes that it tells apart.
  let classes: Classes?
  /// The datasets whose samples are measured by it unless a spec says otherwise.
  let datasets: [String]

  /// Handwritten digits.
  static let digits = ShippedNetwork(
    name: DigitFeatures.name, digest: "ec020a3644312dc36d6a0b9fe6cc88dafe2bcb359280b355b4dd0f0c5fc9947d",
    classes: MNIST.archive.classes, datasets: [MNIST.name, StackedMNIST.name])
  /// Clothes.
  static let clothes = ShippedNetwork(
    name: ClothesFeatures.name, digest: "c60205112defe2dcfa4eccc116009b669ac50036a7e891f4c239e27e9f4159c0",
    classes: FashionMNIST.archive.classes, datasets: [FashionMNIST.name])
  /// All of them, one line each.
  static let all = [digits, clothes]
}

/// The values of samples themselves; of images in [0, 1].
struct ValueFeatures: FeatureSource {
  static let name = "pixels"
  static let summary = "the values of samples themselves; of images from 0 to 1"
  static let alsoCalled = ["values", "none", "raw"]
  let label: String? = "pixels"
  let network: FeatureFile? = nil
  init(from fields: inout Fields) {}
}

/// Features of handwritten digits: 64 values before the last layer of `Experiments/classifier-mnist.yaml`.
struct DigitFeatures: FeatureSource {
  static let name = "digits-1"
  static let summary = "64 features of a classifier of handwritten digits, 28 x 28 gray pixels"
  let label: String? = DigitFeatures.name
  let network: FeatureFile? = FeatureFile(.digits)
  init(from fields: inout Fields) {}
}

/// Features of clothes: 64 values before the last layer of `Experiments/classifier-fashion-mnist.yaml`.
struct ClothesFeatures: FeatureSource {
  static let name = "clothes-1"
  static let summary = "64 features of a classifier of Fashion-MNIST's clothes, 28 x 28 gray pixels"
  let label: String? = ClothesFeatures.name
  let network: FeatureFile? = FeatureFile(.clothes)
  init(from fields: inout Fields) {}
}

/// Features of a network of the user's.
struct OwnFeatures: FeatureSource {
  static let name = "network"
  static let summary = "features of a network of your own; its fields may stand without this word"
  let label: String?
  let network: FeatureFile?

  init(from fields: inout Fields) {
    let weights = fields.string(
      FieldName("weights", example: "net.safetensors"),
      "the path of its parameters, a checkpoint of a classifier's run or a safetensors file with the same names")
    let spec = fields.optionalString(
      FieldName("spec", example: "net.yaml"), "the path of a spec whose network it is; a checkpoint has its own")
    let layer = fields.integer(
      "layer", in: 0...10_000, "the number of the layer whose output the features are, from 0")
    let name = fields.string(
      "name", default: "network", "what columns are called for it, behind an @",
      validate: {
        $0.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._-]{0,31}/#) == nil ? "letters, digits, dots and dashes" : nil
      })
    label = name
    network = FeatureFile(shipped: nil, weights: weights, spec: spec, layer: layer)
  }
}

/// The features that a spec can name.
package enum FeatureCatalog {
  /// All of them, one line each.
  package static let all = Catalog<any FeatureSource>(
    noun: "feature network",
    [ValueFeatures.entry, DigitFeatures.entry, ClothesFeatures.entry, OwnFeatures.entry], unnamed: OwnFeatures.name)
}
