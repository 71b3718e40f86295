import Compute
import Datasets
import Specs
import Training

/// The datasets that a spec can name, and which of them are here.
package struct DataListing: Codable, Sendable {
  /// Whether a dataset can be used now.
  package enum State: String, Codable, Sendable {
    /// Its files are here.
    case found
    /// It is published, but not here.
    case missing
    /// It is made when it is needed.
    case generated
    /// A spec says where its files are.
    case own
  }

  /// One dataset, as it is without any fields.
  package struct Item: Codable, Sendable {
    /// Its name in a spec.
    package let name: String
    /// What it is.
    package let summary: String
    /// Whether it can be used now.
    package let state: State
    /// Where its files were found.
    package let place: String?
    /// The number of samples.
    package let count: Int?
    /// The lengths of the axes of a sample.
    package let sampleShape: [Int]?
    /// The number of classes.
    package let classes: Int?
    /// On which terms it may be used.
    package let licence: String?
    /// Who made it.
    package let home: String?
    /// Whether `gan-exp data fetch` gets it.
    package let canBeFetched: Bool
  }

  /// In the order of the catalogue.
  package let datasets: [Item]

  /// Looks for the files of all datasets, or of one, without reading them.
  package init(_ location: DataLocation, only name: String? = nil) throws(RunError) {
    let names = DatasetCatalog.all.names
    if let name, !names.contains(name) {
      throw RunError(
        "there is no dataset \(name)",
        remedy: Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
          ?? "there are \(names.joined(separator: ", "))", exitCode: 64)
    }
    var items: [Item] = []
    for entry in DatasetCatalog.all.entries where name == nil || entry.name == name {
      let publication = DatasetCatalog.publication(of: entry.name)
      var (state, place): (State, String?) = (.own, nil)
      var survey: DatasetSummary?
      if let dataset = DatasetVariants.plain(entry) {
        do throws(DataError) {
          survey = try dataset.survey(in: location)
          place = try dataset.place(in: location)
          state = place == nil ? .generated : .found
        } catch {
          guard error.kind == .missing, !error.places.isEmpty else { throw RunError(error) }
          state = .missing
        }
      }
      items.append(
        Item(
          name: entry.name, summary: entry.summary, state: state, place: place, count: survey?.count,
          sampleShape: survey?.sampleShape, classes: survey?.classes?.count, licence: publication?.licence,
          home: publication?.home, canBeFetched: publication.map { !$0.files.isEmpty } ?? false))
    }
    datasets = items
  }
}

/// Datasets without fields, or with those that choose one of their parts.
enum DatasetVariants {
  /// The fields that choose one of a dataset's parts.
  private static let keys = ["split", "part"]

  /// A dataset as it is without any fields; nil for one that cannot be without.
  static func plain(_ entry: Catalog<any Dataset>.Entry) -> (any Dataset)? {
    let fields = DatasetCatalog.all.describe(entry.name)?.fields ?? []
    return fields.contains(where: \.isRequired) ? nil : make(entry, [])
  }

  /// All parts of a dataset, each with what chooses it, such as `split: test`.
  static func all(_ entry: Catalog<any Dataset>.Entry) -> [(choice: String, dataset: any Dataset)] {
    var choices: [[(String, String)]] = [[]]
    for field in DatasetCatalog.all.describe(entry.name)?.fields ?? [] where keys.contains(field.name) {
      guard case .choice(let words) = field.kind else { continue }
      choices = choices.flatMap { choice in words.map { choice + [(field.name, $0)] } }
    }
    return choices.map { choice in
      (choice.map { "\($0.0): \($0.1)" }.joined(separator: ", "), make(entry, choice))
    }
  }

  private static func make(_ entry: Catalog<any Dataset>.Entry, _ fields: [(String, String)]) -> any Dataset {
    var fields = Fields(
      Node.map(fields.map { ($0.0, Node.string($0.1)) }), of: entry.name, diagnostics: Diagnostics())
    return entry.read(&fields)
  }
}
