import Datasets
import SystemPackage

/// What the command line decides about a run, beside the spec.
public struct RunOptions: Sendable {
  /// The folder that runs lie in.
  public var runs = "Runs"
  /// Changes to the spec, `training.epochs=5`.
  public var overrides: [String] = []
  /// Takes the place of the spec's seed.
  public var seed: UInt64?
  /// Threads; nil for one a core.
  public var threads: Int?
  /// Where data are looked for.
  public var data = DataLocation.standard()

  /// Whether the data are looked at as closely as a check can afford while the spec is read.
  public var inspectsData = false
  /// The command in its words, for the record.
  public var command: [String]?

  /// The defaults.
  public init() {}

  /// Where data are looked for that a spec names relative to itself.
  func data(forSpec path: String) -> DataLocation {
    var location = data
    location.specFolder = FilePath(path).removingLastComponent().string
    return location
  }
}
