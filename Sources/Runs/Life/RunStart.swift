import Compute
import Files
import Host
import Specs
import Training

extension Runner {
  /// Makes the next folder for a spec and gets everything ready for the first step.
  /// - Throws: `RunError` for mistakes in the spec, missing data, a folder that cannot be made.
  package static func start(spec path: String, options: RunOptions) throws(RunError) -> Runner {
    try start(LoadedSpec(path: path, options: options, machine: .current()), options: options)
  }

  /// The same for a spec that was loaded.
  package static func start(_ spec: LoadedSpec, options: RunOptions) throws(RunError) -> Runner {
    let machine = Machine.current()
    let experiment = spec.experiment
    let location = options.data(forSpec: spec.file.path)
    if let ranks = options.ranks { try RankTask.requireShards(experiment, for: ranks) }
    let data = try experiment.load(from: location, showsPlace: true, isBeginning: true)
    let pool = ThreadPool(threads: options.threads ?? machine.defaultThreads, lanes: options.lanes ?? .fastest)
    do {
      let trainer = try Trainer(experiment, data: data, pool: pool, ranks: options.ranks)
      if let ranks = options.ranks { try RankTask(experiment, data, at: location).begin(ranks) }
      let resolved = [UInt8](Emitter.text(of: experiment.resolved).utf8)
      var record = RunRecord(
        experiment,
        data: RunRecord.Data(
          experiment.dataset, data.table, specFolder: DurableFile.absolute(location.specFolder ?? "")),
        specDigest: Digest.sha256(spec.file.bytes), resolvedDigest: Digest.sha256(resolved),
        overrides: options.overrides + (options.seed.map { ["seed=\($0)"] } ?? []))
      record.command = options.command
      record.validation = RunRecord.Data(validationOf: experiment, data)
      record.features = RunRecord.Features(data.features)
      record.initialWeights = RunRecord.BeginningWeights(data.initialWeights)
      record.columns = experiment.columns(trainer.metrics)
      record.begin(
        RunRecord.Session(
          fromStep: 0, machine: machine, threads: pool.threads, lanes: pool.lanes, ranks: options.ranks?.count,
          command: options.command),
        of: experiment, at: nil)
      record.sheets = [:]
      let (folder, lock) = try RunFolder.create(in: options.runs, name: experiment.name, at: options.folder) {
        stage throws(FileError) in
        try DurableFile.replace(stage.spec, with: spec.file.bytes)
        try DurableFile.replace(stage.resolved, with: resolved)
        try record.write(to: stage.record)
      }
      do {
        let metrics = try CSVFile.create(folder.metrics, columns: metricColumns(trainer.metrics))
        let evaluation = try CSVFile.evaluation(of: experiment, in: folder, at: nil)
        let counts = try CSVFile.counts(of: experiment, in: folder, at: nil)
        let timing = try CSVFile.extend(folder.timing, columns: timingColumns)
        try DurableFile.synchroniseFolder(folder.path)
        return Runner(
          folder: folder, lock: lock, experiment: experiment, data: data, machine: machine, pool: pool,
          trainer: trainer, record: record, metrics: metrics, evaluation: evaluation, counts: counts, timing: timing)
      } catch {
        record.fail(error, in: folder)
        throw error
      }
    } catch {
      pool.close()
      throw RunError(of: error)
    }
  }
}
