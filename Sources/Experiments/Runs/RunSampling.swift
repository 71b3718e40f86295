import Compute
import Datasets

/// Samples of a finished or unfinished run.
public enum RunSampling {
  /// Makes a sheet from a run's checkpoint.
  /// - Parameters:
  ///   - count: samples on the sheet; nil for 64, or 10 a class.
  ///   - seed: of the latent points; nil for those of the run's own sheets.
  ///   - label: the class of all samples, or their first categorical code; nil for a row of each.
  ///   - step: of the checkpoint; nil for the newest good one.
  /// - Returns: the PNG, how many samples it shows, and the step of the checkpoint.
  public static func sheet(
    _ path: String, count: Int?, seed: UInt64?, label: Int? = nil, step: Int?, threads: Int?, notes: (String) -> Void
  ) throws(RunError) -> (png: [UInt8], count: Int, step: Int) {
    do {
      let folder = RunFolder(path)
      let source = try SampleSource(folder, at: step, notes: notes)
      let (experiment, checkpoint) = (source.experiment, source.checkpoint)
      if let label { try check(label, experiment, folder) }
      let state = try State(layout: experiment.layout)
      try checkpoint.restore(state, path: folder.checkpoint(checkpoint.step))
      let pool = try ThreadPool.ready(threads: threads ?? Machine.current().defaultThreads)
      defer { pool.close() }
      let kinds = label == nil ? experiment.sampledClasses : nil
      let count = count ?? kinds.map { min($0, 100) * Sampler.columns } ?? 64
      let sampler = try Sampler(
        experiment, state: state, pool: pool, count: count, seed: seed ?? experiment.seed, label: label)
      let columns = label == nil ? experiment.sheetColumns : nil
      return (try SampleSheet.png(sampler.samples(), of: experiment.dataset, columns: columns), count, checkpoint.step)
    } catch { throw Runner.runError(error) }
  }

  /// Refuses a class that the run's generator does not know.
  private static func check(_ label: Int, _ experiment: Experiment, _ folder: RunFolder) throws(RunError) {
    guard let classes = experiment.sampledClasses else {
      throw RunError(
        "the generator of \(folder.path) knows no classes", remedy: "leave --class out", exitCode: 64)
    }
    guard (0..<classes).contains(label) else {
      throw RunError(
        "there is no class \(label): there are 0 to \(classes - 1)", remedy: "give --class one of them", exitCode: 64)
    }
  }
}
