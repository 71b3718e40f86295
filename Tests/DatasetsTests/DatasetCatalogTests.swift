import Datasets
import Foundation
import Testing

@Suite struct DatasetCatalogTests {
  @Test func `every dataset in the sources is in the catalogue`() throws {
    let sources = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Datasets").path
    let names = try FileManager.default.contentsOfDirectory(atPath: sources).filter { $0.hasSuffix(".swift") }
    var found: Set<String> = []
    for file in names {
      let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
      guard let match = text.firstMatch(of: /static let name = "([a-z0-9_]+)"/) else { continue }
      found.insert(String(match.1))
      #expect(
        DatasetCatalog.all.names.contains(String(match.1)), "\(file): add a line for it to DatasetCatalog.types"
      )
    }
    #expect(found == Set(DatasetCatalog.all.names))
  }

  @Test(arguments: DatasetCatalog.all.names)
  func `a dataset of a known shape says what it is without its data`(name: String) throws {
    let description = try #require(DatasetCatalog.all.describe(name))
    #expect(DatasetCatalog.all.entry(named: name)?.summary.hasSuffix(".") == false)
    guard !description.fields.contains(where: \.isRequired) else {
      #expect(["image_folder", "idx", "npy", "csv"].contains(name), "only a person's own data need fields")
      return
    }
    let (dataset, messages) = try dataset(name)
    #expect(messages.isEmpty)
    let survey = try dataset.survey(
      in: DataLocation(dataDirectory: nil, environment: nil, executable: "/nowhere/bin/x"))
    #expect(survey.count > 0)
    #expect(!survey.sampleShape.isEmpty)
    #expect((survey.classes?.count ?? 0) > 1)
  }

  @Test(arguments: [("gaussian_ring", 100_000, 8), ("gaussian_grid", 100_000, 25)])
  func `mixtures are by default those of the literature`(name: String, count: Int, modes: Int) throws {
    let mixture = try #require(try dataset(name).dataset as? any GaussianMixture)
    #expect(mixture.samples == count)
    #expect(mixture.centres.count == modes)
  }

  @Test(arguments: [
    ("mnist", "split: validation"), ("gaussian_ring", "modes: 0"), ("gaussian_ring", "stddev: 0"),
    ("gaussian_grid", "spacing: -1"), ("gaussian_grid", "samples: 1e9"), ("mnist", "modes: 8"),
  ])
  func `a mistake in a field is reported`(name: String, fields: String) throws {
    #expect(try dataset(name, fields).messages.count == 1)
  }
}
