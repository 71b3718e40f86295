import Datasets
import Specs
import Testing
import Training

/// Data as a spec names them.
enum ExampleData {
  /// The samples of a dataset.
  static func table(_ text: String) throws -> Table {
    let diagnostics = Diagnostics()
    let file = SpecFile(path: "data.yaml", bytes: [UInt8]("dataset: \(text)".utf8), diagnostics: diagnostics)
    var fields = Fields(try #require(file.root), of: "data", diagnostics: diagnostics)
    let dataset = try #require(DataKnowledge.looking(.standard()).dataset(in: &fields))
    return try dataset.load(from: .standard(), seed: 5)
  }
}
