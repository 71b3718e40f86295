import Compute
import Datasets
import YAML

extension Runner {
  /// Makes the next folder for a spec and gets everything ready for the first step.
  /// - Throws: `RunError` for mistakes in the spec, missing data, a folder that cannot be made.
  public static func start(spec path: String, options: RunOptions) throws(RunError) -> Runner {
    try start(LoadedSpec(path: path, options: options, machine: .current()), options: options)
  }

  /// The same for a spec that was loaded.
  public static func start(_ spec: LoadedSpec, options: RunOptions) throws(RunError) -> Runner {
    let machine = Machine.current()
    let threads = options.threads ?? machine.defaultThreads
    let experiment = spec.experiment
    let location = options.data(forSpec: spec.file.path)
    let table = try Runner.load(experiment, location, showsPlace: true)
    let pool = try ThreadPool.ready(threads: threads)
    do {
      let trainer = try Trainer(experiment, table: table, pool: pool)
      let folder = try RunFolder.create(in: options.runs, name: experiment.name)
      guard case .acquired(let lock) = try FolderLock.acquire(folder.path) else {
        throw RunError("\(folder.path) is in use by another process", exitCode: 75)
      }
      try DurableFile.replace(folder.spec, with: spec.file.bytes)
      try DurableFile.replace(folder.resolved, with: [UInt8](Emitter.text(of: experiment.resolved).utf8))
      let record = RunRecord(
        name: experiment.name, seed: experiment.seed, steps: experiment.totalSteps,
        data: RunRecord.Data(
          name: experiment.datasetName, digest: table.digest, origin: table.origin, count: table.count,
          survey: experiment.dataset.survey,
          specFolder: DurableFile.absolute(location.specFolder ?? "")),
        specDigest: Digest.sha256(spec.file.bytes))
      let metrics = try CSVFile.create(folder.metrics, columns: metricColumns(trainer.metrics))
      let timing = try CSVFile.extend(folder.timing, columns: timingColumns)
      try DurableFile.synchroniseFolder(folder.path)
      return Runner(
        folder: folder, lock: lock, experiment: experiment, table: table, machine: machine, threads: threads,
        pool: pool, trainer: trainer, record: record, metrics: metrics, timing: timing)
    } catch {
      pool.close()
      throw Runner.runError(error)
    }
  }

  /// Reads or generates the samples.
  /// - Parameter showsPlace: whether what is wrong with them is shown in the spec, where it is one that can be corrected.
  static func load(
    _ experiment: Experiment, _ location: DataLocation, showsPlace: Bool = false
  ) throws(RunError) -> Table {
    do throws(DataError) {
      return try experiment.dataset.load(from: location, seed: experiment.seed)
    } catch {
      throw showsPlace ? RunError(error, at: experiment.dataset.mark(of: error)) : RunError(error)
    }
  }

  /// Any error of the modules below as the one that commands show.
  static func runError(_ error: any Error) -> RunError {
    switch error {
    case let error as RunError: error
    case let error as FileError: RunError(error)
    case let error as PlanError: RunError(error)
    case let error as DataError: RunError(error)
    default: RunError("\(error)", exitCode: 70)
    }
  }
}
