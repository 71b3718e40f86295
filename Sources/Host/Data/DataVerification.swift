import Compute
import Datasets
import Training

/// Datasets that were read from the first byte to the last.
package struct DataVerification: Codable, Sendable {
  /// How one part of a dataset stands.
  package enum State: String, Codable, Sendable {
    /// Its bytes are those that were published.
    case verified
    /// It was read whole and is well-formed; no digest of these files is known to compare with.
    case readable
    /// It is not here.
    case missing
    /// It is here, but not as it should be.
    case damaged
  }

  /// One part of a dataset.
  package struct Item: Codable, Sendable {
    /// The dataset.
    package let name: String
    /// Which part of it, `split: test`; empty where there is one alone.
    package let part: String
    /// How it stands.
    package let state: State
    /// Samples that were read.
    package let count: Int?
    /// The SHA-256 that a run records.
    package let digest: String?
    /// Where it was read; where it is missing or damaged, what is the matter.
    package let text: String
    /// What to do.
    package let remedy: String?
  }

  /// In the order of the catalogue.
  package let items: [Item]

  /// Whether something is damaged.
  package var isDamaged: Bool { items.contains { $0.state == .damaged } }
  /// Whether all of it is missing.
  package var isMissing: Bool { items.allSatisfy { $0.state == .missing } }

  /// Reads all published datasets, or one of them, and tells of each part as soon as it is read.
  package init(_ name: String?, location: DataLocation, told: (Item) -> Void) throws(RunError) {
    let entries = DatasetCatalog.all.entries.filter { entry in
      name.map { $0 == entry.name } ?? (DatasetCatalog.publication(of: entry.name) != nil)
    }
    guard let first = entries.first else {
      throw RunError(
        "there is no dataset \(name ?? "")", remedy: "gan-exp data list shows all of them", exitCode: 64)
    }
    guard DatasetVariants.plain(first) != nil else {
      throw RunError(
        "\(first.name) is your own data: only a spec says where they are",
        remedy: "gan-exp run SPEC --dry-run reads them all", exitCode: 64)
    }
    var items: [Item] = []
    for entry in entries {
      for (part, dataset) in DatasetVariants.all(entry) {
        let item = DataVerification.item(entry.name, part, dataset, location)
        told(item)
        items.append(item)
      }
    }
    self.items = items
  }

  private static func item(
    _ name: String, _ part: String, _ dataset: any Dataset, _ location: DataLocation
  ) -> Item {
    do throws(DataError) {
      let table = try dataset.load(from: location, seed: 0)
      return Item(
        name: name, part: part, state: dataset.isVerifiedOnLoad ? .verified : .readable, count: table.count,
        digest: table.digest, text: table.origin, remedy: nil)
    } catch {
      return Item(
        name: name, part: part, state: error.kind == .missing ? .missing : .damaged, count: nil, digest: nil,
        text: error.headline, remedy: error.remedy)
    }
  }
}
