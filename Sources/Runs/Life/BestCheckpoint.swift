import Files
import Training

/// The best checkpoint of a run: that of the best row of evaluation.csv, by the column that the spec names.
///
/// It is best.safetensors where that is of this step and of this run, and else the checkpoint of the step: a run that goes back to
/// before its best row loses the file, and may have its second best state in another one.
package struct BestCheckpoint {
  /// The checkpoint.
  package let checkpoint: Checkpoint
  /// Its file.
  package let path: String

  /// Reads that of a step.
  /// - Throws: what is wrong with best.safetensors, where the other file is not there either, or with that.
  init(of step: Int, in folder: RunFolder, origin: CheckpointOrigin) throws(FileError) {
    var other = folder.best
    do throws(FileError) {
      checkpoint = try BestCheckpoint.checkpoint(folder.best, of: step, origin)
    } catch {
      other = folder.checkpoint(step)
      guard error.isOfContent, try FileKind.of(other) == .file else { throw error }
      checkpoint = try BestCheckpoint.checkpoint(other, of: step, origin)
    }
    path = other
  }

  private static func checkpoint(_ path: String, of step: Int, _ origin: CheckpointOrigin) throws(FileError)
    -> Checkpoint
  {
    let checkpoint = try Checkpoint(path: path)
    guard checkpoint.step == step else {
      throw FileError(
        path: path,
        damaged: "it is of step \(checkpoint.step), but the best row of evaluation.csv is that of step \(step)")
    }
    if let problem = origin.problem(of: checkpoint, named: step) { throw FileError(path: path, damaged: problem) }
    return checkpoint
  }

  /// The step of the best row; nil where the spec asks for none, or none has a number.
  package static func step(of experiment: Experiment, in folder: RunFolder) throws(FileError) -> Int? {
    guard let column = (experiment.task as? any SamplingTask)?.evaluation?.best else { return nil }
    let milestones = experiment.milestones
    return try BestRow(by: column, in: folder.evaluation) { milestones.after($0).contains(.evaluation) }.step
  }
}
