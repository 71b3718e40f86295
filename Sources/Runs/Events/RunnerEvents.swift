import Files
import Networks
import Training

// The events file of a run whose spec asks for one.
extension Runner {
  /// Writes what the run's files say up to the present step, whoever wrote the file before and however it ended.
  func beginEvents() throws(FileError) {
    guard experiment.recording.tensorboard else { return }
    events = try EventFile(replacing: folder.events, with: try eventBytes(.running))
  }

  /// Writes the file in its final form, which does not depend on how often the run was disturbed.
  func finishEvents(_ status: RunRecord.Status) throws(FileError) {
    guard experiment.recording.tensorboard, status == .complete || status == .diverged else { return }
    events = nil
    try DurableFile.replace(folder.events, with: try eventBytes(status))
  }

  private func eventBytes(_ status: RunRecord.Status) throws(FileError) -> [UInt8] {
    do {
      let older = try FileKind.of(folder.events) == .file ? TFRecord.whole(in: DurableFile.read(folder.events)) : nil
      return try RunEvents(folder, of: experiment).bytes(upTo: trainer.step, status, older: older)
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(path: folder.events, damaged: RunError(of: error).message)
    }
  }

  /// Adds a row of metrics.csv or evaluation.csv.
  func addEvent(_ columns: [Column], _ values: [Float], _ kind: EventMessage.Kind) throws(FileError) {
    guard experiment.recording.tensorboard else { return }
    let named = zip(columns, values).map { (tag: EventTag.of($0.name, kind), value: $1) }
    try events?.add(
      .scalars(named, at: trainer.step, kind, described: EventTag.descriptions(of: experiment, kind)))
  }

  /// Adds a sheet.
  func addEvent(sheet png: [UInt8]) throws(FileError) {
    guard experiment.recording.tensorboard else { return }
    try events?.add(.image(png, tag: EventTag.samples, at: trainer.step))
  }

  /// Adds the parameters of a checkpoint.
  func addParametersEvent() throws(FileError) {
    guard experiment.recording.tensorboard else { return }
    try events?.add(RunEvents.parameters(of: experiment, trainer.state, at: trainer.step))
  }
}
