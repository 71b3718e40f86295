import Files
import Runs
import Training

/// A run's metrics, sheets and parameters as events of TensorBoard.
package enum EventExport {
  /// The events file of a run, whether or not its spec asks for one.
  /// - Throws: `RunError` where the folder is no run's (66) or damaged (65).
  package static func files(_ folder: RunFolder) throws(RunError) -> [ExportedFile] {
    do {
      try folder.requireRun()
      let record = try RunRecord(path: folder.record)
      let spec = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
      let experiment = try record.experiment(of: spec, path: folder.resolved)
      let older = try FileKind.of(folder.events) == .file ? TFRecord.whole(in: DurableFile.read(folder.events)) : nil
      let bytes = try RunEvents(folder, of: experiment).bytes(upTo: .max, record.status, older: older)
      return [ExportedFile(RunFolder.eventsName, .bytes(bytes))]
    } catch { throw RunError(of: error) }
  }
}
