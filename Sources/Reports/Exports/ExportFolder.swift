import Files
import Training

/// A folder for an export of several files: a new one, or one with an earlier export of the same run in the same form.
package enum ExportFolder {
  /// Parameters as forms call them that share the names of other files.
  private static let parameters: [ExportFormat: String] = [
    .torch: "parameters.safetensors", .keras: "parameters.npz", .hf: "model.safetensors",
  ]

  /// Refuses what is no folder, and one whose files of another run or form would be lost (73).
  package static func require(
    _ path: String, for files: [ExportedFile], _ format: ExportFormat, of run: String
  ) throws(RunError) {
    do {
      let kind = try FileKind.of(path)
      guard kind == nil || kind == .folder else {
        throw RunError("\(path) is a file", remedy: "give a folder, a new one too", exitCode: 73)
      }
      guard kind == .folder else { return }
      let others = parameters.filter { $0.key != format && parameters[format] != nil }.map(\.value).sorted()
      for name in others where FileBytes.exists("\(path)/\(name)") { throw refusal("\(path)/\(name)") }
      for file in files {
        let place = "\(path)/\(file.name)"
        guard case .bytes(let bytes) = file.content, try FileKind.of(place) == .file else { continue }
        let present = try DurableFile.read(place)
        if file.name == PythonScript.name, !present.starts(with: Array(PythonScript.beginning(of: run).utf8)) {
          throw refusal(place)
        }
        // Of one run the longer ones go on where the shorter ones end.
        if format == .tensorboard, !present.starts(with: bytes), !bytes.starts(with: present) { throw refusal(place) }
      }
    } catch { throw RunError(of: error) }
  }

  private static func refusal(_ place: String) -> RunError {
    RunError(
      "\(place) is of another run, or of another form of export", remedy: "give another folder, or remove this one",
      exitCode: 73)
  }
}
