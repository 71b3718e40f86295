import Compute
import Host
import Runs
import Training

/// A run's generator with the parameters of a checkpoint.
struct RestoredSampler {
  /// The run.
  let folder: RunFolder
  /// Which checkpoint was asked for.
  let place: CheckpointChoice
  /// The checkpoint and its experiment.
  let source: SampleSource
  /// What trained it.
  let task: any SamplingTask
  /// The threads, which somebody must end.
  let pool: ThreadPool
  private let state: State

  /// Restores it.
  /// - Throws: `RunError` where the folder is no run's (66), has no such checkpoint (66), or trains no generator (64).
  init(
    _ folder: RunFolder, at place: CheckpointChoice, threads: Int?, notes: (String) -> Void
  ) throws {
    source = try SampleSource(folder, at: place, notes: notes)
    guard let task = source.experiment.task as? any SamplingTask else {
      throw RunError(
        "\(folder.path) trains no network that makes samples", remedy: "its sheets are in \(folder.samples)",
        exitCode: 64)
    }
    (self.folder, self.place, self.task) = (folder, place, task)
    state = try State(layout: source.experiment.layout)
    try source.checkpoint.restore(state, path: source.path)
    pool = ThreadPool(threads: threads ?? Machine.current().defaultThreads)
  }

  /// The inputs of the generator that a request's stream gives, [count, values].
  func inputs(_ request: SampleRequest) throws(PlanError) -> [Float] {
    var request = request
    request.keepsLatent = true
    let sampler = try task.sampler(request, state: state, pool: pool)
    _ = sampler.samples()
    return sampler.latent
  }

  /// The samples of so many steps of a request's stream, one behind the other.
  func samples(_ request: SampleRequest, rounds: Int) throws(PlanError) -> [Float] {
    let sampler = try task.sampler(request, state: state, pool: pool)
    return (0..<rounds).flatMap { sampler.samples(step: UInt32($0)) }
  }

  /// The score of each sample, taken for one of a class where that counts.
  /// - Throws: `RunError` (64) where single samples have no scores, or a class is needed and none given.
  func scores(of samples: [Float], label: Int?) throws -> [Float] {
    guard task.scoring.packing == 1 else {
      throw RunError(
        "the discriminator of \(folder.path) judges packs of \(task.scoring.packing) samples, none alone",
        remedy: "show the density with --backdrop density", exitCode: 64)
    }
    guard label != nil || !task.scoring.takesClasses else {
      throw RunError(
        "the discriminator of \(folder.path) judges samples of a class", remedy: "say which one with --class",
        exitCode: 64)
    }
    let scorer = try task.scorer(
      label: task.scoring.takesClasses ? label : nil, limit: samples.count, state: state, pool: pool)
    return scorer.scores(of: samples)
  }

  /// Samples, with all there is to say of them.
  /// - Parameters:
  ///   - rowLength: samples in a row of a sheet; nil where that is free.
  ///   - columnNames: what stands above its columns.
  func samples(
    _ request: SampleRequest, rowLength: Int?, columnNames: [String] = []
  ) throws(PlanError) -> RunSamples {
    let experiment = source.experiment
    let sampler = try task.sampler(request, state: state, pool: pool)
    return RunSamples(
      folder: folder, place: place, name: experiment.name, step: source.checkpoint.step, seed: request.seed,
      count: request.count,
      shape: experiment.dataset.sampleShape, values: sampler.samples(), labels: sampler.labels, latent: sampler.latent,
      classNames: task.samplesClasses ? experiment.dataset.classes?.names : nil,
      valueNames: experiment.dataset.columnNames, rowLength: rowLength, isOfOneClass: request.label != nil,
      dataset: experiment.dataset, specFolder: source.record.data.specFolder, experimentSeed: experiment.seed,
      columnNames: columnNames)
  }
}
