import YAML

/// The kind of data that a generator learns to imitate.
///
/// A dataset is one file: a struct with its fields, and one line in `DatasetCatalog`.
public protocol Dataset: Sendable {
  /// The name in a spec.
  static var name: String { get }
  /// What it is, in one sentence.
  static var summary: String { get }
  /// Reads its fields, each once.
  init(from fields: inout Fields)
  /// The lengths of the axes of one sample, features last: [28, 28, 1] for a gray image.
  var sampleShape: [Int] { get }
  /// The number of samples.
  var count: Int { get }
  /// Between which two values all values lie; nothing when any value is possible.
  var bounds: ClosedRange<Float>? { get }
  /// Bytes of memory that one value of a loaded sample takes: 1, or 4 for Floats.
  var bytesPerValue: Int { get }
  /// Reads or generates the samples; the seed only matters to what is generated.
  func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table
  /// The class of each sample, for data that has classes.
  func labels(from location: DataLocation) throws(DataError) -> [UInt8]?
}

extension Dataset {
  /// By default one: images.
  public var bytesPerValue: Int { 1 }

  /// Data without classes.
  public func labels(from location: DataLocation) throws(DataError) -> [UInt8]? { nil }
}

/// All datasets that a spec can name.
public enum DatasetCatalog {
  /// The datasets in the order in which lists show them.
  public static let all = Catalog<any Dataset>(
    noun: "dataset",
    [
      entry(MNIST.self),
      entry(FashionMNIST.self),
      entry(GaussianRing.self),
      entry(GaussianGrid.self),
    ])

  private static func entry<Item: Dataset>(_ type: Item.Type) -> Catalog<any Dataset>.Entry {
    Catalog.Entry(name: type.name, summary: type.summary) { fields in type.init(from: &fields) }
  }
}
