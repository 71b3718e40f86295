import Compute
import Datasets
import Files
import Host
import Networks
import Runs
import Specs
import Training

/// The measurement of a run's checkpoint, as the run itself measures its samples.
package struct RunEvaluation {
  /// The experiment's name.
  package let name: String
  /// The step of the checkpoint.
  package let step: Int
  /// The epoch of that step.
  package let epoch: Int
  /// What was measured.
  package let findings: [SampleEvaluator.Finding]
  /// The network of the features; nil where samples are measured as they are.
  package let features: FeatureNetwork?
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
    /// Threads.
    package var threads: Int?

    package init() {}

    /// What is changed in the spec for it.
    var overrides: [String] {
      let section = isRegular ? "evaluation" : "evaluation.at_end"
      return (metrics.isEmpty ? [] : ["\(section).metrics=[\(metrics.joined(separator: ", "))]"])
        + (samples.map { ["\(section).samples=\($0)"] } ?? []) + (features.map { ["evaluation.features=\($0)"] } ?? [])
    }
  }

  /// Measures a checkpoint of a run.
  /// - Parameter location: where data are looked for.
  package init(
    _ path: String, _ request: Request, in location: DataLocation, notes: (String) -> Void
  ) throws(RunError) {
    do {
      let folder = RunFolder(path)
      var source = try SampleSource(folder, at: request.place, overrides: request.overrides, notes: notes)
      if (source.experiment.task as? any SamplingTask)?.evaluation == nil {
        source = try SampleSource(
          folder, at: request.place, overrides: ["evaluation.every=1"] + request.overrides, notes: { _ in })
      }
      let (experiment, checkpoint) = (source.experiment, source.checkpoint)
      guard let task = experiment.task as? any SamplingTask, let fields = task.evaluation else {
        throw RunError(
          "\(folder.path) trains no network that makes samples", remedy: "its evaluations are in \(folder.evaluation)",
          exitCode: 64)
      }
      var location = location
      location.specFolder = source.specFolder
      location.isOfRun = true
      let data = try experiment.load(from: location)
      let state = try State(layout: experiment.layout)
      try checkpoint.restore(state, path: source.path)
      let pool = ThreadPool(threads: request.threads ?? Machine.current().defaultThreads)
      defer { pool.close() }
      let evaluator = try SampleEvaluator(task, fields, of: experiment, data: data, state: state, pool: pool)
      name = experiment.name
      step = checkpoint.step
      epoch = experiment.epoch(of: checkpoint.step)
      features = data.features
      isAgainstHeldOut = data.validation != nil
      findings =
        try request.isRegular
        ? evaluator.measure(fields.regular, .selection, withFloors: false)
        : evaluator.measure(fields.atEnd, .report, withFloors: true)
    } catch { throw RunError(of: error) }
  }

  /// The row that evaluation.csv has of it.
  package var row: String {
    let cells = [CSVFile.Cell.integer(step), .integer(epoch)] + findings.map { .double($0.measured.value) }
    return cells.map(\.description).joined(separator: ",")
  }
}
