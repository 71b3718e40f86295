import Compute
import Datasets
import SystemPackage

/// What the command line decides about a run, beside the spec.
package struct RunOptions: Sendable {
  /// The folder that runs lie in.
  package var runs = "Runs"
  /// The folder of the run itself; nil for the next number in that of its experiment.
  package var folder: String?
  /// Changes to the spec, `training.epochs=5`.
  package var overrides: [String] = []
  /// Takes the place of the spec's seed.
  package var seed: UInt64?
  /// Threads; nil for one a core.
  package var threads: Int?
  /// Lanes of the vectors that products are made of; nil for the fastest.
  package var lanes: Lanes?
  /// The processes that train together, this one the first; nil where it is alone.
  package var ranks: (any Ranks)?
  /// Where data are looked for.
  package var data = DataLocation.standard()

  /// The folder that paths in the spec are relative to; nil for that of the spec.
  package var specFolder: String?

  /// What an experiment is called whose spec has no name; nil for the name of its file.
  package var name: String?

  /// Whether the data are looked at as closely as a check can afford while the spec is read.
  package var inspectsData = false
  /// The command in its words, for the record.
  package var command: [String]?

  /// The defaults.
  package init() {}

  /// Where data are looked for that a spec names relative to itself.
  package func data(forSpec path: String) -> DataLocation {
    var location = data
    location.specFolder = specFolder ?? FilePath(path).removingLastComponent().string
    return location
  }
}
