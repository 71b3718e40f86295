import Compute
import Datasets
import YAML

/// Samples of a finished or unfinished run.
public enum RunSampling {
  /// Makes a sheet from a run's checkpoint.
  /// - Parameters:
  ///   - count: samples on the sheet.
  ///   - seed: of the latent points; nil for those of the run's own sheets.
  ///   - step: of the checkpoint; nil for the newest good one.
  /// - Returns: the PNG, and the step of the checkpoint.
  public static func sheet(
    _ path: String, count: Int, seed: UInt64?, step: Int?, threads: Int?, notes: (String) -> Void
  ) throws(RunError) -> (png: [UInt8], step: Int) {
    do {
      let folder = RunFolder(path)
      try folder.requireRun()
      let diagnostics = Diagnostics()
      let spec = try SpecFile(path: folder.resolved, diagnostics: diagnostics)
      guard let root = spec.root,
        let experiment = Experiment(
          root, fallbackName: "run", data: DataKnowledge(ofRun: folder), diagnostics: diagnostics)
      else { throw RunError(diagnostics) }
      let state = try State(layout: experiment.layout)
      let checkpoint = try newest(folder, step, notes)
      try checkpoint.restore(state, path: folder.checkpoint(checkpoint.step))
      let pool = ThreadPool(threads: threads ?? Machine.current().defaultThreads)
      defer { pool.close() }
      let sampler = try Sampler(
        experiment, state: state, pool: pool, count: count, seed: seed ?? experiment.seed)
      return (try SampleSheet.png(sampler.samples(), of: experiment.dataset), checkpoint.step)
    } catch { throw Runner.runError(error) }
  }

  private static func newest(_ folder: RunFolder, _ step: Int?, _ notes: (String) -> Void) throws -> Checkpoint {
    let all = try folder.checkpointSteps()
    guard !all.isEmpty else {
      throw RunError(
        "\(folder.path) has no checkpoint yet", remedy: "let it train to the end of an epoch", exitCode: 66)
    }
    if let step, !all.contains(step) {
      throw RunError(
        "there is no checkpoint of step \(step)",
        remedy: "there are: \(all.map(String.init).joined(separator: ", "))", exitCode: 66)
    }
    var failure: FileError?
    for candidate in step.map({ [$0] }) ?? all.reversed() {
      do throws(FileError) {
        return try Checkpoint(path: folder.checkpoint(candidate))
      } catch {
        failure = failure ?? error
        notes("passed over: \(error.message)")
      }
    }
    throw RunError(failure?.message ?? "no checkpoint can be used", remedy: failure?.remedy, exitCode: 74)
  }
}
