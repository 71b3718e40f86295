import Compute
import Datasets
import Evaluation
import Files
import Host
import Networks
import Runs
import Specs
import Training

/// The measurement of a run's checkpoint, as the run itself measures its samples.
package struct RunEvaluation {
  /// What is measured: the experiment's name, or the folder.
  package let name: String
  /// The step of the checkpoint and its epoch; nil of samples that others made.
  package let place: (step: Int, epoch: Int)?
  /// Images over the training images that are nearest to them, as PNG; nil for samples that are no images.
  package let neighbours: [UInt8]?
  /// What the values say, each of a subject in a sentence without a full stop.
  package let verdicts: [(subject: String, sentence: String)]
  /// What was measured.
  package let findings: [Finding]
  /// How many samples were counted in classes, modes and the like.
  package let counts: [CountedBins]
  private let dataset: SurveyedDataset
  /// The name and SHA-256 of the network of the features; nil where samples are measured as they are.
  package let features: (name: String, digest: String)?
  /// Whether the real samples are held-out ones.
  package let isAgainstHeldOut: Bool

  /// What of a run is measured, and how.
  package struct Request: Sendable {
    /// Which checkpoint.
    package var place = CheckpointChoice.newest
    /// The metrics in place of the run's own; nothing for these.
    package var metrics: [String] = []
    /// Generated samples in place of the run's own number.
    package var samples: Int?
    /// The features in place of the run's own.
    package var features: String?
    /// Whether it is measured as while the run trains, not as when it ends.
    package var isRegular = false
    /// Whether a picture of nearest neighbours is wanted.
    package var wantsNeighbours = false
    /// Threads.
    package var threads: Int?

    package init() {}

    /// What is changed in the spec for it.
    ///
    /// What is not measured has no say: the other measurement is as small as can be, and no column is the best one.
    var overrides: [String] {
      let (section, other) =
        isRegular ? ("evaluation", "evaluation.at_end") : ("evaluation.at_end", "evaluation")
      let own =
        metrics.isEmpty
        ? features.map { _ in ["\(section).metrics=null"] } ?? []
        : ["\(section).metrics=[\(metrics.joined(separator: ", "))]"]
      return own + (samples.map { ["\(section).samples=\($0)"] } ?? [])
        + (features.map { ["evaluation.features=\($0)"] } ?? [])
        + ["\(other).metrics=[mind]", "\(other).samples=2", "evaluation.best=null", "evaluation.patience=null"]
    }
  }

  /// Measures a checkpoint of a run.
  /// - Parameter location: where data are looked for.
  package init(
    _ path: String, _ request: Request, in location: DataLocation, notes: (String) -> Void
  ) throws(RunError) {
    do {
      let folder = RunFolder(path)
      let source = try SampleSource(
        folder, at: request.place, in: location,
        overrides: { experiment in
          guard let task = experiment.task as? any SamplingTask else {
            throw RunError(
              "\(folder.path) trains no network that makes samples",
              remedy: "its evaluations are in \(folder.evaluation)", exitCode: 64)
          }
          return (task.evaluation == nil ? ["evaluation.every=1"] : []) + request.overrides
        }, notes: notes)
      let (experiment, checkpoint) = (source.experiment, source.checkpoint)
      guard let task = experiment.task as? any SamplingTask, let fields = task.evaluation else {
        preconditionFailure("a spec without the section that it was given")
      }
      guard !request.wantsNeighbours || experiment.dataset.sampleShape.count == 3 else {
        throw RunError(
          "samples of \(experiment.dataset.name) are no images, of which a picture could show the nearest ones",
          remedy: "leave -o out", exitCode: 64)
      }
      let machine = Machine.current()
      let threads = request.threads ?? machine.defaultThreads
      try Footprint.requireMemory(toEvaluate: experiment, limit: machine.memory, threads: threads)
      let data = try experiment.load(from: source.location ?? location)
      if request.features == nil { try source.record.features?.compare(data.features) }
      let state = try State(layout: experiment.layout)
      try checkpoint.restore(state, path: source.path)
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      let evaluator = try SampleEvaluator(task, fields, of: experiment, data: data, state: state, pool: pool)
      name = experiment.name
      dataset = experiment.dataset
      place = (checkpoint.step, experiment.epoch(of: checkpoint.step))
      isAgainstHeldOut = data.validation != nil
      features = data.features.map { ($0.name, $0.digest) }
      guard !request.isRegular else {
        let found = try evaluator.measure(fields.regular, .selection, withFloors: false)
        findings = found.findings
        counts = found.counts.map { CountedBins($0, at: checkpoint.step) }
        (neighbours, verdicts) = (nil, [])
        return
      }
      guard let found = try evaluator.conclusion(withNeighbours: request.wantsNeighbours) else {
        preconditionFailure("what is wanted")
      }
      findings = found.findings
      counts = found.counts.map { CountedBins($0, at: checkpoint.step) }
      verdicts = found.verdicts.map { ($0.subject, $0.sentence) }
      neighbours = try RunEvaluation.picture(found, of: experiment.dataset)
    } catch { throw RunError(of: error) }
  }

  /// Measures pictures of a folder beside a dataset.
  /// - Parameters:
  ///   - against: the dataset, as a spec says it.
  ///   - location: where data are looked for.
  package init(
    folder: String, against: String, _ request: Request, in location: DataLocation
  ) throws(RunError) {
    let samples = try ForeignSamples(folder, against: against, overrides: request.overrides, in: location)
    let machine = Machine.current()
    let found = try samples.conclusion(
      in: location, threads: request.threads ?? machine.defaultThreads, memory: machine.memory,
      withNeighbours: request.wantsNeighbours)
    name = folder
    dataset = samples.dataset
    place = nil
    isAgainstHeldOut = samples.fields.heldOut != nil
    features = found.features
    findings = found.findings
    counts = found.counts.map { CountedBins($0, at: 0) }
    verdicts = found.verdicts.map { ($0.subject, $0.sentence) }
    do { neighbours = try RunEvaluation.picture(found, of: samples.dataset) } catch { throw RunError(of: error) }
  }

  private static func picture(_ found: Conclusion, of dataset: SurveyedDataset) throws -> [UInt8]? {
    try found.neighbours.map {
      try SampleSheet.png($0, of: dataset, columns: $0.across ?? 8, real: nil)
    }
  }

  /// What the classes are called that samples were counted in; nil where they have numbers alone, and where only some were chosen.
  package func classNames(of counted: String) -> [String]? {
    let chosen = (dataset.source as? any SelectableDataset)?.selection.classes
    return counted == BinCounts.classes && chosen == nil ? dataset.classes?.names : nil
  }

  /// What is measured, in words: `mlp-mnist, step 14 040`.
  package var title: String { place.map { "\(name), step \(Decimals.count($0.step))" } ?? name }

  /// The row that evaluation.csv has of it.
  package var row: String {
    let cells =
      [CSVFile.Cell.integer(place?.step ?? 0), .integer(place?.epoch ?? 0)]
      + findings.map { .double($0.measured.value) }
    return cells.map(\.description).joined(separator: ",")
  }
}
