import Datasets
import Specs
import Testing

/// The dataset that a mapping describes, and the messages about it.
func dataset(_ name: String, _ text: String = "") throws -> (dataset: any Dataset, messages: [String]) {
  let diagnostics = Diagnostics()
  let entry = try #require(DatasetCatalog.all.entry(named: name))
  let node = try #require(
    Parser.parse(bytes: Array("{\(text)}".utf8), name: "spec", diagnostics: diagnostics))
  var fields = Fields(node, of: name, diagnostics: diagnostics)
  let dataset = entry.read(&fields)
  fields.finish()
  return (dataset, diagnostics.all.map(\.message))
}
