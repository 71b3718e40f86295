import Specs

/// The kind of data that a generator learns to imitate.
///
/// A dataset is one file: a struct with its fields, and one line in `DatasetCatalog`. Its fields say where data lie;
/// `survey` looks at them while a spec is checked, `load` reads them when a run begins.
package protocol Dataset: CatalogItem {
  /// Where the world finds it, for data that are published.
  static var publication: Publication? { get }
  /// What gives classes to samples of one's own that have none; nothing where that cannot be.
  static var labelling: String? { get }
  /// The field that says whether samples to train with or to test with are taken, by `train` and `test`; nothing for data without.
  static var partField: String? { get }
  /// Where its files lie; nothing for data that have none of their own, or whose files a spec names.
  func place(in location: DataLocation) throws(DataError) -> String?
  /// Whether `load` compares what it reads with a digest that was known before.
  var isVerifiedOnLoad: Bool { get }
  /// Finds out how many samples there are, and of which shape.
  func survey(in location: DataLocation) throws(DataError) -> DatasetSummary
  /// Looks at the samples as closely as a check can afford, after a survey.
  /// - Throws: what is wrong with one of them.
  func inspect(_ survey: DatasetSummary, in location: DataLocation) throws(DataError) -> DataInspection
  /// Reads or generates the samples; the seed only matters to what is generated.
  func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table
}

extension Dataset {
  /// Data of the user's own, or generated ones.
  package static var publication: Publication? { nil }
  /// There are classes, or there are none.
  package static var labelling: String? { nil }
  /// All samples are of one kind.
  package static var partField: String? { nil }
  /// No files of its own.
  package func place(in location: DataLocation) throws(DataError) -> String? { nil }
  /// Where published files lie, which a run reads and verifies; or that samples are made.
  package func inspect(_ survey: DatasetSummary, in location: DataLocation) throws(DataError) -> DataInspection {
    guard Self.publication != nil else { return .complete("generated when a run begins") }
    do throws(DataError) {
      _ = try place(in: location)
      return .partial(isVerifiedOnLoad ? "here; run reads and verifies it" : "here; run reads it")
    } catch {
      guard error.kind == .missing else { throw error }
      return .absent(error.remedy)
    }
  }
  /// What is generated or the user's own has no digest beforehand.
  package var isVerifiedOnLoad: Bool { false }

  static var entry: Catalog<any Dataset>.Entry {
    Catalog<any Dataset>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// All datasets that a spec can name.
package enum DatasetCatalog {
  /// The datasets in the order in which lists show them.
  package static let all = Catalog<any Dataset>(
    noun: "dataset", types.map { $0.entry })

  /// Their types.
  private static let types: [any Dataset.Type] = [
    MNIST.self,
    FashionMNIST.self,
    KMNIST.self,
    EMNIST.self,
    CIFAR10.self,
    CIFAR100.self,
    StackedMNIST.self,
    ImageFolder.self,
    IDXData.self,
    NPYData.self,
    CSVData.self,
    GaussianRing.self,
    GaussianGrid.self,
  ]

  /// Where the world finds a dataset.
  package static func publication(of name: String) -> Publication? {
    types.first { $0.name == name }?.publication
  }
}
