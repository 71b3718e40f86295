import Files
import Glibc
import Training

/// What a run removes of its own files, always after it has recorded what makes them void.
struct RunTidying {
  let folder: RunFolder
  let experiment: Experiment

  /// Removes checkpoints and sheets of later steps than the one a run goes on after.
  ///
  /// The newest checkpoints go first, from the disk too, then their sheets, and the rows of metrics.csv after them, so
  /// that what is left is a run at every moment: a checkpoint that came back after a power cut would have no sheet. What
  /// is whole but not this run's, and what is no file, gets another name instead.
  /// - Returns: what a person should know.
  func discard(after step: Int, keeping passedOver: [CheckpointSearch.PassedOver] = []) throws(FileError) -> [String] {
    var notes: [String] = []
    func discard(_ path: String, isKept: Bool) throws(FileError) {
      let kind = try FileKind.of(path)
      guard isKept || kind == .folder else { return try DurableFile.remove(path) }
      if let target = try DurableFile.setAside(path) { notes.append("\(path) is in the way: it is now \(target)") }
    }
    let kept = Set(passedOver.filter(\.isWhole).map(\.step))
    let checkpoints = try folder.checkpointSteps().filter { $0 > step }
    for later in checkpoints.reversed() { try discard(folder.checkpoint(later), isKept: kept.contains(later)) }
    if !checkpoints.isEmpty { try DurableFile.synchroniseFolder(folder.checkpoints) }
    if let best = try best(), best.step > step { try DurableFile.remove(folder.best) }
    if let confusion = try confusion(), confusion.step > step { try DurableFile.remove(folder.confusion) }
    // What was found at the end of a shorter run, or of this one before it lost its last steps.
    for name in RunFolder.conclusionNames where step < experiment.totalSteps {
      let path = "\(folder.path)/\(name)"
      if try FileKind.of(path) == .file { try DurableFile.remove(path) }
    }
    let sheets = try folder.sheetSteps().filter { $0 > step }
    for later in sheets.reversed() { try discard(folder.sheet(later), isKept: false) }
    if !sheets.isEmpty { try DurableFile.synchroniseFolder(folder.samples) }
    return notes
  }

  /// best.safetensors; nil where there is none, or none that tells its step.
  private func best() throws(FileError) -> Checkpoint? {
    do throws(FileError) {
      return try Checkpoint(unverified: folder.best)
    } catch {
      guard error.isOfContent else { throw error }
      return nil
    }
  }

  /// confusion.csv; nil where there is none, or none that tells its step.
  private func confusion() throws(FileError) -> ConfusionFile? {
    do throws(FileError) {
      return try ConfusionFile(path: folder.confusion)
    } catch {
      guard error.isOfContent else { throw error }
      return nil
    }
  }

  /// Removes the checkpoints that are too many once that of `step` is on the disk.
  ///
  /// One that only a signal or the end of a shorter run made goes as soon as two are left without it, at the end of the
  /// run at once: then the checkpoints are those of a run that was never disturbed.
  /// - Parameter isEnd: whether no step follows.
  func removeSurplusCheckpoints(at step: Int, isEnd: Bool) throws(FileError) {
    let others = try folder.checkpointSteps().filter { $0 < step }
    let due = others.filter(isCheckpointDue)
    var surplus = Array(due.dropLast(experiment.recording.checkpointsKept - 1))
    let extra = others.filter { !isCheckpointDue($0) }
    surplus += isEnd || !due.isEmpty ? extra : extra.dropLast()
    for old in surplus where try FileKind.of(folder.checkpoint(old)) == .file {
      try DurableFile.remove(folder.checkpoint(old))
    }
  }

  /// Removes the sheet that only the end of a shorter run made, once the run goes on.
  func removeSheetsNotDue(at step: Int) throws(FileError) {
    for old in try folder.sheetSteps() where old <= step && !RunTidying.isSheetKept(old, at: step, of: experiment) {
      try DurableFile.remove(folder.sheet(old))
    }
  }

  /// Whether a run that has come to a step has the sheet of another.
  static func isSheetKept(_ sheet: Int, at step: Int, of experiment: Experiment) -> Bool {
    sheet <= step && experiment.milestones.after(sheet).contains(.sheet)
  }

  private func isCheckpointDue(_ step: Int) -> Bool {
    experiment.milestones.after(step).contains(.checkpoint)
  }
}
