import Compute
import Files
import Training

extension RunRecord {
  /// What a person should know of a run beside how it stands, each in a sentence without a full stop.
  package func remarks(on folder: RunFolder) throws(FileError) -> [String] {
    var remarks: [String] = []
    if let rebuilt {
      remarks.append("run.json was made again on \(rebuilt): what came before is known from the run's other files only")
    }
    let versions = changes { ArithmeticVersion.text($0.arithmetic) }
    if versions.count > 1 {
      let spans = versions.indices.map { place in
        "with \(versions[place].value)"
          + (place + 1 < versions.count ? " to step \(versions[place + 1].fromStep)" : "")
      }
      remarks.append(
        "trained \(spans.joined(separator: ", then ")): the bits are those of no run with one arithmetic")
    }
    if step > 0, try FileKind.of(folder.checkpoint(step)) != .file {
      let steps = try folder.checkpointSteps()
      remarks.append(
        "the checkpoint of step \(step) is gone; "
          + (steps.isEmpty
            ? "there is no other: gan-exp run \(ShellText.quoted(folder.resolved)) trains it anew"
            : "gan-exp resume \(ShellText.quoted(folder.path)) makes it again"))
    }
    return remarks
  }
}

extension RunRecord {
  /// Whether its evaluations tell classes apart: their columns are the same in every spec of a classifier.
  package var isOfClassifier: Bool {
    let fixed = Supervised.evaluationColumns.map(\.name)
    return columns?.contains { fixed.contains($0.name) } ?? true
  }
}
