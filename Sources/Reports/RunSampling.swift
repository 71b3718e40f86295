import Compute
import Datasets
import Files
import Host
import Runs
import Specs
import Training

/// Samples of a finished or unfinished run.
package enum RunSampling {
  /// The most samples that can be asked for.
  package static let most = 100_000

  /// Makes samples from a run's checkpoint.
  /// - Parameters:
  ///   - count: how many; nil for as many as the run's own sheets show (`record.sample_count`), or 2500 rows of a table.
  ///   - seed: of the latent points; nil for those of the run's own sheets.
  ///   - kind: the class of all samples by name or number, or their first categorical code; nil for equally many of each.
  ///   - place: which checkpoint.
  package static func samples(
    _ path: String, count: Int?, seed: UInt64?, kind: String? = nil, from place: CheckpointChoice, threads: Int?,
    notes: (String) -> Void
  ) throws(RunError) -> RunSamples {
    try making {
      let restored = try RestoredSampler(RunFolder(path), at: place, threads: threads, notes: notes)
      defer { restored.pool.close() }
      let (experiment, task) = (restored.source.experiment, restored.task)
      let label = try kind.map { try number(of: $0, task, experiment.dataset, restored.folder) }
      let shape = experiment.dataset.sampleShape
      let isTable = SheetSize.isPlot(ofRows: shape, hasCaptions: false)
      let count =
        count ?? (label == nil ? isTable ? 2500 : experiment.recording.sampleCount : isTable ? 2500 : 64)
      let rowLength =
        label == nil ? task.sampledKinds.map { RunSampling.rowLength(of: count, classes: $0) } : nil
      var request = SampleRequest(count: count, seed: seed ?? experiment.seed)
      request.label = label
      if let rowLength { request.samplesOfClass = rowLength }
      request.keepsLatent = true
      request.limit = Machine.current().memory
      // One sample of each class: side by side.
      return try restored.samples(request, rowLength: rowLength.map { $0 == 1 ? min(count, Sampler.columns) : $0 })
    }
  }

  /// Says what is to be done where samples take more memory than there is.
  static func making<Result>(_ body: () throws -> Result) throws(RunError) -> Result {
    do {
      return try body()
    } catch let error as PlanError {
      switch error {
      case .outOfMemory(let bytes):
        throw RunError(
          "the samples take \(ByteCount.text(bytes)) of memory", remedy: "ask for fewer with -n", exitCode: 65)
      }
    } catch { throw RunError(of: error) }
  }

  /// How many samples of each class make so many: as in the run's own sheets where that is enough.
  static func rowLength(of count: Int, classes: Int) -> Int {
    count == min(classes, 100) * Sampler.columns ? Sampler.columns : max(1, (count + classes - 1) / classes)
  }

  /// The number of a class that a person names, which the run's generator must know.
  static func number(
    of kind: String, _ task: any SamplingTask, _ dataset: SurveyedDataset, _ folder: RunFolder
  ) throws(RunError) -> Int {
    guard let classes = task.sampledKinds else {
      throw RunError(
        "the generator of \(folder.path) knows no classes", remedy: "leave --class out", exitCode: 64)
    }
    let names = task.samplesClasses ? dataset.classes?.names ?? [] : []
    for name in [kind, kind.lowercased()] {
      let found = names.indices.filter { name == kind ? names[$0] == name : names[$0].lowercased() == name }
      if found.count == 1, found[0] < classes { return found[0] }
    }
    if let number = Int(kind), (0..<classes).contains(number) { return number }
    let near = Suggestion.nearest(to: kind, among: names).map { "did you mean \($0)?" }
    let isNamed = !names.isEmpty && names.enumerated().contains { String($0) != $1 }
    let named = isNamed ? ": " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "") : ""
    throw RunError(
      "there is no class \(kind): there are 0 to \(classes - 1)\(named)", remedy: near ?? "give --class one of them",
      exitCode: 64)
  }

  /// Rows of the data that a run learned from, for the background of plots.
  /// - Throws: `DataError` where they are not at hand any more.
  package static func data(of samples: RunSamples, in location: DataLocation) throws(DataError) -> Table {
    var location = location
    location.specFolder = samples.specFolder
    return try samples.dataset.load(from: location, seed: samples.experimentSeed)
  }
}
